"""In which sentences does the report speak? Everything beside the people's own words, in the language of the text."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coaching.zone import zone
from trajectories.report.chart import level, level_word

TOGETHER = 16  # characters: so short an end fits beside another word at every size of a title


def day(on):
    """A day in full: 17 december 2026."""
    return date_format(on, "j F Y")


def spelled(count):
    """A small number in words, a larger one in figures."""
    words = (_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"), _("ten"))
    return words[count] if count < len(words) else str(count)


def capital(words):
    """A sentence begins with a capital, Dutch ij included."""
    return words[:1].upper() + words[1:]


def kind_and_number(text):
    """All that metadata may say: what it is and which (R24)."""
    return (_("Closing report %(number)s") % {"number": text.number}).strip()  # the first draft has no number yet


def title(text):
    """The question if the client released it, else a neutral title."""
    return text.question or _("The trajectory of %(name)s") % {"name": text.party("client").name}


def without_widow(words):
    """`words` in two: what may break anywhere, and an end that stays together, so that no short word has a line for itself."""
    *head, last_but_one, last = words.rsplit(" ", 2) if words.count(" ") > 2 else (words, "", "")
    end = f"{last_but_one} {last}".strip()
    return (f"{head[0]} ", end) if end and len(end) <= TOGETHER and "\n" not in end else (words, "")


def title_size(words):
    """How large the cover can print its title: by its length and by its longest word."""
    long, longest = len(words) + 40 * words.count("\n"), max(map(len, words.split()), default=0)
    for size, most, widest in (("xl", 78, 20), ("l", 130, 25), ("m", 240, 36), ("s", 480, 48)):
        if long <= most and longest <= widest:
            return size
    return "xs"


def facts(text):
    """The foot of the cover."""
    count = {"n": capital(spelled(text.sessions)), "minutes": text.minutes}
    if text.minutes:
        held = ngettext("%(n)s session of %(minutes)s minutes", "%(n)s sessions of %(minutes)s minutes", text.sessions) % count
    else:
        held = ngettext("%(n)s session", "%(n)s sessions", text.sessions) % count
    said = [_("%(start)s to %(end)s") % {"start": period_start(text), "end": day(text.ends_on)}, held]
    if text.goals:
        said.append(ngettext("%(n)s goal", "%(n)s goals", len(text.goals)) % {"n": capital(spelled(len(text.goals)))})
    if text.follow_up_on:
        said.append(_("Follow-up on %(day)s") % {"day": day(text.follow_up_on)})
    return said


def period_start(text):
    """The first day, without its year when that is the year of the last."""
    return date_format(text.starts_on, "j F" if text.starts_on.year == text.ends_on.year else "j F Y")


def headline(text):
    """The sentence over the chart: their own, or what the outcomes say without praise."""
    if text.headline or not text.goals:
        return text.headline
    count, reached = len(text.goals), sum(goal.outcome is not None and goal.outcome >= 0 for goal in text.goals)
    goals = ngettext("%(n)s goal", "%(n)s goals", count) % {"n": capital(spelled(count))}
    if reached == count:
        return (_("%(goals)s, reached.") if count == 1 else _("%(goals)s, all reached.")) % {"goals": goals}
    if reached:
        return _("%(goals)s, %(reached)s of them reached.") % {"goals": goals, "reached": spelled(reached)}
    return _("%(goals)s, from the start to now.") % {"goals": goals}


def established(text):
    """Who established the levels."""
    return _("Established in the closing talk, by all three") if len(text.closed_by) == 3 else _("Established in the closing talk, by both")


def before_and_after(text):
    """The labels of now and then: months where that tells them apart."""
    start, end = text.starts_on, text.met_on
    if (start.year, start.month) == (end.year, end.month):
        return _("At the start"), _("At the end")
    form = "F" if start.year == end.year else "F Y"
    return tuple(pgettext("month", "In %(month)s") % {"month": date_format(on, form)} for on in (start, end))


def voices_title(text):
    """Three voices, or two."""
    return _("Three voices") if len(text.voices) > 2 else _("Two voices") if len(text.voices) == 2 else _("In their own words")


def without_third(text):
    """The neutral sentence of a review that two people held (R23); empty when all three closed."""
    if "sponsor" in text.closed_by:
        return ""
    if text.party("sponsor"):
        return _("Coach and client held this review together. The sponsor was not there.")
    return _("Coach and client held this review together. This trajectory had no sponsor.")


def came_to(goal):
    """What stands under "now": the level's own sentence, or that there is none."""
    if goal.outcome is not None:
        return goal.sentence
    return _("We see it differently.") if goal.differently else _("Not scored.")


def steps(goal):
    """The figures at both ends of the drawn line, one when nothing moved, and the line in words for who does not see it."""
    if goal.outcome is None:
        return (level(goal.start),), ""
    if goal.outcome == goal.start:
        return (level(goal.start),), _("From %(start)s to %(now)s, %(word)s.") % _ends(goal)
    said = _ends(goal)
    return (said["start"], said["now"]), _("From %(start)s to %(now)s, %(word)s.") % said


def _ends(goal):
    return {"start": level(goal.start), "now": level(goal.outcome), "word": level_word(goal.outcome)}


def kept(commitment):
    """What became of a promise."""
    return _("Done on %(day)s") % {"day": day(commitment.kept_on)} if commitment.kept_on else pgettext("promise", "Still open")


def signed(mark):
    """A signature in a sentence; times are those of the organisation."""
    at = timezone.localtime(mark.at, zone())
    when = {"day": day(at), "time": date_format(at, "H:i")}
    agreed = _("Agreed in Rode Draad on %(day)s, %(time)s") % when
    return agreed if mark.agrees else _("Read, not agreed. In Rode Draad on %(day)s, %(time)s") % when
