"""When is a click over? When the page that it leads to stands there whole: Playwright's own is over at that page's first byte."""

from contextlib import contextmanager
from functools import wraps

import pytest
from playwright.sync_api import Locator, Page

ACTS = ("click", "tap", "press", "check", "select_option")


@contextmanager
def waiting_for_the_page():
    """What a test looks at next is the new page: not half of it, not its words without its styles."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            for act in ACTS:
                patch.setattr(kind, act, _arriving(getattr(kind, act)))
        yield


def _arriving(act):
    @wraps(act)
    def acted(self, *given, **named):
        done = act(self, *given, **named)
        page = self if isinstance(self, Page) else self.page
        if not page.is_closed():
            page.wait_for_load_state()
        return done

    return acted
