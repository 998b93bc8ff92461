"""How did the trajectory run? The red thread on the cover and the chalk line ahead, as SVG with attributes only."""

from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from trajectories.report.chart import drawing, joined, label

LEFT, RIGHT, LEVEL, CURL = 20.0, 176.8, 33.0, 0.27
NIGHT = {"ground": "#15213a", "thread": "#f54248", "chalk": "#9ba5b4", "ink": "#ffffff", "soft": "#bdc5d0"}
DAY = {"ground": "#ffffff", "thread": "#c71529", "chalk": "#8893a4", "ink": "#15213a", "soft": "#404b5e"}
FIRST_HALF, SECOND_HALF = "M0 52C26 52 47 45 47 25 47 13 40 7 32 7", "M32 7C24 7 17 13 17 25 17 45 38 52 64 52"
NEEDLE = "M4 52C8 46.6 17 46 28 47.6L86 52 28 56.4C17 58 8 57.4 4 52ZM11 52c2.5 1.8 8 2.1 13 1.3v-2.6c-5-.8-10.5-.5-13 1.3Z"


def moment_word(kind):
    """The name of a moment on the thread."""
    names = {"intake": _("Intake"), "start": _("Opening talk"), "mid": _("Mid-point"), "closing": _("Closing talk")}
    return names.get(kind) or _("Follow-up")


def short_day(on):
    """A day beneath a stitch: 3 Sep, 3 sep."""
    return date_format(on, pgettext("format of a short day", "j M"))


def told(moments):
    """The thread in words: each moment with its day, sessions counted."""
    said = []
    for kind, run in groupby(moments, key=lambda moment: moment.kind):
        run = list(run)
        if kind == "session":
            said.append(ngettext("%(n)s session", "%(n)s sessions", len(run)) % {"n": len(run)})
        else:
            said += [f"{moment_word(kind)} {date_format(one.on, 'j F Y')}" if one.on else moment_word(kind) for one in run]
    return _("The trajectory: %(moments)s.") % {"moments": ", ".join(said)}


def cover_thread(moments, *, paper=NIGHT):
    """The thread over the whole width of the cover: a curl per milestone, a knot per session, chalk for what is ahead."""
    places = _places(moments)
    parts, run = [_line(paper, f"M-2 8C9 8 8 {LEVEL:g} {LEFT:g} {LEVEL:g}")], 0
    for index, (moment, x) in enumerate(zip(moments, places, strict=True)):
        run = run + 1 if moment.kind == "session" else run
        end, drawn = _stitch(moment, x, run, _tight(places, index), paper)
        parts.append(drawn)
        if index + 1 < len(places):
            parts.append(_between(end, places[index + 1], index, moments[index + 1].kind == "follow_up", paper))
        else:
            parts.append(_chalk(paper["chalk"], 0.75, f"M{end:.2f} {LEVEL:g}C{end + 6:.2f} {LEVEL:g} 205 18 212 14"))
    return drawing("cover__thread", 210, 50, told(moments), parts)


def ahead(met_on, follow_up_on):
    """From the closing talk to the follow-up: sewn as far as the needle, chalk after it."""
    y, thread = 20, DAY["thread"]
    parts = [
        _line(DAY, f"M-20 12C-8 12 -8 {y} 2 {y}", 0.95),
        _curl(2, y, 0.22, thread, 0.95, "#fff"),
        _line(DAY, f"M16 {y}H21", 0.95),
        format_html('<path fill="#15213a" fill-rule="evenodd" transform="translate(19.5 {}) scale(.24)" d="{}"/>', y - 52 * 0.24, NEEDLE),
        _chalk(DAY["chalk"], 0.7, f"M41 {y}C52 {y} 52 16.5 62 16.5S72 {y} 82 {y} 92 23.5 102 23.5 112 {y} 124 {y}"),
        _curl(124, y, 0.22, DAY["chalk"], 0.7, "#fff", dotted=True),
        _chalk(DAY["chalk"], 0.7, f"M138 {y}C160 {y} 160 12 192 12"),
    ]
    said = ((2, _("Closing talk"), met_on), (124, _("Follow-up"), follow_up_on))
    for x, word, on in said:
        parts.append(label(x, y + 8.5, word, size=2.9, fill=DAY["ink"], bold=True) + label(x, y + 12.6, date_format(on, "j F Y")))
    told = ", ".join(f"{word} {date_format(on, 'j F Y')}" for _x, word, on in said)
    return drawing("ahead", 170, 34, told, parts)


def behind(met_on, looked_on, *, paper=NIGHT):
    """From the closing talk to the follow-up, sewn: the needle has come through, and chalk goes on."""
    parts = [
        _line(paper, f"M-2 8C9 8 8 {LEVEL:g} {LEFT:g} {LEVEL:g}"),
        _curl(LEFT, LEVEL, CURL, paper["thread"], 1.05, paper["ground"]),
        _line(paper, f"M{LEFT + 64 * CURL:.2f} {LEVEL:g}C60 {LEVEL:g} 62 29 78 29S98 {LEVEL:g} 112 {LEVEL:g}"),
        _curl(112, LEVEL, CURL, paper["thread"], 1.05, paper["ground"]),
        _line(paper, f"M{112 + 64 * CURL:.2f} {LEVEL:g}H137"),
        format_html(
            '<path fill="{}" fill-rule="evenodd" transform="translate(135.5 {}) scale(.24)" d="{}"/>', paper["ink"], LEVEL - 12.48, NEEDLE
        ),
        _chalk(paper["chalk"], 0.75, f"M158 {LEVEL:g}C176 {LEVEL:g} 196 20 212 16"),
    ]
    said = ((LEFT, _("Closing talk"), met_on), (112, _("Follow-up"), looked_on))
    for x, word, on in said:
        parts.append(label(x, LEVEL + 9, word, size=2.9, fill=paper["ink"], bold=True))
        parts.append(label(x, LEVEL + 13.1, date_format(on, "j F Y"), fill=paper["soft"]))
    told = ", ".join(f"{word} {date_format(on, 'j F Y')}" for _x, word, on in said)
    return drawing("addendum__thread", 210, 50, told, parts)


def _places(moments):
    """Where each stitch begins (mm): milestones keep the room that their names need, sessions share what is left."""
    steps = [10.6 if moment.kind == "session" else 22.6 for moment in moments[:-1]]
    room = RIGHT - LEFT
    miles = sum(step for step in steps if step > 20)
    knots = sum(steps) - miles
    if miles + knots > room and knots:
        share = max(room - miles, 0.2 * room) / knots
        steps = [step if step > 20 else step * share for step in steps]
    scale = room / sum(steps) if steps else 1
    places = [LEFT]
    for step in steps:
        places.append(places[-1] + step * scale)
    return places


def _tight(places, index):
    """The room (mm) that a knot has for itself."""
    return places[index + 1] - places[index] if index + 1 < len(places) else 10.6


def _stitch(moment, x, run, room, paper):
    """One moment drawn at `x`, and where its thread ends."""
    if moment.kind == "session":
        r = min(1.9, room * 0.32)
        disc = '<circle cx="{}" cy="{}" r="{}" fill="{}"/>'
        knot = format_html(disc, f"{x + r:.2f}", f"{LEVEL:g}", f"{r:.2f}", paper["thread"])
        said = label(x + r, LEVEL + 9, str(run), size=2.6, fill=paper["soft"], anchor="middle") if room > 4.6 or run % 5 == 0 else ""
        return x + 2 * r, joined([knot, said])
    ahead = moment.kind == "follow_up"
    curl = _curl(x, LEVEL, CURL, paper["chalk" if ahead else "thread"], 0.75 if ahead else 1.05, paper["ground"], dotted=ahead)
    name = label(x, LEVEL + 9, moment_word(moment.kind), size=2.7, fill=paper["ink"], bold=True)
    day = label(x, LEVEL + 12.9, short_day(moment.on), size=2.6, fill=paper["soft"]) if moment.on else ""
    return x + 64 * CURL, joined([curl, name, day])


def _between(end, start, index, ahead, paper):
    """The line from one stitch to the next, with a little slack where there is room."""
    if ahead:
        return _chalk(paper["chalk"], 0.75, f"M{end:.2f} {LEVEL:g}H{start:.2f}")
    gap = start - end
    slack = (-1 if index % 2 else 1) * min(2.8, gap * 0.22) if gap > 6.5 else 0
    middle, pull, high = (end + start) / 2, gap * 0.28, LEVEL + slack
    there = f"M{end:.2f} {LEVEL:g}C{end + pull:.2f} {LEVEL:g} {middle - pull * 0.75:.2f} {high:.2f} {middle:.2f} {high:.2f}"
    return _line(paper, f"{there}S{start - pull:.2f} {LEVEL:g} {start:.2f} {LEVEL:g}")


def _line(paper, path, width=1.05):
    line = '<path stroke="{}" stroke-width="{}" fill="none" stroke-linecap="round" d="{}"/>'
    return format_html(line, paper["thread"], width, path)


def _chalk(colour, width, path):
    line = '<path stroke="{}" stroke-width="{}" fill="none" stroke-linecap="round" stroke-dasharray="0.01 1.9" d="{}"/>'
    return format_html(line, colour, width, path)


def _curl(x, y, size, colour, width, ground, *, dotted=False):
    """A curl that lies over itself; the ground shows where the thread passes beneath."""
    wide = f"{width / size:.2f}"
    dots = format_html(' stroke-dasharray="{} {}"', f"{0.01 / size:.2f}", f"{1.9 / size:.2f}") if dotted else ""
    half = '<path stroke="{}" stroke-width="{}" fill="none" stroke-linecap="round"{} d="{}"/>'
    halo = format_html(
        '<path stroke="{}" stroke-width="{}" fill="none" d="M27.8 44.4Q32 47 36.8 48.4"/>', ground, f"{2.7 * width / size:.2f}"
    )
    parts = [format_html(half, colour, wide, dots, FIRST_HALF), "" if dotted else halo, format_html(half, colour, wide, dots, SECOND_HALF)]
    return format_html('<g transform="translate({} {}) scale({})">{}</g>', f"{x:.2f}", f"{y - 52 * size:.2f}", size, joined(parts))


def to_come(sessions, said, *, paper=NIGHT):
    """The thread at its very beginning: one curl, the needle, and in chalk what was agreed on. `said` tells it in words."""
    knots, middle, after = min(sessions, 24), LEFT + 88, RIGHT - 12
    first = (knots + 1) // 2
    parts = [
        _line(paper, f"M-2 8C9 8 8 {LEVEL:g} {LEFT:g} {LEVEL:g}"),
        _curl(LEFT, LEVEL, CURL, paper["thread"], 1.05, paper["ground"]),
        _line(paper, f"M{LEFT + 64 * CURL:.2f} {LEVEL:g}H43"),
        format_html(
            '<path fill="{}" fill-rule="evenodd" transform="translate(41.5 {}) scale(.24)" d="{}"/>',
            paper["ink"],
            LEVEL - 52 * 0.24,
            NEEDLE,
        ),
        *_dots(first, 63, middle - 3, paper),
        _curl(middle, LEVEL, CURL, paper["chalk"], 0.75, paper["ground"], dotted=True),
        *_dots(knots - first, middle + 64 * CURL, after - 3, paper),
        _curl(after, LEVEL, CURL, paper["chalk"], 0.75, paper["ground"], dotted=True),
        _chalk(paper["chalk"], 0.75, f"M{after + 64 * CURL:.2f} {LEVEL:g}C{after + 22:.2f} {LEVEL:g} 205 18 212 14"),
    ]
    names = ((LEFT, "start"), (middle, "mid"), (after, "closing"))
    parts += [label(x, LEVEL + 9, moment_word(kind), size=2.7, fill=paper["ink"], bold=True) for x, kind in names]
    return drawing("cover__thread", 210, 50, said, parts)


def _dots(count, start, end, paper):
    """A chalk line with an open knot for every conversation that is still to come."""
    yield _chalk(paper["chalk"], 0.75, f"M{start:.2f} {LEVEL:g}H{end:.2f}")
    step = (end - start) / (count + 1)
    r = min(1.7, step * 0.32)
    knot = '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="0.5"/>'
    for number in range(1, count + 1):
        yield format_html(knot, f"{start + step * number:.2f}", f"{LEVEL:g}", f"{r:.2f}", paper["ground"], paper["chalk"])
