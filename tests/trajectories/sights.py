"""What may nobody see? domain.md's table once more, in other words than the doors, to hold them against after every step."""

from django.apps import apps
from django.utils import timezone

from coaching.models import Person
from tests.guards.models import ours
from trajectories.models import Goal, GoalVersion, Part, Preparation, State, Trajectory

# What the desk reads, and what somebody reads who was asked or chosen and has no seat yet.
OF_THE_DESK = {"Wish", "ForCoordinator", "Proposal", "HandOver", "AnotherCoach"}
WITHOUT_A_SEAT = {"Proposal", "HandOver", "Request", "Ending"}
# The columns of domain.md's table with a dash under S.
NEVER_OF_THE_SPONSOR = {"Question", "CheckIn", "Wish", "ForCoordinator", "HandOver", "AnotherCoach", "Proposal"}
NEVER_OF_THE_SPONSOR |= {model.__name__ for model in apps.get_app_config("coaching_sessions").get_models()}
WHEN_ENDED = {State.STOPPED: {"Agreement", "Ending", "Part"}, State.DECLINED: {"Ending", "Part"}}


def doored():
    """Every model inside a trajectory with a door for readers, and how its rows reach the trajectory."""
    for model in ours():
        names = {field.name for field in model._meta.concrete_fields}
        path = "trajectory" if "trajectory" in names else "seat__trajectory" if "seat" in names else ""
        if path and hasattr(model._default_manager.none(), "readable_by"):
            yield model, path


DOORED = None


def seen_by(person):
    """(model name, trajectory key, row) for all that this person's doors open."""
    global DOORED  # noqa: PLW0603 the models do not change while tests run
    DOORED = DOORED or list(doored())
    for model, path in DOORED:
        if not model.objects.exists():  # a cheap question first: a door is a long one
            continue
        for row in model.objects.readable_by(person).select_related(path):
            yield model.__name__, (row.seat if path.startswith("seat") else row).trajectory_id, row


def forbidden(person):
    """Whatever this person sees and may not, as sentences."""
    seats = {seat.trajectory_id: seat for seat in Part.objects.filter(person=person, until_at=None, confirmed_at__isnull=False)}
    held = set(Part.objects.filter(person=person).values_list("trajectory", flat=True))
    rows = {row.pk: row for row in Trajectory.objects.all()}
    offences = []
    for name, key, row in seen_by(person):
        seat = seats.get(key)
        if seat is None and not _without_seat(name, row, rows[key], person, held):
            offences.append(f"{person.name}, without a seat, reads {name} in {rows[key].state}")
        if seat is not None and seat.part == "sponsor" and not _by_sponsor(name, row, rows[key]):
            offences.append(f"{person.name}, sponsor, reads {name} in {rows[key].state}")
    for row in Trajectory.objects.visible_to(person):
        if row.pk not in seats and not (row.asked_by_id == person.pk and not row.accepted_at and not row.asker_told_at):
            offences.append(f"{person.name} knows of a trajectory in {row.state}")
    return offences


def _without_seat(name, row, trajectory, person, held):
    if name in OF_THE_DESK and person.coordinates and trajectory.pk not in held:
        return True
    if name in ("Proposal", "HandOver"):
        return row.person_id == person.pk and trajectory.state not in WHEN_ENDED and trajectory.state != State.CLOSED
    waits = trajectory.asked_by_id == person.pk and not trajectory.accepted_at and not trajectory.asker_told_at
    declined = name == "Ending" and trajectory.declined_at and _past(row.shared_at)
    return waits and (declined or (name == "Request" and row.by_id == person.pk and not trajectory.declined_at))


def _by_sponsor(name, row, trajectory):
    """Whether domain.md lets the sponsor read this row, in this state."""
    if name in NEVER_OF_THE_SPONSOR:
        return False
    if name not in WHEN_ENDED.get(trajectory.state, {name}):
        return False
    if not (_as_early(name, row, trajectory) and _not_meanwhile(name, row, trajectory)):
        return False
    rule = ROWS_OF_THE_SPONSOR.get(name)
    return rule is None or rule(row)


def _as_early(name, row, trajectory):
    """Before all have agreed: what they wrote and names; in the intake also what waits for their yes."""
    own = name == "Commitment" and Part.objects.filter(pk=row.seat_id, part="sponsor", until_at=None).exists()
    early = {"Part", "Request", "Ending"} | ({"Agreement"} if trajectory.intake_at else set())
    return bool(trajectory.agreed_at) or own or name in early


def _not_meanwhile(name, row, trajectory):
    """At rest nothing that was put to them since."""
    moment = {"Agreement": "worded_at", "Goal": "shared_at", "GoalVersion": "put_at", "Release": "shared_at", "Measurement": "worded_at"}
    return name not in moment or trajectory.held_at is None or getattr(row, moment[name]) <= trajectory.held_at


def _past(moment):
    return moment is not None and moment <= timezone.now()


def _prepared(row):
    own = Preparation.objects.filter(review=row.review_id, part="sponsor", handed_in_at__isnull=False).exists()
    return row.review.with_sponsor and (row.part == "sponsor" or (own and row.handed_in_at is not None))


def _goal(row):
    return _past(Goal.objects.get(pk=row.goal_id).shared_at)


def _version(row):
    return GoalVersion.objects.get(pk=row.version_of_goal_id)


ROWS_OF_THE_SPONSOR = {
    "Request": lambda row: row.part == "sponsor" and row.by_id == row.trajectory.sponsor.person_id,
    "Ending": lambda row: _past(row.shared_at),
    "Agreement": lambda row: row.in_force_at is not None or row.trajectory.state != State.STOPPED,
    "Goal": lambda row: _past(row.shared_at),
    "GoalVersion": lambda row: _goal(row) and _past(row.put_at),
    "Measurement": lambda row: _goal(row) and row.moment in ("start", "outcome") and _past(_version(row).put_at),
    "Release": lambda row: _past(row.shared_at),
    "Review": lambda row: row.with_sponsor,
    "Preparation": _prepared,
    "Outcome": lambda row: row.review.with_sponsor,
    "Remark": lambda row: row.review.with_sponsor,
    "Lasting": lambda row: row.review.with_sponsor,
    "ReviewText": lambda row: row.review.with_sponsor,
    "Signature": lambda row: row.text.review.with_sponsor,
    "Report": lambda row: row.signed_by == 3 or _past(row.released_at),
}


def everyone():
    return list(Person.objects.order_by("email"))
