"""By which number may a reader call a goal, or a version of one? Who reads all of them by its own, else by none that counts more (R25)."""

from django.utils.translation import gettext as _

from trajectories.doors import CLIENT, COACH


def reads_all(seat):
    """Coach and client word the goals together; whoever reads what is shared would learn from a number how much is not."""
    return bool(seat) and seat.part in (COACH, CLIENT)


def called(goal, seat):
    """ "Goal 3"; for the sponsor "Goal", beside its title."""
    return _("Goal %(number)s") % {"number": goal.number} if reads_all(seat) else _("Goal")


def places(rows):
    """Key -> place of each of these goals or versions among them, from 1, in the order of their own numbers."""
    return {row.pk: place for place, row in enumerate(sorted(rows, key=lambda row: row.number), 1)}


def placed(versions, seat):
    """The versions of one goal, each with the `place` by which this seat calls it."""
    found = {} if reads_all(seat) else places(versions)
    for version in versions:
        version.place = found.get(version.pk, version.number)
    return versions
