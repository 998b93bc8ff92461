"""What can people do to a trajectory, one random act at a time? Every verb by its name, with what it takes."""

from datetime import timedelta

from coaching.clock import day_of, now
from coaching.models import Organisation
from sessions.models import Action, CoachingSession, Journal, Log, Note, Stall, Takeaway
from tests.makers import section
from tests.trajectories.opening import goal_words, terms
from tests.trajectories.requests_story import House, person
from trajectories.agreement_text import freeze
from trajectories.models import (
    Agreement,
    CheckIn,
    Commitment,
    Ending,
    Goal,
    GoalVersion,
    HandOver,
    Lasting,
    Outcome,
    Preparation,
    Proposal,
    Question,
    Release,
    Review,
    ReviewText,
    Signature,
    State,
    Trajectory,
)
from trajectories.models.hand_overs import KINDS
from trajectories.models.requests import ask, propose
from trajectories.report.gather import gather

DAY = timedelta(days=1)


class Nothing(Exception):
    """There is nothing here to do this to."""


class World(House):
    """The house with a second client and sponsor. Time goes on by an hour with every act, so that what was shared is seen."""

    def __init__(self):
        super().__init__()
        Organisation.objects.create(name="Huis")
        self.fay = person("Fay Özdemir", unit=self.care, manager=self.els)
        self.otto = person("Otto Dam", unit=self.works)
        self.ada = person("Ada Brink", unit=self.staff, administers=True)
        self.dirk = person("Dirk Smit", unit=self.staff, is_active=False)
        self.people = [self.sam, self.noor, self.els, self.wim, self.bram, self.fay, self.otto, self.kim, self.pia, self.iris, self.ada]
        self.at = now() - 60 * DAY

    def who(self, trajectory, role, n):
        """The person of a role in this trajectory: a part, the chosen coach, whoever asked, the desk, or anybody."""
        if role in ("coach", "client", "sponsor"):
            seat = trajectory.seat(role)
            return seat.person if seat else self.people[n % len(self.people)]
        chosen = Proposal.objects.chosen().filter(trajectory=trajectory).first()
        found = {"asker": trajectory.asked_by, "desk": self.wim, "chosen": chosen and chosen.person}.get(role)
        return found or self.people[n % len(self.people)]

    def act(self, verb, trajectory, by, n):
        """Run the verb; raises what it raises, Nothing when there is nothing to do it to."""
        at = self.tick(hours=1)
        return ACTS[verb](self, trajectory, {"by": by, "at": at}, n)


def one(rows, n):
    """The nth, in the order in which they came: keys are random, and a walk must be the same when it is walked again."""
    rows = list(rows.order_by("proposed_at" if rows.model in (Proposal, HandOver) else "worded_at"))
    if not rows:
        raise Nothing
    return rows[n % len(rows)]


def of(model, trajectory, n):
    return one(model.objects.filter(trajectory=trajectory), n)


def newest(trajectory, n):
    return GoalVersion.objects.filter(goal=of(Goal, trajectory, n)).order_by("-number").first()


def review(trajectory):
    return one(Review.objects.current().filter(trajectory=trajectory), 0)


def agreement(world, trajectory, facts, n):
    given = terms(sessions=3 + n)
    return Agreement.propose(trajectory, **facts, frozen=freeze(trajectory, given, Organisation.current()), **given)


def log(world, trajectory, facts, n):
    session = of(CoachingSession, trajectory, n)
    base = getattr(Log.objects.filter(session=session).first(), "version", 0)
    goals = list(Goal.objects.agreed().filter(trajectory=trajectory))[:n]
    words = {"model": "grow", "sections": [section("Besproken")], "goals": goals, "levels": [(goal, -1) for goal in goals]}
    Log.write(session, **facts, base=base, **words, interventions=["Een boek"], actions=[("Bellen", None)], takeaway="Rust")
    Note.remember(trajectory, **facts, words="Voor mij", session=session)
    return Stall.mark(session, **facts, words="Het stokte")


def prepare(world, trajectory, facts, n):
    found = review(trajectory)
    said = [{"key": "brought", "question": "Wat?", "kind": "text", "answer": "Rust", "shown": "Rust"}]
    return Preparation.hand_in(found, **facts, answers=said, levels=[(goal, n % 5 - 2) for goal in found.goals(facts["at"])])


def settle(world, trajectory, facts, n):
    found = review(trajectory)
    goal = one(found.goals(facts["at"]), n)
    base = getattr(Outcome.objects.filter(review=found, goal=goal).first(), "version", 0)
    remarks = dict.fromkeys(("coach", "client", "sponsor"), "Ik zie het anders")
    Outcome.settle(found, goal, **facts, base=base, level=None if n % 2 else 1, remarks=remarks)
    return Lasting.promise(found, "client", **facts, base=getattr(Lasting.objects.filter(review=found).first(), "version", 0), words="Ja")


def sign(world, trajectory, facts, n):
    found = review(trajectory)
    text = one(ReviewText.objects.filter(review=found).order_by("-number"), 0)
    number = max(ReviewText.objects.filter(review=found).values_list("number", flat=True), default=text.number)
    return Signature.sign(found, **facts, read=number, agrees=n != 3, remark="" if n != 3 else "Niet zo")


def sharing(verb):
    return lambda world, trajectory, facts, n: getattr(of(Goal, trajectory, n), verb)(**facts)


def plainly(verb, **more):
    return lambda world, trajectory, facts, n: getattr(trajectory, verb)(**facts, **more)


def on_first(model, verb):
    return lambda world, trajectory, facts, n: getattr(of(model, trajectory, n), verb)(**facts)


ACTS = {
    "ask": lambda w, t, f, n: ask(client=(w.sam, w.fay)[n % 2], sponsor=(None, w.els, w.otto)[n % 3], about="Nee zeggen", wishes="W", **f),
    "accept": plainly("accept"),
    "decline": plainly("decline", sentence="Nu niet."),
    "withdraw": plainly("withdraw"),
    "nobody_found": plainly("nobody_found", sentence="Niemand."),
    "read_decline": plainly("read_decline"),
    "propose": lambda w, t, f, n: propose(t, (w.noor, w.bram, w.pia)[n % 3], **f),
    "choose": on_first(Proposal, "choose"),
    "pass_by": on_first(Proposal, "pass_by"),
    "take_seat": plainly("take_seat"),
    "no_match": plainly("no_match"),
    "question": lambda w, t, f, n: Question.word(t, words="Hoe zeg ik nee?", **f),
    "settle_question": on_first(Question, "settle"),
    "release_question": on_first(Question, "release"),
    "agreement": agreement,
    "agree": lambda w, t, f, n: one(Agreement.objects.filter(trajectory=t), -1).agree(**f),
    "commit": lambda w, t, f, n: Commitment.promise(t, words="Tijd", **f),
    "goal": lambda w, t, f, n: Goal.draw_up(t, **f, **goal_words()),
    "reword_goal": lambda w, t, f, n: of(Goal, t, n).reword_as(base=of(Goal, t, n).version, **f, **goal_words(title="Anders")),
    "agree_goal": lambda w, t, f, n: newest(t, n).agree(read=newest(t, n).version, **f),
    "take_back_goal": lambda w, t, f, n: newest(t, n).take_back(**f),
    "share_goal": sharing("share"),
    "unshare_goal": sharing("unshare"),
    "let_go": sharing("let_go"),
    "name_outside": lambda w, t, f, n: of(Goal, t, n).name_outside(words="Op tijd weg" if n % 2 else "", **f),
    "hold": lambda w, t, f, n: t.hold(look_again_on=day_of(f["at"]) + 7 * DAY, **f),
    "resume": plainly("resume"),
    "stop": lambda w, t, f, n: t.stop(reason="no_time", sentence="Te weinig ruimte." if n % 2 else "", **f),
    "close_without_report": lambda w, t, f, n: t.close_without_report(reason="no_time", by=f["by"], at=f["at"] + n * 10 * DAY),
    "confirm_ending": on_first(Ending, "confirm"),
    "name_sponsor": lambda w, t, f, n: t.name_sponsor((w.els, w.otto, w.iris)[n % 3], **f),
    "confirm_sponsor": plainly("confirm_sponsor"),
    "refuse_sponsor": plainly("refuse_sponsor"),
    "hand_over": lambda w, t, f, n: HandOver.propose(t, (w.noor, w.bram, w.pia)[n % 3], **f),
    "hand_over_yes": on_first(HandOver, "say_yes"),
    "hand_over_no": on_first(HandOver, "say_no"),
    "let_along": lambda w, t, f, n: one(HandOver.objects.filter(trajectory=t), 0).let_along(KINDS[n % 3], goes=n < 5, **f),
    "another_coach": plainly("ask_for_another_coach"),
    "keep_coach": plainly("keep_this_coach"),
    "plan": lambda w, t, f, n: CoachingSession.plan(t, starts_at=f["at"] + (n - 3) * DAY, minutes=60, place="Hier", **f),
    "log": log,
    "share_log": on_first(Log, "share"),
    "yield": lambda w, t, f, n: Takeaway.write(of(CoachingSession, t, n), words="Lucht", **f),
    "action": lambda w, t, f, n: Action.take_up(t, words="Oefenen", **f),
    "journal": lambda w, t, f, n: Journal.write(t, words="Lief dagboek", **f),
    "check_in": lambda w, t, f, n: CheckIn.begin(t, **f),
    "answer_check_in": lambda w, t, f, n: of(CheckIn, t, n).hand_in(answers=[{"key": "a", "answer": "Ja"}], levels=[], **f),
    "release": lambda w, t, f, n: Release.give(t, kind=Release.CHECK_IN, words="Het gaat", levels=[], **f),
    "begin_closing": lambda w, t, f, n: t.begin_closing(two_because="Niemand" if n % 2 else "", **f),
    "prepare": prepare,
    "go_without_sponsor": lambda w, t, f, n: review(t).go_without_sponsor(**f),
    "outcome": settle,
    "put_forward": lambda w, t, f, n: ReviewText.put_forward(review(t), gather=gather, **f),
    "take_text_back": lambda w, t, f, n: ReviewText.take_back(review(t), **f),
    "sign": sign,
    "unsign": lambda w, t, f, n: Signature.take_back(review(t), **f),
    "go_on": plainly("go_on"),
}

# What is usual in each state, and by whom; everything else is tried as well, by anybody.
ANY = "question/client settle_question/client name_sponsor/client confirm_sponsor/client hold/coach stop/client"
TALK = f"{ANY} agreement/coach agree/client agree/coach agree/sponsor goal/client reword_goal/coach agree_goal/client agree_goal/coach "
TALK += "agree_goal/sponsor take_back_goal/client share_goal/client unshare_goal/client name_outside/client commit/sponsor plan/coach "
TALK += "log/coach share_log/coach yield/client action/client journal/client release_question/client hand_over/desk let_along/client "
TALK += "hand_over_yes/client hand_over_yes/anybody another_coach/client keep_coach/client"
REVIEW = "prepare/client prepare/sponsor prepare/coach outcome/client put_forward/coach sign/client sign/sponsor sign/coach"
USUAL = {
    State.REQUESTED: "accept/client decline/client withdraw/asker propose/desk propose/desk choose/client choose/client take_seat/chosen "
    "take_seat/chosen pass_by/client nobody_found/desk",
    State.INTAKE: f"{TALK} no_match/coach",
    State.AGREED: TALK,
    State.RUNNING: f"{TALK} check_in/coach answer_check_in/client release/client let_go/coach let_go/client begin_closing/coach",
    State.ON_HOLD: "resume/coach resume/client question/client hand_over/desk stop/coach",
    State.CLOSING: f"{REVIEW} {REVIEW} take_text_back/coach unsign/client go_on/coach go_on/client hold/client stop/coach hand_over/desk "
    "close_without_report/client",
    State.STOPPED: "confirm_ending/client confirm_ending/coach journal/client",
    State.CLOSED: "journal/client log/coach",
    State.DECLINED: "read_decline/asker read_decline/sponsor",
}


def usual(trajectory):
    """(verb, role) pairs that belong to where this trajectory is."""
    return [step.split("/") for step in USUAL[trajectory.state].split()]


def latest():
    return list(Trajectory.objects.order_by("-asked_at"))
