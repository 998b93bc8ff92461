"""What else can happen in a walk? Appointments, topics, second thoughts, a report that is given, somebody who leaves."""

from coaching import staff
from sessions.models import CoachingSession, Log, Topic
from tests.trajectories.walking import ACTS, DAY, USUAL, of, on_first, plainly, sharing
from trajectories.models import Ending, Report, State
from trajectories.models.requests import tell


def say_otherwise(world, trajectory, facts, n):
    ending = of(Ending, trajectory, n)
    return ending.say_otherwise(base=ending.version, sentence="Met andere woorden.", **facts)


def leave(world, trajectory, facts, n):
    """A site administrator switches off whoever acts here; never the last ones of the house, or nobody could go on."""
    if facts["by"] not in (world.noor, world.els, world.bram) or n:
        return
    staff.deactivate(facts["by"], by=world.ada, at=facts["at"])


def reported(verb):
    def act(world, trajectory, facts, n):
        report = Report.objects.filter(trajectory=trajectory).first()
        return report and getattr(report, verb)(**facts)

    return act


ACTS |= {
    "tell": lambda w, t, f, n: tell(t, about="Nog iets", wishes="Ook dit", **f),
    "talk_first": plainly("talk_first"),
    "move": lambda w, t, f, n: of(CoachingSession, t, n).move(starts_at=f["at"] + (n + 1) * DAY, minutes=45, place="Daar", **f),
    "cancel": on_first(CoachingSession, "cancel"),
    "miss": on_first(CoachingSession, "miss"),
    "topic": lambda w, t, f, n: Topic.bring(of(CoachingSession, t, n), words="Dit wil ik bespreken", **f),
    "throw_log_away": on_first(Log, "throw_away"),
    "remove_log": on_first(Log, "remove"),
    "say_otherwise": say_otherwise,
    "keep_goal": sharing("hold_on"),
    "give_report": reported("release"),
    "take_report_back": reported("take_back"),
    "leave": leave,
}
TALKING = (
    " move/client cancel/coach miss/coach topic/client throw_log_away/coach remove_log/coach remove_log/client keep_goal/client leave/coach"
)
MORE = {
    State.REQUESTED: " tell/client talk_first/client leave/sponsor leave/chosen",
    State.INTAKE: TALKING,
    State.AGREED: TALKING,
    State.RUNNING: TALKING + " leave/sponsor",
    State.ON_HOLD: " leave/sponsor",
    State.CLOSING: " leave/sponsor leave/coach",
    State.STOPPED: " say_otherwise/coach say_otherwise/client leave/sponsor throw_log_away/coach",
    State.CLOSED: " give_report/client take_report_back/client leave/coach",
}
for state, steps in MORE.items():
    USUAL[state] += steps

# Verbs that a walk does not do by name, and where they are done instead.
ELSEWHERE = {
    "reword": "by the verbs of each kind of words",
    "renew": "by a hand-over, a new sponsor and going on",
    "propose_all": "propose, several times",
    "add": "questions of an organisation, in no trajectory",
    "put": "letters of an organisation, in no trajectory",
    "measure": "by a log and a preparation",
    "change": "of actions: tests/sessions",
    "move_on": "of actions: tests/sessions",
    "arrange": "the order of topics: tests/sessions",
    "reach": "by a log",
    "detail": "of interventions: by a log",
    "learn": "of interventions: by a log",
    "hold_it": "by a log",
    "plan_series": "plan, several times",
    "adapt": "of process models, in no trajectory",
    "make": "of process models, in no trajectory",
    "retire": "of process models and questions, in no trajectory",
    "rephrase": "of questions, in no trajectory",
    "take_along": "of questions: tests/sessions",
    "leave_out": "of questions: tests/sessions",
}
