"""Which coaches could fit a request, in what order, and why? By distance, room, themes, place and load; never by results (R1, R7)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.independence import Org, too_close
from coaching.models import Person
from trajectories.models.room import has_room, is_available


@dataclass
class Fit:
    """One coach beside one request: why they could, or the sentence why they cannot."""

    person: Person
    reasons: list = field(default_factory=list)
    why_not: str = ""
    themes: list = field(default_factory=list)
    nearby: bool = False

    @property
    def profile(self):
        return self.person.coach_profile

    @property
    def load(self):
        return self.person.load

    @property
    def room_in_words(self):
        return room_in_words(self.person)

    @property
    def rank(self):
        """The most themes first, then the same place, then who coaches the least of what they have room for."""
        return (-len(self.themes), not self.nearby, self.load / max(self.profile.room_for, 1), self.load, self.person.name)


@dataclass
class Match:
    """The whole pool beside one request."""

    fitting: list = field(default_factory=list)
    close: list = field(default_factory=list)
    full: list = field(default_factory=list)


def match(client, sponsor, pool, wishes, *, on, asker=None, before=(), seated=()):
    """Sort `pool` (room.pool_for) for `client`. `wishes`: what the client wrote; `before`: keys of those proposed already."""
    found, org = Match(), Org.around(client, *pool)
    for coach in pool:
        if coach.pk in seated:
            continue
        fit = Fit(coach)
        if asker is not None and coach.pk == asker.pk:
            found.close.append(Fit(coach, why_not=_("That is you. Who matches does not coach.")))
        elif reasons := too_close(coach, client, sponsor, org=org):
            found.close.append(Fit(coach, why_not=" ".join(str(reason) for reason in reasons)))
        elif coach.pk in before or not has_room(coach, on, load=coach.load):
            found.full.append(Fit(coach, why_not=_why_not_now(coach, coach.pk in before, on)))
        else:
            found.fitting.append(_why(fit, client, wishes))
    found.fitting.sort(key=lambda fit: fit.rank)
    return found


def _why(fit, client, wishes):
    """The reasons in words."""
    said, profile, unit = wishes.casefold(), fit.profile, client.unit
    fit.themes = [theme for theme in profile.themes if theme and theme.casefold() in said]
    fit.nearby = bool(profile.place) and profile.place.casefold() in said
    if unit:
        fit.reasons.append(_("No line with %(unit)s, higher up neither") % {"unit": unit.name})
    if fit.themes:
        fit.reasons.append(_("Named as own theme: %(themes)s") % {"themes": ", ".join(fit.themes)})
    if profile.place:
        told = _("Meets in %(place)s, as was asked") if fit.nearby else _("Meets in %(place)s")
        fit.reasons.append(told % {"place": profile.place})
    if not fit.load:
        fit.reasons.append(_("Coaches nobody at present"))
    return fit


def _why_not_now(coach, before, on):
    if before:
        return _("Was proposed before.")
    if is_available(coach.coach_profile, on):
        return _("Has no room at present.")
    return _("Does not take part in the pool at present.")


def room_in_words(coach, on=None):
    """How many places are free, in words."""
    free = max(coach.coach_profile.room_for - coach.load, 0)
    return ngettext("%(n)s place free", "%(n)s places free", free) % {"n": free} if free else _("no place free")


def themes_of(pool):
    """What the coaches of the pool are good at, the most common first: the words to choose from when asking."""
    counted = {}
    for coach in pool:
        for theme in coach.coach_profile.themes:
            counted[theme] = counted.get(theme, 0) + 1
    return sorted(counted, key=lambda theme: (-counted[theme], theme))[:10]
