"""Until when may the log of a session be written, changed, shared or thrown away? (domain: what stays possible after the end)"""

from coaching.clock import day_of

FINISH_WITHIN = 14  # days after the end in which the log of a session held before may be finished


def is_writable(session, *, at):
    """While the trajectory is open, and two weeks after for a session held before."""
    trajectory = session.trajectory
    ended_at = trajectory.closed_at or trajectory.stopped_at
    if not ended_at:
        return trajectory.is_open
    return session.starts_at <= ended_at and (day_of(at) - day_of(ended_at)).days <= FINISH_WITHIN


def must_be_writable(session, *, at):
    """Raises Refused, with why, when it may not."""
    if not is_writable(session, at=at):
        session.trajectory.must_be_open()
