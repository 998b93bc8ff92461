"""Can whoever holds a copy check it in a browser, without sending it, and where there is no script or no secure connection? (R24)"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_check_in import fits
from tests.trajectories.issued_story import bytes_of, issued

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return issued()


@pytest.fixture
def address(live_server):
    return live_server.url + reverse("trajectories:verify")


@pytest.fixture
def copies(story, tmp_path):
    """The report, its archival file, and a copy in which one byte is another."""
    report = bytes_of(story)
    changed = report[:5000] + bytes([report[5000] ^ 1]) + report[5001:]
    found = {"report": report, "archive": bytes_of(story, "archive"), "changed": changed}
    for name, raw in found.items():
        (tmp_path / f"{name}.pdf").write_bytes(raw)
    return {name: tmp_path / f"{name}.pdf" for name in found}


def test_both_files_are_known_and_a_changed_copy_is_not(page, address, story, copies, axe, complaints):
    for name, genuine in (("report", True), ("archive", True), ("changed", False)):
        page.goto(address)
        expect(page.locator("[data-typing]")).to_be_hidden()
        page.set_input_files("#pdf", copies[name])
        with page.expect_request(lambda request: request.method == "POST") as sent:
            page.click("[data-hashes] button")
        body = sent.value.post_data_buffer
        assert len(body) < 400 and b"sha256=" in body and b"PDF" not in body and b"filename" not in body
        expect(page.locator("#found")).to_be_visible()
        assert (story.report.number in page.locator("[role=status]").first.inner_text()) is genuine
        assert axe(page) == []
    assert complaints == []


def test_a_file_can_be_dragged_there(page, address, story, copies):
    page.goto(address)
    raw = list(copies["report"].read_bytes())
    dragged = page.evaluate_handle(
        "raw => { const all = new DataTransfer(); all.items.add(new File([new Uint8Array(raw)], 'a.pdf')); return all; }", raw
    )
    page.dispatch_event("[data-hashes]", "drop", {"dataTransfer": dragged})
    expect(page.locator(".facts")).to_contain_text(story.report.number)


def test_without_a_file_it_asks_for_one(page, address, axe):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.click("[data-hashes] button")
    expect(page.locator("[data-missing]")).to_be_visible()
    expect(page.locator("#pdf")).to_be_focused()
    assert fits(page) and axe(page) == []


@pytest.mark.parametrize("lacking", ["script", "secure connection"])
def test_elsewhere_number_and_code_are_typed(browser, address, story, lacking):
    context = browser.new_context(java_script_enabled=lacking != "script")
    if lacking != "script":
        context.add_init_script("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })")
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-hashes]")).to_be_hidden()
    expect(page.locator("[data-typing]")).to_be_visible()
    page.fill("[name=number]", story.report.number)
    page.fill("[name=code]", story.report.code.lower())
    page.get_by_role("button").last.click()
    expect(page.locator("#found")).to_be_visible()
    assert story.report.number in page.locator("[role=status]").first.inner_text()
    context.close()
