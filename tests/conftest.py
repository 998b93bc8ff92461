"""On what ground do tests stand? The cast, built once, undone after each module; append-only tables that may be flushed; browsers last."""

import gc
from contextlib import ExitStack, contextmanager
from copy import deepcopy

import hypothesis
import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import TestCase, override_settings
from django.utils import translation

from coaching import tasks, zone
from coaching.append_only import LAY, LIFT, TABLES, run
from coaching.clock import now
from tests.one_at_a_time import steady, turn

# Machines are noisy: a property is about values, never about how long they took.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
hypothesis.settings.load_profile("house")
# Tests name days before they have a database.
zone.know("", seconds=float("inf"))


def pytest_collection_finish(session):
    """What stands after collecting stays until the end: nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items):
    """First an empty house, then the cast's; tests that commit leave an empty database behind and come after those, and browsers last."""
    items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), commits(item), "cast_of_the_module" in item.fixturenames))


def commits(item):
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def the_organisations_days():
    """Days are days of Amsterdam, whatever the machine thinks."""
    with override_settings(TIME_ZONE="Europe/Amsterdam"):
        yield


@pytest.fixture(autouse=True)
def nothing_put_off():
    """Jobs that one test put off are no business of the next."""
    tasks.forget_waiting()


@pytest.fixture(autouse=True)
def the_language_of_the_house():
    """A page leaves its reader's language behind in the thread; the next test begins in the house's own."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def the_zone_of_the_installation():
    """A test that chooses another zone chooses it for itself; and nobody asks for it, so that queries can be counted."""
    zone.know("", seconds=float("inf"))


@pytest.fixture(autouse=True)
def flush_may_empty(request):
    """Tests that commit end in a flush, which an append-only table rightly refuses: lift its triggers just for that."""
    if not commits(request.node):
        yield
        return
    request.getfixturevalue("one_story").over()
    request.getfixturevalue("_django_db_helper")
    steady()
    with turn, connection.schema_editor() as editor:
        for table in TABLES:
            run(editor, LIFT, table)
            run(editor, LAY, table)
    yield
    with turn, connection.schema_editor() as editor:
        for table in TABLES:
            run(editor, LIFT, table)


@contextmanager
def undone():
    """A transaction that is rolled back, as Django's TestCase has it."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
        transaction.set_rollback(True)


def built():
    """The whole cast, with what follows after commit (the report, the mails)."""
    from sessions.cast import build  # noqa: PLC0415  only tests that use the cast need it

    with TestCase.captureOnCommitCallbacks(execute=True):
        cast = build(now())
    cast.mails = list(mail.outbox)
    return cast


class Story:
    """The cast as it was built, which takes seconds: told once for all modules that use it, over before the first test that commits."""

    def __init__(self, blocker):
        self.blocker, self.going_on, self.cast = blocker, ExitStack(), None

    def told(self):
        if self.cast is None:
            self.going_on.enter_context(undone())
            self.cast = built()
        return deepcopy(self.cast)

    def over(self):
        if self.cast is not None:
            with self.blocker.unblock():
                self.going_on.close()
            self.cast = None


@pytest.fixture(scope="session")
def one_story(django_db_setup, django_db_blocker):
    story = Story(django_db_blocker)
    yield story
    story.over()


@pytest.fixture(scope="module")
def cast_of_the_module(django_db_blocker, one_story):
    with django_db_blocker.unblock():
        cast = one_story.told()
        with undone():
            yield cast


@pytest.fixture
def cast(cast_of_the_module, db, request):
    """The people of the story and what they wrote (architecture 23): `people`, `things`, `pages`, `secrets`.

    What a test changes in the database is undone after it. Rows in memory are shared within a module: fetch what you change.
    """
    assert not commits(request.node), "A test that commits (live_server) takes `live_cast`."
    return cast_of_the_module


@pytest.fixture
def live_cast(transactional_db, flush_may_empty):
    """A cast of its own, committed, for a test with a server or threads beside it."""
    return built()
