"""What follows from a change? Apps above say what they look at again, after the commit, when somebody says that a thing changed.

Who says so knows nothing of what follows; `manage.py day` looks at everything again, so what nobody said is found within the hour.
"""

from coaching.clock import now

followers = []


def following(follower):
    """Register `follower(thing, at)`, in a module that its app imports when ready; it does nothing before the commit."""
    if follower not in followers:
        followers.append(follower)
    return follower


def changed(thing, *, at=None):
    """`thing` (a Person, a Trajectory, …) is not as it was: say so to whoever follows. `at` is the moment in UTC, now when left out."""
    for follower in followers:
        follower(thing, at or now())
