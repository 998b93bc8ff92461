"""In which language do the verbs refuse, when a test looks at the sentence?"""

import pytest
from django.utils.translation import override


@pytest.fixture
def in_english():
    with override("en"):
        yield
