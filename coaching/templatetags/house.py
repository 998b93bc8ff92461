"""How is a value drawn: a level, a day, a seam, a row of seats?"""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as date_words
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching import nav
from coaching.discreet import is_discreet
from coaching.zone import zone as here

register = template.Library()
LEVELS = (-2, -1, 0, 1, 2)
VOICES = ("client", "sponsor", "coach")  # the order in which they speak, and are stacked


@register.filter
def level(value):
    """A level with its sign: -2 -> "−2" (a real minus), 1 -> "+1", None -> ""."""
    if value is None or value == "":
        return ""
    number = int(value)
    return f"{'−' if number < 0 else '+' if number else ''}{abs(number)}"


def _local(value):
    return timezone.localtime(value, here()) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _month(value):
    """Three letters, with a capital only where the language writes months with one."""
    month = date_words(value, "b")
    return month.title() if date_words(value, "F")[:1].isupper() else month


def _dated(value, pattern):
    return date_words(_local(value), pattern) if value else ""


@register.filter
def day(value):
    """A date, or the local day of a moment: "do 3 sep"."""
    return f"{_dated(value, 'D')} {day_short(value)}" if value else ""


@register.filter
def day_short(value):
    """Without the day of the week: "3 sep"."""
    return f"{_dated(value, 'j')} {_month(_local(value))}" if value else ""


@register.filter
def day_long(value):
    """ "donderdag 3 september"."""
    return _dated(value, "l j F")


@register.filter
def day_full(value):
    """ "donderdag 3 september 2026"."""
    return _dated(value, "l j F Y")


@register.filter
def iso(value):
    """For <time datetime>: the local day."""
    return _dated(value, "Y-m-d")


@register.filter
def clock(value):
    """The local time of a moment: "10:42"."""
    return _dated(value, "H:i")


@register.simple_tag(takes_context=True)
def navigation(context):
    """Give base.html who looks, and where they can go, where no context processor did."""
    if "nav_items" not in context:
        context.update(nav.context(context.get("request")))
    return ""


@register.simple_tag(takes_context=True)
def looked_along(context):
    """Whether somebody looks along at this screen, so that nothing private may be drawn; also inside an include with `only`."""
    return is_discreet(getattr(context, "request", None))


@register.simple_block_tag(takes_context=True)
def zone(context, content, head="", *, private=False, sees="", who="", icon="", css="", id=""):
    """Open paper or, when private, lining; with a head and who reads it. Lining is left out while somebody looks along."""
    if private and is_discreet(getattr(context, "request", None)):
        return ""
    facts = {"content": content, "head": head, "private": private, "sees": sees, "who": who, "icon": icon, "css": css, "id": id}
    return render_to_string("components/zone.html", facts)


@register.simple_block_tag
def notice(content, icon, head, *, alert=False, level="h2"):
    """Something to know; ochre when it asks for care. `level` is the heading element."""
    return render_to_string("components/notice.html", {"content": content, "icon": icon, "head": head, "alert": alert, "level": level})


@register.simple_block_tag
def savebar(content, *, at=None):
    """What was kept, and the buttons beside it. `at` is the moment of the last draft."""
    return render_to_string("components/savebar.html", {"content": content, "at": at})


def _fact(thing, name):
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _stacked(voices, start):
    """Each voice with how many marks stand under it at the same level, the start's ring included."""
    height, marks = {start: 1}, []
    for voice in sorted(voices, key=lambda one: VOICES.index(_fact(one, "part"))):
        at = _fact(voice, "level")
        if at is None:
            continue
        marks.append({"part": _fact(voice, "part"), "at": at, "shift": height.get(at, 0)})
        height[at] = height.get(at, 0) + 1
    return marks


@register.inclusion_tag("components/seam.html")
def seam(start, now, text, voices=None, anchors=None):
    """Five levels on one line. `text` is the sentence for who cannot see it; `voices` have .part and .level; `anchors` are five words."""
    words = anchors or [_("start"), _("on the way"), _("goal reached"), _("more"), _("much more")]
    marks = _stacked(voices, start) if voices else []
    ends = sorted([start, now]) if start is not None and now is not None else None
    deep = max((mark["shift"] for mark in marks), default=0)
    return {"start": start, "now": now, "text": text, "marks": marks, "voiced": bool(voices), "deep": deep, "ends": ends,
            "steps": list(zip(LEVELS, words, strict=True))}  # fmt: skip


def _stitch(number, width, done):
    x, half = 5 + number * width, width / 2
    return {
        "x": f"{x:.1f}",
        "half": f"{half:.1f}",
        "rise": -9 if number % 2 == 0 else 9,
        "width": f"{width:.1f}",
        "done": number < done - 1,
    }


@register.filter
def stitched(entries):
    """Each entry of the thread with how its own stretch of line is drawn: sewn or chalk, up or down in turn."""
    drawn = []
    for number, entry in enumerate(entries, 1):
        ahead, now = (_fact(entry, "state") == state for state in ("ahead", "now"))
        up = (number % 2 == 0) != now
        knot = "knot--chalk" if ahead else "knot--closed" if _fact(entry, "hollow") else ""
        line = {"lying": 41 if up else 63, "standing": 23 if up else 17, "line": "chalk" if ahead or now else "sewn"}
        drawn.append({"entry": entry, "kind": "chalk" if ahead else "sewn", "knot": knot, **line})
    return drawn


@register.inclusion_tag("components/mini_thread.html")
def mini_thread(done, total, label):
    """A thread for a row of a list: `done` of `total` knots are sewn."""
    width = 262 / max(total - 1, 1)
    knots = [{"x": f"{5 + number * width:.1f}", "done": number < done} for number in range(total)]
    needle = f"{5 + max(done - 1, 0) * width + 4:.1f}" if 0 < done < total else ""
    return {"label": label, "stitches": [_stitch(number, width, done) for number in range(total - 1)], "knots": knots, "needle": needle}


@register.inclusion_tag("components/seats.html")
def seats(taken, total, text):
    """How many places are taken; the text says it in words."""
    places = [{"x": 6 + number * 12, "taken": number < taken} for number in range(total)]
    return {"places": places, "width": total * 12, "text": text}


@register.inclusion_tag("components/bars.html")
def bars(rows, most, text):
    """An ink stroke per row (label, value or None, what is shown), against `most`; `text` says the whole in words."""
    strokes = []
    for number, (label, value, shown) in enumerate(rows):
        part = f"{value / most * 100:.1f}%" if value and most else ""
        strokes.append({"label": label, "shown": shown, "part": part, "y": number * 46 + 16, "line": number * 46 + 29})
    return {"strokes": strokes, "height": len(strokes) * 46, "text": text}


@register.filter
def at_once(field):
    """The element that a link in the error summary goes to: the control, or the first of a group."""
    first = "_0" if field.use_fieldset else ""
    return format_html("{}{}", field.id_for_label or field.auto_id, "" if field.id_for_label else first)


@register.filter
def in_words(number):
    """Numbers to twelve in words, with a capital: they open a sentence. Larger ones in figures."""
    words = [pgettext("number", "No"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six")]
    words += [_("Seven"), _("Eight"), _("Nine"), _("Ten"), _("Eleven"), _("Twelve")]
    return words[number] if 0 <= number < len(words) else str(number)
