"""Where did each goal start, and where does it stand? The chart as SVG: attributes only, since page styles do not reach into it."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

INK, SOFT, THREAD, CHALK, LINE, WASH = "#15213a", "#404b5e", "#c71529", "#8893a4", "#d1d8e1", "#f3f6fa"
SANS, SERIF = "Schibsted, Schibsted Ext", "Newsreader Text, Newsreader Text Ext"
LEVELS = (-2, -1, 0, 1, 2)
X = {-2: 62, -1: 86.5, 0: 111, 1: 135.5, 2: 160}
TOP, WIDE = 8.5, 170
COLUMN, HIGHEST, AROUND = 54, 215, 4.5  # mm: room for titles, the most that all rows take together, white around a title
LARGE, LARGE_LEAD, SMALL, SMALL_LEAD = 4.4, 5.2, 3.5, 4.2
NARROW = frozenset("iljftrI.,:;!'’‘()[]| ")
BROAD = frozenset("mwMWQOGDNHUCA@%&—")


def level(value):
    """A level as people read it: −2, 0, +1."""
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{abs(value)}"


def level_word(value):
    """The neutral word of a level, for who does not know the goal's own sentences."""
    return (_("far off"), _("on the way"), _("goal reached"), _("more"), _("much more"))[value + 2]


def label(x, y, words, *, size=2.8, fill=SOFT, bold=False, anchor="start", family=SANS):
    """One line of text in an SVG; sizes in its own units (mm)."""
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" fill="{}" font-weight="{}" text-anchor="{}">{}</text>',
        *(_mm(x), _mm(y), family, size, fill, 600 if bold else 400, anchor, words),
    )


def drawing(css, wide, high, title, parts):
    """An SVG with its alternative text; the class is for its place on the page only."""
    head = '<svg class="{}" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>'
    return format_html(head, css, _mm(wide), _mm(high), title, joined(parts))


def joined(parts):
    """Drawn parts as one."""
    return format_html_join("", "{}", ((part,) for part in parts))


def attainment(goals, *, own=False):
    """The chart of `goals`: ring at the start, thread to what was agreed, and above it each one's own level when `own`."""
    step = 19 if len(goals) <= 3 else 15.5
    most = max(2, int((HIGHEST / max(len(goals), 1) - AROUND) / SMALL_LEAD))
    names = [_name(goal, most) for goal in goals]
    extra = [max(0, len(lines) * lead + AROUND - step) for lines, _size, lead in names]
    middles = [TOP + 12.5 + step * place + sum(extra[:place]) + extra[place] / 2 for place in range(len(goals))]
    high = TOP + 20 + step * (len(goals) - 1) + sum(extra)
    rows = [_row(*one, own) for one in zip(goals, names, middles, strict=True)]
    return drawing("chart", WIDE, high, told(goals, own=own), [*_scale(high), *rows])


def _name(goal, most):
    """(lines, size, mm from line to line): a title of one or two lines large, a longer one smaller, in as many as it takes up to `most`."""
    words = goal.short or goal.title
    if len(_lines(words, COLUMN / LARGE, 2)) <= 2:
        return fold(words, COLUMN / LARGE, 2), LARGE, LARGE_LEAD
    return fold(words, COLUMN / SMALL, most), SMALL, SMALL_LEAD


def told(goals, *, own=False):
    """The chart in words, for who does not see it."""
    return " ".join(_told(goal, own) for goal in goals)


def _told(goal, own):
    place = {"n": goal.number, "title": goal.title, "start": level(goal.start)}
    if goal.outcome is not None:
        said = _("Goal %(n)s, %(title)s: from %(start)s to %(now)s.") % {**place, "now": level(goal.outcome)}
    elif goal.differently:
        said = _("Goal %(n)s, %(title)s: began at %(start)s, we see it differently.") % place
    else:
        said = _("Goal %(n)s, %(title)s: began at %(start)s, not scored.") % place
    seen = [f"{part_word(one.part)} {level(one.level)}" for one in goal.own if own and one.level is not None]
    return f"{said} {', '.join(seen)}." if seen else said


def part_word(part):
    """A part in words."""
    return {"client": _("client"), "sponsor": _("sponsor"), "coach": _("coach")}.get(part, part)


def _scale(high):
    bottom = high - 1.5
    yield format_html('<rect x="98.75" y="{}" width="24.5" height="{}" fill="{}"/>', TOP, _mm(bottom - TOP), WASH)
    for value in LEVELS:
        yield label(X[value], 2.6, level(value), size=3, fill=INK, bold=True, anchor="middle")
        yield label(X[value], 6.5, level_word(value), size=2.7, anchor="middle")
        yield format_html('<path d="M{} 9V{}" stroke="{}" stroke-width=".25"/>', X[value], _mm(bottom), LINE)


def _row(goal, name, y, own):
    lines, size, lead = name
    high = y + 1.6 - lead / 2 * (len(lines) - 1)
    names = [label(0, high + lead * place, line, size=size, fill=INK, family=SERIF) for place, line in enumerate(lines)]
    dots = '<path d="M62 {}H160" stroke="{}" stroke-width=".45" stroke-linecap="round" stroke-dasharray="0.01 1.5"/>'
    above = _own(goal.own, y - 5.2) if own else []
    return joined([*names, format_html(dots, _mm(y), CHALK), *_thread(goal, y), *above])


def _thread(goal, y):
    start = X[goal.start]
    if goal.outcome is None:
        yield _ring(start, y)
        word = _("we see it differently") if goal.differently else _("not scored")
        yield label(start + 4, y + 5.4, word, size=2.7)
    elif goal.outcome == goal.start:
        yield format_html('<circle cx="{}" cy="{}" r="2.9" fill="#fff" stroke="{}" stroke-width=".9"/>', start, _mm(y), THREAD)
        yield format_html('<circle cx="{}" cy="{}" r="1.5" fill="{}"/>', start, _mm(y), THREAD)
    else:
        line = '<path d="M{} {}H{}" stroke="{}" stroke-width="1.1" stroke-linecap="round"/>'
        yield format_html(line, start, _mm(y), X[goal.outcome], THREAD)
        yield _ring(start, y)
        yield format_html('<circle cx="{}" cy="{}" r="2.2" fill="{}"/>', X[goal.outcome], _mm(y), THREAD)


def _ring(x, y):
    return format_html('<circle cx="{}" cy="{}" r="1.8" fill="#fff" stroke="{}" stroke-width=".9"/>', x, _mm(y), THREAD)


def _own(levels, y):
    """Marks side by side over the level, so that three who agree are three marks and not one."""
    for value in LEVELS:
        here = [one.part for one in levels if one.level == value]
        for place, part in enumerate(here):
            yield mark(part, X[value] + 4.6 * (place - (len(here) - 1) / 2), y)


def mark(part, x, y):
    """The sign of a part: client a disc, coach a ring, sponsor a diamond. Told apart without colour."""
    x, y = _mm(x), _mm(y)
    if part == "client":
        return format_html('<circle cx="{}" cy="{}" r="1.7" fill="{}"/>', x, y, THREAD)
    if part == "coach":
        return format_html('<circle cx="{}" cy="{}" r="1.4" fill="#fff" stroke="{}" stroke-width=".7"/>', x, y, INK)
    return format_html('<path d="M{0} {1}m0-2.2l2.2 2.2-2.2 2.2-2.2-2.2z" fill="{2}"/>', x, y, INK)


def fold(words, width, most):
    """`words` in at most `most` even lines of about `width` em; what does not fit ends in an ellipsis (all of it stands below)."""
    lines = _lines(words, width, most)
    if len(lines) > most:
        return [*lines[: most - 1], lines[most - 1][:-1].rstrip(" .,;") + "…"]
    narrower = (_lines(words, width * share / 20, most) for share in range(10, 20))
    return next((even for even in narrower if len(even) == len(lines)), lines)


def _lines(words, width, most):
    lines, line = [], ""
    for word in words.split():
        for piece in _pieces(word, width):
            longer = f"{line} {piece}".strip()
            if _em(longer) > width and line:
                lines.append(line)
                longer = piece
            line = longer
        if len(lines) > most:
            break
    lines.append(line)
    return lines


def _pieces(word, width):
    """A word that is wider than a line, in pieces that are not."""
    piece = ""
    for sign in word:
        if _em(piece + sign) > width and piece:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _em(words):
    return sum(0.3 if sign in NARROW else 0.75 if sign in BROAD else 1.0 if ord(sign) > 0x2E00 else 0.52 for sign in words)


def _mm(value):
    """Two decimals at the most, and the same everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
