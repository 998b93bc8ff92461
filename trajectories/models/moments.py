"""Which moments and which waiting acts come along with a list of trajectories, in one statement?"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now

from trajectories.doors import CLIENT, COACH, SPONSOR


def _rows(model):
    """The rows of a model that belong to the trajectory of the outer query."""
    return apps.get_model("trajectories", model)._base_manager.filter(trajectory=OuterRef("pk"))


def _one(rows, name):
    return Subquery(rows.values(name)[:1])


def annotations():
    """For TrajectoryQuerySet.with_moments()."""
    agreed = _rows("Agreement").filter(in_force_at__isnull=False).order_by("-number")
    checked = _rows("CheckIn").filter(handed_in_at__isnull=False).order_by("handed_in_at")
    review = _rows("Review").filter(abandoned_at=None)
    return {
        "follow_up_months": Subquery(apps.get_model("coaching", "Organisation")._base_manager.values("follow_up_months")[:1]),
        "starts_on": _one(agreed, "starts_on"),
        "ends_on": _one(agreed, "ends_on"),
        "agreed_sessions": _one(agreed, "sessions"),
        "checked_at": _one(checked, "handed_in_at"),
        "check_in_key": _one(checked, "pk"),
        "update_shared_at": _one(_told_of_check().order_by("shared_at"), "shared_at"),
        "meets_on": _one(review, "meets_on"),
        "looked_back_at": _one(_rows("FollowUp").order_by("asked_at"), "asked_at"),
        "addendum_on": _one(_rows("Addendum").order_by("issued_on"), "issued_on"),
        "put_forward": Exists(review.filter(put_forward_at__isnull=False)),
        "closes_with_two": Exists(review.filter(with_sponsor=False)),
        "report_for_sponsor": Exists(_rows("Report").filter(Q(signed_by=3) | Q(released_at__lte=Now()))),
        "another_coach_for_client": _one(_rows("AnotherCoach").filter(part=CLIENT, ended_at=None), "asked_at"),
        "another_coach_for_coach": _one(_rows("AnotherCoach").filter(part=COACH, ended_at=None), "asked_at"),
        "hand_over_waits": Exists(_open_hand_overs()),
    }


def _told_of_check():
    """What the client shared of a progress check and the sponsor reads by now; only the sponsor's pages go by it."""
    return _rows("Release").filter(_sponsor_when("Release"), kind="check_in", shared_at__lte=Now())


def _sponsor_when(model):
    """The door's rule for what the sponsor reads in the state of now."""
    return apps.get_model("trajectories", model).objects.none().sponsor_when


def _open_hand_overs():
    return apps.get_model("trajectories", "HandOver").objects.open().filter(trajectory=OuterRef("pk"))


def agreed_of(trajectories):
    """What was agreed for each of these, in numbers and days: {key: (sessions, first day, last day)}. One statement."""
    agreed = apps.get_model("trajectories", "Agreement")._base_manager.filter(in_force_at__isnull=False)
    rows = agreed.filter(trajectory__in=[row.pk for row in trajectories]).order_by("number")
    return {row[0]: row[1:] for row in rows.values_list("trajectory", "sessions", "starts_on", "ends_on")}


def waiting_for(person):
    """For TrajectoryQuerySet.with_waiting(person): the last version, goal or text that lacks this person's yes."""
    review = _rows("Review").filter(abandoned_at=None)
    prepared = _rows("Preparation").filter(review__abandoned_at=None, handed_in_at__isnull=False, seat__until_at=None)
    closes = Exists(review.filter(_closes(person)))
    return {
        "waits_agreement": _agreement_without(_seat_of(person), seat__person=person),
        "waits_goals": _goals_without(person),
        "waits_let_go": _to_let_go(person),
        "waits_preparation": closes & ~Exists(prepared.filter(seat__person=person)),
        "waits_signature": _text_without(person, review),
        "meeting_open": closes & ~Exists(review.filter(put_forward_at__isnull=False)) & _all_in(review, prepared),
        "meets_on": _one(review, "meets_on"),
        "open_check_in": _one(_rows("CheckIn").filter(handed_in_at=None), "pk"),
        "waits_hand_over": Exists(_open_hand_overs().filter(client_said_at=None)),
        "too_close_now": Exists(_rows("TooClose").filter(ended_at=None, gone_on_at=None)),
        "waits_question": Exists(_proposed_question()),
        "waits_sentence": Exists(_rows("Ending").filter(shared_at=None).exclude(by_part=CLIENT)),
    }


def _closes(person):
    """Whether this person's seat is one of those that close."""
    return _seat_of(person) & (_OF_THE_TWO | Q(trajectory__parts__part=SPONSOR, with_sponsor=True))


def _seat_of(person):
    return _SEATED & Q(trajectory__parts__person=person)


_SEATED = Q(trajectory__parts__until_at=None, trajectory__parts__confirmed_at__isnull=False)
_OF_THE_TWO = Q(trajectory__parts__part__in=[COACH, CLIENT])


def _put(model):
    """Of the sponsor, as far as the state lets them read it: what they cannot read waits for no yes of theirs."""
    return Q(trajectory__parts__part=SPONSOR) & _sponsor_when(model)


def waiting_for_sponsor():
    """For TrajectoryQuerySet.with_waiting_for_sponsor(): as waiting_for(), for whoever sits there as sponsor."""
    return {"waits_agreement": _agreement_without(_SEATED & Q(trajectory__parts__part=SPONSOR), seat__part=SPONSOR, seat__until_at=None)}


def _reached(model):
    """The door's rule for who came later, of the seat in the outer query: what a coach who took over cannot read does not wait for them."""
    return apps.get_model("trajectories", model).objects.none()._since("trajectory__parts__")


def _agreement_without(seat, **yes):
    """The last version that this seat may read and that lacks its yes, an assent with these facts."""
    newer = _newer("Agreement", "trajectory")
    assents = apps.get_model("trajectories", "Assent")._base_manager.filter(agreement=OuterRef("pk"), **yes)
    of_two, of_sponsor = _OF_THE_TWO & ~Exists(newer), _put("Agreement") & ~Exists(newer.filter(_sponsor_when("Agreement")))
    return Exists(_rows("Agreement").filter(seat & (of_two | of_sponsor), ~Exists(assents), in_force_at=None))


def _newer(model, whole):
    """The versions after that of the outer query, of the same `whole`."""
    return apps.get_model("trajectories", model)._base_manager.filter(**{whole: OuterRef(whole)}, number__gt=OuterRef("number"))


def _goals_without(person):
    said = {"seat__person": person, "seat__until_at": None}  # a yes from a former seat is not that of the one of now
    assents = apps.get_model("trajectories", "GoalAssent")._base_manager.filter(goal_version=OuterRef("pk"), **said)
    put = Q(goal__shared_at__lte=Now(), put_at__lte=Now())
    newer = _newer("GoalVersion", "goal")
    of_two = _OF_THE_TWO & Q(agreed_at=None) | Q(trajectory__parts__part=COACH, trajectory__started_at=None) & put
    of_sponsor = _put("GoalVersion") & put & ~Exists(newer.filter(_sponsor_when("GoalVersion"), put))  # after it nothing that they read
    reached = _seat_of(person) & _reached("GoalVersion")
    mine = reached & (of_two & ~Exists(newer.filter(reached)) | of_sponsor)
    return Exists(_rows("GoalVersion").filter(mine, ~Exists(assents), goal__let_go_at=None))


def _to_let_go(person):
    """The other of coach and client, who still sits there, proposes to let a goal go, one of which this person reads some version."""
    read = _rows("GoalVersion").filter(_seat_of(person) & _reached("GoalVersion"))
    read = read.filter(goal__let_go_at=None, goal__let_go_by__isnull=False, goal__let_go_by__until_at=None)
    return Exists(read.exclude(goal__let_go_by__person=person))


def _proposed_question():
    """A wording of the coach of now that the client has not taken over, with no question chosen since (R3)."""
    chosen = apps.get_model("trajectories", "Question")._base_manager.filter(trajectory=OuterRef("trajectory"))
    proposed = _rows("Question").filter(settled_at=None, seat__part=COACH, seat__until_at=None)
    return proposed.filter(~Exists(chosen.filter(settled_at__gte=OuterRef("worded_at"))))


def _text_without(person, review):
    texts = _rows("ReviewText").filter(review__abandoned_at=None, review__put_forward_at__isnull=False)
    newer = apps.get_model("trajectories", "ReviewText")._base_manager.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
    signed = apps.get_model("trajectories", "Signature")._base_manager.filter(text=OuterRef("pk"), seat__person=person)
    return Exists(review.filter(_closes(person))) & Exists(texts.filter(~Exists(newer), ~Exists(signed)))


def _all_in(review, prepared):
    """Client and coach have handed in, and the sponsor where one takes part."""
    two = Exists(prepared.filter(part=COACH)) & Exists(prepared.filter(part=CLIENT))
    return two & (Exists(prepared.filter(part=SPONSOR)) | Exists(review.filter(with_sponsor=False)))
