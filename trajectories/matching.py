"""Which coaches could fit a request, in what order, and why? By distance, language, themes, place and load; never by results (R1, R7)."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.independence import Org, too_close
from coaching.models import Person
from trajectories.models.room import has_room, is_available

# What people call the language that they use here, when they say in which ones they coach.
SPOKEN = {"nl": {"nederlands", "dutch", "nl"}, "en": {"engels", "english", "en"}}


@dataclass
class Fit:
    """One coach beside one request: why they could, or the sentence why they cannot."""

    person: Person
    reasons: list = field(default_factory=list)
    why_not: str = ""
    themes: list = field(default_factory=list)
    languages: list = field(default_factory=list)  # that were asked for
    speaks: bool = True  # the client's own language, as far as they said what they speak
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
        """Who speaks their language first, then the most themes, the same place, and who coaches the least of what they have room for."""
        tongue = (not self.speaks, -len(self.languages))
        return (*tongue, -len(self.themes), not self.nearby, self.load / max(self.profile.room_for, 1), self.load, self.person.name)


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
    fit.languages = [one for one in profile.languages if one and one.casefold() in said]
    own = SPOKEN.get(client.language, set())
    fit.speaks = bool(fit.languages) or not profile.languages or any(one.casefold() in own for one in profile.languages)
    if unit:
        fit.reasons.append(_("No line with %(unit)s, higher up neither") % {"unit": unit.name})
    if fit.themes:
        fit.reasons.append(_("Named as own theme: %(themes)s") % {"themes": ", ".join(fit.themes)})
    if profile.languages:
        fit.reasons.append(_in_languages(fit, client))
    if profile.place:
        told = _("Meets in %(place)s, as was asked") if fit.nearby else _("Meets in %(place)s")
        fit.reasons.append(told % {"place": profile.place})
    if not fit.load:
        fit.reasons.append(_("Coaches nobody at present"))
    return fit


def _in_languages(fit, client):
    if fit.languages:
        return _("Coaches in %(languages)s, as was asked") % {"languages": get_text_list(fit.languages, _("and"))}
    said = {"languages": get_text_list(fit.profile.languages, _("and")), "name": client.first_name}
    return (_("Coaches in %(languages)s") if fit.speaks else _("Coaches in %(languages)s only; %(name)s uses another language here")) % said


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
    return _most_common(pool, "themes")


def languages_of(pool):
    """The languages in which somebody in the pool coaches, the most common first."""
    return _most_common(pool, "languages")


def _most_common(pool, name):
    counted = Counter(one for coach in pool for one in getattr(coach.coach_profile, name))
    return sorted(counted, key=lambda one: (-counted[one], one))[:10]
