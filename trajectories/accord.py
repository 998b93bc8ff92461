"""Who has said yes to this version, and who has not yet? As values that components/accord.html draws."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.templatetags.house import clock, day_long
from trajectories.doors import CLIENT, COACH, SPONSOR

ORDER = (CLIENT, COACH, SPONSOR)


@dataclass(frozen=True)
class Yes:
    """One party: their part, name, whether they agreed, and when in words."""

    part: str
    name: str
    done: bool
    text: str


def accord(assents, seats, *, me=None):
    """A Yes per seat that should say it, the client first; then who agreed from a seat that another has now. `me` is the reader's seat."""
    given = {assent.seat_id: assent for assent in assents}
    people = [_yes(seat, given.get(seat.pk), me) for seat in sorted(seats, key=lambda seat: ORDER.index(seat.part))]
    now = {seat.pk for seat in seats}
    former = [assent for assent in given.values() if assent.seat_id not in now and assent.seat.until_at]
    return people + [Yes(one.seat.part, one.seat.name, True, _then(one)) for one in former]


def given(assents):
    """A Yes per party that agreed to a version which another has replaced since: nobody is asked any more."""
    said = [Yes(one.seat.part, one.seat.name, True, _then(one) if one.seat.until_at else _agreed(one)) for one in assents]
    return sorted(said, key=lambda one: ORDER.index(one.part))


def _agreed(assent):
    return _("Agreed on %(day)s, %(time)s") % {"day": day_long(assent.at), "time": clock(assent.at)}


def _yes(seat, assent, me):
    if assent:
        return Yes(seat.part, seat.name, True, _agreed(assent))
    return Yes(seat.part, seat.name, False, _("That is you") if me and seat.pk == me.pk else _("Not yet"))


def _then(assent):
    role = {COACH: _("the coach then"), SPONSOR: _("the sponsor then")}.get(assent.seat.part, "")
    return _("Agreed on %(day)s, as %(role)s") % {"day": day_long(assent.at), "role": role}
