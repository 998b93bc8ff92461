"""In which language do the verbs refuse, when a test looks at the sentence?"""

import pytest
from django.utils.translation import override

from tests.trajectories.looked_back import added, asked, story  # noqa: F401 what a look back begins with, for two files


@pytest.fixture
def in_english():
    with override("en"):
        yield
