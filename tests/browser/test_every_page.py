"""Does every page read well for everyone: axe finds nothing and nothing sticks out, wide and on a phone, light and dark?"""

import pytest
from django.conf import settings

from tests.access.notation import CAST, ENTER, routes
from tests.access.table import ROWS
from tests.access.visiting import visitors
from tests.browser.test_check_in import fits

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
OF_COLOURS = ("color-contrast", "link-in-text-block")  # the rules for which light and dark differ: the scheme changes colours only
NO_PAGES = {"coaching:still_here", "trajectories:draft_report", "trajectories:agreement_pdf"}  # nothing to draw, or a file
NO_PAGES |= {f"trajectories:report_{kind}" for kind in ("pdf", "white", "archive", "docx")}
NO_PAGES |= {"trajectories:agreement_docx", "trajectories:letter_template", "sessions:feed"}
NO_PAGES |= {"sessions:hours_sheet", "sessions:hours_paper", "sessions:hours_letter"}
NO_PAGES |= {"trajectories:addendum_pdf", "trajectories:figures_sheet", "trajectories:meeting_state"}


def pages():
    """One address per page: the first row of each, with the first person who may read it."""
    rows = {row.route: row for row in reversed(ROWS) if row.method == "GET" and row.route in routes() - NO_PAGES}
    found = {route: (row, next((key for key in CAST if row.expected(key) == ENTER), None)) for route, row in rows.items()}
    return {route: pair for route, pair in found.items() if pair[1]}


def test_every_page(page, live_server, live_cast, axe):
    people, wrong = visitors(live_cast), []
    for row, key in pages().values():
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": people[key].session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(live_server.url + row.address(live_cast))
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            if not fits(page):
                wrong.append(f"{row} as {key}, {size}: sticks out")
            for scheme, rules in (("light", ()), ("dark", OF_COLOURS)):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour half-way
                wrong += [f"{row} as {key}, {size}, {scheme}: {one}" for one in axe(page, rules)]
    assert not wrong, "\n" + "\n".join(wrong)
