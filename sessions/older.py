"""How are older words of sessions told to the client who lets them go along to the next coach? (trajectories.older)"""

from django.utils.translation import gettext as _

from coaching.templatetags.house import clock
from trajectories.sources import tells


@tells("coaching_sessions.coachingsession")
def _when_and_where(row):
    yield clock(row.starts_at), row.place
    yield clock(row.starts_at), row.off_because


@tells("coaching_sessions.log")
@tells("coaching_sessions.logversion")
def _sections(row):
    yield from ((one["question"] or one["title"], one["words"]) for one in row.filled_sections)


@tells("coaching_sessions.steering")
def _mark(row):
    """A mark is a number; the client reads the end of the scale that it lies at."""
    yield _("Who steered, from 1 (mainly the coach) to 5 (mainly the client)"), str(row.steered)
