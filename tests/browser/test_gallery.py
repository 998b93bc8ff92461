"""Does every component stand in a real browser, wide and narrow, light and dark?"""

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.gallery_addresses")]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}, "small": {"width": 320, "height": 640}}


@pytest.fixture
def gallery(page, live_server, complaints):
    def visit(size="wide", scheme="light"):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url + "/onderdelen/")
        page.evaluate("document.fonts.ready")
        return page

    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_axe_finds_nothing(gallery, axe, complaints, size, scheme):
    page = gallery(size, scheme)
    assert complaints == []  # before axe, which injects a style of its own
    assert axe(page) == []


def test_axe_bites(gallery, axe):
    page = gallery(scheme="dark")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/x.png><p id=faint>Onleesbaar</p>')")
    page.evaluate("document.querySelector('#faint').style.color = '#333'")
    assert {found.split(":")[0] for found in axe(page)} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_sticks_out(gallery, size):
    page = gallery(size)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_people_speak_serif_and_the_system_sans(gallery):
    page = gallery()
    family = "getComputedStyle(document.querySelector('{}')).fontFamily"
    assert page.evaluate(family.format("q.voice")).startswith("Newsreader")
    assert "Schibsted" in page.evaluate(family.format(".meta"))
    assert page.evaluate("document.fonts.check('1rem Newsreader') && document.fonts.check('1rem \"Schibsted Grotesk\"')")


def test_the_error_summary_takes_the_focus_and_leads_to_its_fields(gallery):
    page = gallery()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    links = page.locator(".error-summary a")
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href")
        assert page.locator(target).count() == 1, target


def test_the_thread_is_a_list_and_says_where_it_is_now(gallery):
    page = gallery()
    now = page.locator(".thread [aria-current=step]").first
    assert now.inner_text().startswith("Sessie 5")
    assert now.locator(".thread__needle").count() == 2
