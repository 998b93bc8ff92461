"""Have half of the agreed sessions been held? Then a progress check is due, the day after (R18)."""

from coaching.clock import day_of
from coaching.day import due
from sessions.models import CoachingSession
from trajectories.models import Agreement, CheckIn, Trajectory
from trajectories.models.checkins import never_checked


@due
def begin_check_ins(at):
    """Ask each client who has had no check, from the day after session ⌈n/2⌉ of the n agreed."""
    for trajectory in never_checked(Trajectory.objects.running()):
        if is_halfway(trajectory, day_of(at)):
            CheckIn.begin(trajectory, by=None, at=at)


def is_halfway(trajectory, today):
    """Whether session ⌈n/2⌉ was held before `today`; sessions that were called off or missed do not count."""
    agreed = Agreement.objects.filter(trajectory=trajectory).in_force().latest_first().first()
    if agreed is None:
        return False
    held = CoachingSession.objects.filter(trajectory=trajectory).held().in_order().values_list("starts_at", flat=True)
    days = [day_of(starts_at) for starts_at in held]
    half = (agreed.sessions + 1) // 2
    return len(days) >= half and days[half - 1] < today
