"""How do tests reach a real browser? Skipped where there is none."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.arriving import waiting_for_the_page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ASKS = "options => axe.run(document, options).then(found => found.violations)"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            # pytest-base-url 2.1 has a session fixture as a method, which pytest 9 speaks of at every test
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium here"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(scope="session", autouse=True)
def acts_that_arrive():
    with waiting_for_the_page():
        yield


@pytest.fixture
def axe():
    """`axe(page)` -> the violations that axe-core finds, as short lines; [] is what one wants. `of`: rules by name, when not all."""

    def violations(page, of=()):
        if not page.evaluate("() => 'axe' in window"):  # once for each document: reading the script costs more than asking it
            page.evaluate(Axe().axe_script)
        only = {"runOnly": {"type": "rule", "values": list(of)}} if of else {}
        found = page.evaluate(ASKS, {"preload": False, "resultTypes": ["violations"]} | only)
        return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}" for one in found for node in one["nodes"]]

    return violations


@pytest.fixture
def complaints(page):
    """What the browser complains about: errors of scripts, refusals by the content security policy."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
