"""Which leaks do we plant, and which tests must find them, for which reason? Each is a small, exact edit."""

from tests.mutations.coming import COMING
from tests.mutations.doors import DOORS
from tests.mutations.pages import PAGES
from tests.mutations.sharing import SHARING
from tests.mutations.words import WORDS

LEAKS = (*COMING, *DOORS, *PAGES, *SHARING, *WORDS)
