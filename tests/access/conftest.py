"""What may the guards of access do only once? Print the same page."""

from functools import cache
from unittest import mock

import pytest

from trajectories.report import agreement


@pytest.fixture(scope="session", autouse=True)
def the_same_page_is_printed_once():
    """Printing takes a second, and the same HTML gives the same bytes (tests/trajectories/test_agreement_paper.py)."""
    with mock.patch.object(agreement, "to_pdf", cache(agreement.to_pdf)):
        yield
