"""Which conversations did the coach of a busy year have, and what is written about each?"""

import json
from datetime import timedelta

from coaching.clock import day_of
from coaching.zone import zone
from sessions.demo.conversations import sections
from sessions.models import Action, AskedQuestion, CoachingSession, Intervention, Log, Note, Stall, Steering, Takeaway, Topic
from sessions.series import wall_of
from trajectories.models import Measurement

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BATCH = 500
APART = 14 * DAY  # between two sessions
JUST_HELD = 5 * DAY  # not logged yet
FRIDAY = 4
ABOUT = (Log, Topic, Takeaway, Action, Intervention, AskedQuestion, Steering, Note, Stall, Measurement)


def write_sessions(year, number):
    """So many held sessions, spread evenly over the trajectories; one to come for each that runs. Gives all of them."""
    rows, made, worked = [], {kind: [] for kind in ABOUT}, []
    total = len(year.trajectories)
    for turn, trajectory in enumerate(year.trajectories):
        here = [_session(day, trajectory, year.at) for day in _days(year, trajectory, turn, number // total + (turn < number % total))]
        for session in here:
            goal = year.goals[trajectory.pk][len(rows) % 2]
            if year.at - session.starts_at > JUST_HELD:
                _about(session, goal, year, made, len(rows))
            worked.append((session, goal))
            rows.append(session)
        if not trajectory.closed_at:
            rows.append(_planned(trajectory, _at_ten(here[-1].starts_at + APART)))
            made[Topic].append(_topic(rows[-1], year, turn))
    CoachingSession.objects.bulk_create(rows, batch_size=BATCH)
    through = CoachingSession.goals.through
    through.objects.bulk_create((through(coachingsession_id=session.pk, goal_id=goal.pk) for session, goal in worked), batch_size=BATCH)
    for kind, things in made.items():
        kind.objects.bulk_create(things, batch_size=BATCH)
    return rows


def _days(year, trajectory, turn, number):
    """A fortnight apart: from the beginning of one that is over, up to these days where it runs."""
    first = trajectory.started_at + DAY
    if not trajectory.closed_at:
        first = year.at - (1 + turn % 14) * DAY - (number - 1) * APART
    return [first + one * APART for one in range(number)]


def _session(day, trajectory, at):
    row = _planned(trajectory, _at_ten(day))
    row.minutes, row.held_at = (60, 50, 90)[day.day % 3], min(row.starts_at + HOUR, at)
    return row


def _at_ten(moment):
    """At ten in the morning by the clock on the wall; nobody works at the weekend."""
    local = moment.astimezone(zone()).replace(hour=10, minute=0, second=0, microsecond=0)
    return local - max(0, local.weekday() - FRIDAY) * DAY


def _planned(trajectory, starts):
    facts = {"starts_at": starts, "wall": wall_of(starts), "minutes": 60, "place": "2.14", "worded_at": trajectory.started_at}
    return CoachingSession(trajectory=trajectory, **facts)


def _about(session, goal, year, made, turn):
    """A shared log with all that belongs to it, and what each keeps to themselves."""
    seats, words = year.seats[session.trajectory_id], year.words["said"]
    coach, client = seats["coach"], seats["client"]
    said = [words[(turn + more) % len(words)] for more in range(5)]
    facts = {"trajectory": session.trajectory, "worded_at": session.held_at}
    phases = {"goal": said[0], "reality": said[1], "options": said[2], "will": said[3]}
    kept = json.dumps(sections({"model": "grow", "sections": phases}))
    log = Log(session=session, seat=coach, model="grow", sections=kept, shared_at=session.held_at + HOUR, **facts)
    due_on = day_of(session.starts_at) + 7 * DAY
    made[Log].append(log)
    made[Topic].append(_topic(session, year, turn, reached=True))
    made[Takeaway].append(Takeaway(session=session, seat=client, words=said[4], mattered=4, way=5, **facts))
    done_at = session.held_at + 5 * DAY if year.at - session.held_at > 10 * DAY else None
    made[Action].append(Action(log=log, seat=client, words=said[3], due_on=due_on, done_at=done_at, **facts))
    made[Intervention].append(Intervention(log=log, number=1, words=said[2], intention=said[0], learned=said[1], **facts))
    asked = {"question": "src_need", "words": said[0], "asked_at": session.held_at}
    made[AskedQuestion].append(AskedQuestion(session=session, seat=coach, **asked, **facts))
    for seat in (coach, client):
        made[Steering].append(Steering(session=session, seat=seat, steered=1 + turn % 5, open_at=session.held_at, **facts))
    own = {"seat": coach, "session": session, "worded_at": session.held_at}
    made[Note].append(Note(words=said[1], **own))
    if turn % 3 == 0:
        made[Stall].append(Stall(words=said[2], differently=said[0], **own))
    level = {"level": (turn % 4) - 1, "moment": "session", "thing": session.pk}
    made[Measurement].append(Measurement(goal=goal, version_of_goal=goal.agreed, seat=client, **level, **facts))


def _topic(session, year, turn, *, reached=False):
    seat, words = year.seats[session.trajectory_id]["client"], year.words["said"]
    facts = {"trajectory": session.trajectory, "worded_at": session.worded_at, "words": words[turn % len(words)]}
    return Topic(session=session, seat=seat, reached_in=session if reached else None, **facts)
