"""Where do answers lie far apart? As a question for the next session: no alarm, and no judgement (R18, R19)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.templatetags.house import level
from sessions.models import CoachingSession, Steering
from trajectories.doors import CLIENT, COACH
from trajectories.models import CheckIn, Measurement

FAR = 2  # steps, on −2…+2 and on 1…5


@dataclass(frozen=True)
class Difference:
    """`key` names what lies apart in which check; `words` ask about it."""

    key: str
    words: str


def differences(trajectory, seat, *, at):
    """What lies far apart in the last check, as long as no session was held since: for the coach, opening no words. Five statements."""
    checks = list(CheckIn.objects.open_to(seat).latest_handed_in()[:2])
    held = CoachingSession.objects.open_to(seat).held().before(at).latest_first().first()
    if not checks or (held and held.starts_at > checks[0].handed_in_at):
        return []
    name = trajectory.client.first_name
    marked = Steering.objects.open_to(seat).of_seat(seat).latest_session_first().first()
    found = [*_goals(seat, checks[0], name), *_steers(checks, marked, name), *_confidence(checks, name)]
    return [Difference(f"check_{checks[0].pk.hex[:8]}_{what}", words) for what, words in found]


def _goals(seat, check, name):
    """Of each goal the level at the check against the client's before, and against the coach's last; only to the same sentences."""
    by_goal = {}
    for row in Measurement.objects.open_to(seat).earliest_first().with_goal():
        by_goal.setdefault(row.goal, []).append(row)
    for goal, rows in by_goal.items():
        now = next((row for row in rows if row.thing == check.pk), None)
        if now is None:
            continue
        earlier = [row for row in rows if row.worded_at < now.worded_at and row.version_of_goal_id == now.version_of_goal_id]
        yield from _moved(goal, _last(earlier, CLIENT), now, name)
        yield from _apart(goal, _last(earlier, COACH), now, name)


def _last(rows, part):
    return next((row for row in reversed(rows) if row.seat.part == part), None)


def _moved(goal, before, now, name):
    if before and abs(before.level - now.level) >= FAR:
        facts = {"number": goal.number, "before": level(before.level), "now": level(now.level), "name": name}
        yield (
            f"goal_{goal.number}",
            _("%(name)s puts goal %(number)s at %(now)s, and before at %(before)s. What happened in between?") % facts,
        )


def _apart(goal, mine, now, name):
    if mine and abs(mine.level - now.level) >= FAR:
        facts = {"number": goal.number, "mine": level(mine.level), "now": level(now.level), "name": name}
        yield f"seen_{goal.number}", _("You put goal %(number)s at %(mine)s, %(name)s at %(now)s. What does each of you see?") % facts


def _steers(checks, marked, name):
    now, before = checks[0].steers, checks[1].steers if len(checks) > 1 else None
    if now and before and abs(now - before) >= FAR:
        facts = {"name": name, "now": now, "before": before}
        yield "steers", _("Who steers went from %(before)s to %(now)s of 5, says %(name)s. What made the difference?") % facts
    if now and marked and abs(now - marked.steered) >= FAR:
        facts = {"name": name, "now": now, "mine": marked.steered}
        yield "dance", _("Who steers: %(name)s says %(now)s of 5, you marked %(mine)s. Where does that difference sit?") % facts


def _confidence(checks, name):
    now, before = checks[0].confidence, checks[1].confidence if len(checks) > 1 else None
    if now and before and abs(now - before) >= FAR:
        facts = {"name": name, "now": now, "before": before}
        yield "confidence", _("The confidence of %(name)s went from %(before)s to %(now)s of 5. What lies behind that?") % facts
