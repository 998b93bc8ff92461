"""What waits for this person today? A short list that can be empty, gathered from all apps."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from trajectories import sources
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models.follow_ups import FollowUp
from trajectories.models.states import State


@dataclass(frozen=True)
class Need:
    """One thing that asks for attention: when, what, and one verb. `words` are somebody's own, shown in their voice."""

    title: str
    url: str
    action: str
    note: str = ""
    words: str = ""
    when: str = ""
    since: str = ""
    on: date | None = None
    rank: int = 5  # lower comes first


def needs(person, part, *, at, rows):
    """What waits for `person` as `part` at moment `at`, the most pressing first.

    `rows` are their trajectories, with_waiting() and with_seats().
    """
    found = [need for source in sources.needs for need in source(person, part, at, rows)]
    return sorted(found, key=lambda need: (need.rank, need.on or date.max, need.title))


def in_trajectories(person, part, at, rows):
    """Assents, preparations and signatures that wait; the rows brought what is needed for it."""
    return [need for row in rows if row.is_open for need in _of(row, part)]


def to_look_back(person, part, at, rows):
    """The follow-ups that wait for `person`, whichever trajectory their home is about."""
    if part not in (CLIENT, SPONSOR):
        return []
    waiting = FollowUp.objects.editable_by(person).open().still_time(at).of_part(part).with_client()
    return [_look_back(row) for row in waiting]


def _look_back(row):
    if row.part == SPONSOR:
        title, note = (
            _("How is it now with %(name)s?") % {"name": row.client_name.split(" ", 1)[0]},
            _("Two minutes, months after closing."),
        )
    else:
        title, note = _("Did it last?"), _("Three minutes, months after closing. You can stop and go on later.")
    return Need(title, row.get_absolute_url(), _("Look back"), note=note, rank=4)


def _of(row, part):
    other = row.coach if part == CLIENT else row.client
    name = other.first_name if other else ""
    if row.waits_agreement:
        url = reverse("trajectories:agreement", args=[row.pk])
        note = _("Somebody else takes part, or something changes. Until each of you agrees, what you agreed before holds.")
        title = _("Read the agreement with %(name)s") % {"name": name}
        yield Need(title, url, _("Read the agreement"), note=note if row.agreed_at else "", rank=3)
    if row.waits_goals and row.state in (State.INTAKE, State.AGREED, State.RUNNING):
        url = reverse("trajectories:sponsor" if part == SPONSOR else "trajectories:goals", args=[row.pk])
        yield Need(_("A goal in the trajectory with %(name)s waits for your yes") % {"name": name}, url, _("Read the goal"), rank=3)
    if row.waits_let_go and part != SPONSOR:
        url = reverse("trajectories:goals", args=[row.pk])
        yield Need(_("%(name)s proposes to let a goal go") % {"name": name}, url, _("Read the goal"), rank=3)
    if row.waits_question and part == CLIENT:
        url = reverse("trajectories:question", args=[row.pk])
        yield Need(_("%(name)s proposes words for the coaching question") % {"name": name}, url, _("Read the proposal"), rank=3)
    if row.state == State.CLOSING:
        yield from _closing(row, name)
    if part == CLIENT and row.open_check_in:
        url = reverse("trajectories:check_in", args=[row.open_check_in])
        yield Need(
            _("How is it going so far?"), url, _("Open the questions"), note=_("Five minutes. You can stop and go on later."), rank=2
        )


def _closing(row, name):
    if row.waits_signature:
        url = reverse("trajectories:text", args=[row.pk])
        yield Need(_("A text with %(name)s waits for your signature") % {"name": name}, url, _("Read and sign"), rank=1)
    elif row.waits_preparation:
        url = reverse("trajectories:prepare", args=[row.pk])
        yield Need(_("Your part for the closing review with %(name)s") % {"name": name}, url, _("Write your part"), on=row.meets_on, rank=2)
    elif row.meeting_open:
        url = reverse("trajectories:meeting", args=[row.pk])
        yield Need(_("The closing review with %(name)s can be held") % {"name": name}, url, _("Open the review"), on=row.meets_on, rank=2)
