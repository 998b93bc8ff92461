"""How does a test get a person and a trajectory of its own? Rows as the verbs leave them, without the whole cast."""

from datetime import timedelta
from itertools import count

from coaching.clock import now, today
from coaching.models import CoachProfile, Person
from sessions.models import CoachingSession, Log
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Goal, GoalVersion, Part, Trajectory

PASSWORD = "een lang wachtwoord"
numbers = count(1)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def make_person(name, *, coach=False, **facts):
    """An active colleague; in the pool when `coach`."""
    person = Person.objects.create_user(
        f"{name.lower().replace(' ', '.')}{next(numbers)}@example.org", "een lang wachtwoord", name=name, **facts
    )
    if coach:
        CoachProfile.objects.create(person=person)
    return person


def make_trajectory(coach=None, client=None, sponsor=None, *, began=None):
    """A running one, begun sixty days ago."""
    began = began or now() - 60 * DAY
    coach, client = coach or make_person("Noor Visser", coach=True), client or make_person("Sam Bakker")
    facts = dict.fromkeys(("asked_at", "accepted_at", "intake_at", "agreed_at", "started_at"), began)
    trajectory = Trajectory.objects.create(referral="client", asked_by=client, **facts)
    for person, part in ((coach, COACH), (client, CLIENT), (sponsor, SPONSOR)):
        if person:
            Part.objects.create(trajectory=trajectory, person=person, part=part, from_at=began, confirmed_at=began)
    return trajectory


def make_goal(trajectory, title="Laten liggen wat van een ander is", *, at=None, shared=False):
    """An agreed goal, measured at the start."""
    at = at or now() - 50 * DAY
    number = trajectory.goals.count() + 1
    goal = Goal.objects.create(trajectory=trajectory, number=number, worded_at=at, shared_at=at if shared else None)
    words = {name: f"{name} van doel {number}" for name in (*GoalVersion.WORDS, *GoalVersion.SENTENCES.values())} | {"title": title}
    facts = {"due_on": today() + 60 * DAY, "start_level": -1, "agreed_at": at, "put_at": at if shared else None}
    version = GoalVersion.objects.create(goal=goal, trajectory=trajectory, number=1, seat=trajectory.client, worded_at=at, **facts, **words)
    goal.measure(seat=trajectory.client, at=at, level=-1, moment="start", version=version)
    return goal


def make_session(trajectory, *, starts_at=None, place="Kamer 2.14"):
    """Planned for yesterday, so that it can be logged; or for `starts_at`."""
    starts_at = starts_at or now() - DAY
    session = CoachingSession.plan(
        trajectory, by=trajectory.coach.person, at=starts_at - 7 * DAY, starts_at=starts_at, minutes=60, place=place
    )
    return CoachingSession.objects.select_related("trajectory").get(pk=session.pk)


def section(words, key="grow-goal"):
    return {"key": key, "letter": "G", "title": "Doel", "question": "Waarom nu?", "words": words}


def make_log(session, words="Wat er besproken is", *, at=None, base=0, share_at=None, **facts):
    """Logged; shared at moment `share_at`, and so to be read half a minute later."""
    coach = session.trajectory.coach.person
    given = {"model": "grow", "sections": [section(words)], "goals": [], "interventions": [], "actions": []} | facts
    log = Log.write(session, by=coach, at=at or now(), base=base, **given)
    if share_at:
        log.share(by=coach, at=share_at)
    return log
