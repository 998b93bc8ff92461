"""Can somebody read in a staff list with mistakes in it, point out the columns, mend and take over, in a real browser?"""

import pytest

from coaching.models import Import, Person
from tests.coaching.people import SENTENCE, person
from tests.coaching.staff_list import as_csv

WIDE = {"width": 1280, "height": 900}
ROWS = [["Wie", "E-mail", "Afdeling", "Leidinggevende"], ["Jan de Boer", "jan@x.nl", "Zorg", "Els"], ["Els", "els@x.nl", "Zorg", ""]]
WRONG = [*ROWS, ["Rob", "rob@", "Zorg", ""], ["<b>Ka</b>", "ka@x.nl", "Zorg", "Niemand"]]


@pytest.fixture
def wim(transactional_db, flush_may_empty):
    return person("wim@example.org", name="Wim Postma", coordinates=True, language="en")


def enter(page, address):
    page.goto(f"{address}/inloggen/")
    page.fill("[name=email]", "wim@example.org")
    page.fill("[name=password]", SENTENCE)
    page.click("main .button")
    page.goto(f"{address}/medewerkers/")


def choose(page, tmp_path, rows, name="staff.csv"):
    path = tmp_path / name
    path.write_bytes(as_csv(rows).encode("cp1252"))
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Look at this list").click()


@pytest.mark.parametrize("size", [WIDE, {"width": 390, "height": 800}], ids=["wide", "phone"])
def test_a_list_with_mistakes(live_server, wim, page, complaints, axe, tmp_path, size):
    page.set_viewport_size(size)
    enter(page, live_server.url)
    choose(page, tmp_path, WRONG)
    page.get_by_role("heading", name="What do the columns hold?").wait_for()
    page.get_by_label("Wie").select_option("name")
    page.get_by_role("button", name="Look at this list").click()
    page.get_by_role("heading", name="Three changes are ready, two rows cannot come along").wait_for()
    assert page.get_by_text("<b>Ka</b> has a manager").is_visible()
    assert complaints == [] and axe(page) == []
    with page.expect_download() as mending:
        page.get_by_role("link", name="Download these two rows").click()
    assert "rob@" in mending.value.path().read_text("utf-8-sig")
    page.get_by_role("button", name="Take over three changes").click()
    page.get_by_role("heading", name="Three changes are ready, two rows cannot come along").wait_for()  # it must be said first
    assert not Person.objects.filter(name="Jan de Boer").exists()
    page.get_by_text("I have looked at it.").click()
    page.get_by_role("button", name="Take over three changes").click()
    page.get_by_role("heading", name="The list has been taken over").wait_for()
    assert Person.objects.filter(manager__name="Els", name="Jan de Boer").exists()
    page.goto(f"{live_server.url}/medewerkers/")
    choose(page, tmp_path, ROWS)
    page.get_by_role("heading", name="Nothing would change").wait_for()
    assert complaints == []


def test_progress_is_shown_and_the_page_goes_on_by_itself(live_server, wim, page, complaints, axe):
    row = Import.objects.create(by=wim, at=wim.created_at, file_name="large.csv", phase="reading", done=4000, alive_at=wim.created_at)
    enter(page, live_server.url)
    page.goto(f"{live_server.url}/medewerkers/{row.pk}/")
    page.get_by_text("4000 rows so far").wait_for()
    assert axe(page) == []
    Import.objects.filter(pk=row.pk).update(phase="comparing", done=5000, total=20_000)
    page.get_by_text("5000 of 20000 rows").wait_for()
    assert page.locator("progress[value='25']").is_visible() and axe(page) == []
    Import.objects.filter(pk=row.pk).update(phase="", failure="Something went wrong on our side.")
    page.get_by_role("heading", name="This list could not be read in").wait_for()
    assert complaints == []
