"""How does a signed text become the closing report? Four A4 pages, one job each; drawn after commit, never inside a transaction (R24)."""

from datetime import UTC

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from trajectories.report import chart, machine, stitches, wording
from trajectories.report.canonical import from_json, grouped, plain, to_json
from trajectories.report.house_style import LOGO, House
from trajectories.report.paper import HANDED, Paper
from trajectories.report.value import of_signers, shows_own_levels

STYLES = ("report.css", "report_cover.css", "report_sheets.css")
OURS = House()
WHOLE, COVER = "report/report.html", "report/cover_only.html"
DRAFT = (*STYLES, "report_draft.css")
SUMMARY_ON_COVER = 900  # characters that fit beside the names; a longer paragraph gets the next page
COLUMNS = 900  # characters per voice that fit side by side on one page; longer voices stand below each other
ROW = 420  # characters that stand side by side in a row of before and after
LINE = 58  # characters on a line of what makes it last
LINES = 11  # lines of agreements that leave room for thread, signatures and colophon; with more the page closes up
ROOMY = 700  # characters of all voices together; with less, and no quotation over them, they are printed larger
REMARK = 160  # characters of a remark that fit under a name


def as_pdf(text, signatures=(), *, draft=False, code="", sparing=False, house=OURS):
    """The report as the bytes of an A4 PDF/UA-1 file; the same arguments give the same bytes.

    `text` is a `ReportText`, `signatures` are `Mark`s in the order of signing. `draft` marks each page as a draft and
    prints no code; `sparing` leaves the cover white. Raises ValueError for a text beyond the limit of `to_json`.
    """
    return laid_out(as_signed(text), signatures, draft=draft, code=code, sparing=sparing, house=house).pdf()


def as_files(text, signatures, *, code, house):
    """The report, the report with a white cover, and the archival file with the values, each with a place for the seal."""
    text = as_signed(text)
    with translation.override(text.language):
        seal, values = _("Seal of %(organisation)s") % {"organisation": text.organisation}, machine.values(text, signatures, code)
    paper = laid_out(text, signatures, code=code, house=house)
    white = paper.with_first_page_of(laid_out(text, signatures, code=code, sparing=True, house=house, template=COVER))
    return paper.pdf(seal=seal), white.pdf(seal=seal), paper.archive(values, seal=seal)


def as_signed(text):
    """What is printed is exactly what the signed bytes say."""
    return from_json(to_json(text))


def laid_out(text, signatures, *, draft=False, code="", sparing=False, house=OURS, template=WHOLE):
    """The report, or only its cover, as `Paper`."""
    with translation.override(text.language):
        html = render_to_string(template, page(text, signatures, draft=draft, code=code, sparing=sparing, house=house))
    return Paper(html, DRAFT if draft else STYLES, rules="" if sparing else house.rules, pictures=house.pictures)


def page(text, signatures, *, draft, code, sparing, house=OURS):
    """What the template shows, as plain values; the language is the active one."""
    title, paper = wording.title(text), house.paper(sparing=sparing)
    own = shows_own_levels(text, signatures)
    return {
        "text": text,
        "draft": draft,
        "sparing": sparing,
        "logo": f"{HANDED}{LOGO}" if house.logo else "",
        "thread_colour": paper["thread"],
        "code": "" if draft else grouped(code),
        "created": last_moment(signatures),
        "name": wording.kind_and_number(text),
        "title": title,
        "title_lines": wording.without_widow(title),
        "size": wording.title_size(title),
        "summary_on_cover": len(text.summary) + 60 * text.summary.count("\n") <= SUMMARY_ON_COVER,
        "client": text.party("client"),
        "facts": wording.facts(text),
        "thread": stitches.cover_thread(text.moments, paper=paper) if text.moments else "",
        **_goals(text, own),
        **_voices(text),
        **_lasting(text, signatures),
    }


def last_moment(signatures):
    """The moment of the last signature for the metadata, in UTC; empty for what nobody signed yet."""
    at = max((mark.at for mark in signatures), default=None)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _goals(text, own):
    before, after = wording.before_and_after(text)
    return {
        "headline": wording.headline(text),
        "established": wording.established(text),
        "chart": chart.attainment([of_signers(text, goal) for goal in text.goals], own=own) if text.goals else "",
        "own": own and any(of_signers(text, goal).own for goal in text.goals),
        "before": before,
        "after": after,
        "changes": [_change(text, goal) for goal in text.goals],
    }


def _change(text, goal):
    steps, told = wording.steps(goal)
    remarks = [{"party": text.party(one.part), "words": one.words} for one in goal.differently]
    came_to = wording.came_to(goal)
    long = max(len(goal.now), len(came_to) + sum(len(one.words) for one in goal.differently), 3 * len(goal.title)) > ROW
    return {"goal": goal, "steps": steps, "told": told, "came_to": came_to, "remarks": remarks, "long": long}


def _voices(text):
    voices = [{"party": text.party(voice.part), "answers": voice.answers} for voice in text.voices if text.party(voice.part)]
    longest = max((sum(len(one.words) + 60 for one in voice.answers) for voice in text.voices), default=0)
    roomy = not text.quote and sum(len(one.words) for voice in text.voices for one in voice.answers) <= ROOMY
    return {"voices_title": wording.voices_title(text), "voices": voices, "columns": longest <= COLUMNS and len(voices) > 1, "roomy": roomy}


def _lasting(text, signatures):
    lines = sum(1.5 + len(one.what) // LINE for one in text.lasting) + sum(1 + len(one.what) // LINE for one in text.commitments)
    return {
        "tight": lines > LINES,
        "ahead": stitches.ahead(text.met_on, text.follow_up_on) if text.follow_up_on else "",
        "commitments": [{"who": one.who, "what": one.what, "kept": wording.kept(one)} for one in text.commitments],
        "without_third": wording.without_third(text),
        "signs": [_sign(party, signatures) for party in text.signers],
        "agreed": all(mark.agrees for mark in signatures),
    }


def _sign(party, signatures):
    mark = next((mark for mark in signatures if mark.part == party.part), None)
    if mark is None:
        return {"party": party, "name": party.name, "said": "", "remark": "", "long": False}
    remark = plain(mark.remark)
    return {"party": party, "name": plain(mark.name), "said": wording.signed(mark), "remark": remark, "long": len(remark) > REMARK}
