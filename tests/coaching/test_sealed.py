"""Words lie sealed, bound to their row; who shows them unopened is told so."""

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import connection, transaction

from coaching.clock import now
from coaching.models import Trace
from coaching.sealed import StillSealed
from coaching.traces import Eyes, look
from tests.makers import make_goal, make_person, make_trajectory
from trajectories.models import GoalVersion, Wish

pytestmark = pytest.mark.django_db
SECRET = "Ik wil rustiger beginnen, ook op maandag"


@pytest.fixture
def wish():
    trajectory = make_trajectory()
    return Wish.objects.create(trajectory=trajectory, worded_at=now(), words=SECRET)


def fetched(row):
    return type(row)._base_manager.get(pk=row.pk)


def raw(row, column="words"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table}")
        return bytes(cursor.fetchone()[0])


def test_the_column_does_not_hold_the_words(wish):
    assert b"rustiger" not in raw(wish)
    assert "rustiger" not in repr(fetched(wish).words)


@pytest.mark.parametrize("show", [str, "{}".format, lambda box: f"{box}"])
def test_showing_a_box_is_a_mistake_and_says_so(wish, show):
    with pytest.raises(StillSealed):
        show(fetched(wish).words)


def test_looking_opens_and_traces(wish):
    person = make_person("Iris")
    opened = look([fetched(wish)], by=Eyes(person.pk, "client"), at=now())[0]
    assert opened.words == SECRET
    line = Trace.objects.get()
    assert (line.person_id, line.part, line.kind, line.thing) == (person.pk, "client", "trajectories.wish", wish.pk)
    assert line.dossier == wish.trajectory_id
    assert SECRET not in str(line.__dict__)


def test_looking_twice_in_an_hour_leaves_one_line(wish):
    eyes, at = Eyes(make_person("Iris").pk, "client"), now().replace(minute=5)
    look([fetched(wish)], by=eyes, at=at)
    look([fetched(wish)], by=eyes, at=at.replace(minute=50))
    assert Trace.objects.count() == 1


def test_no_trace_no_text(wish, monkeypatch):
    monkeypatch.setattr(Trace.objects, "bulk_create", lambda *args, **more: 1 / 0)
    row = fetched(wish)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        look([row], by=Eyes(make_person("Iris").pk, "client"), at=now())
    with pytest.raises(StillSealed):
        str(row.words)


def test_a_box_opens_in_its_own_row_only(wish):
    other = Wish.objects.create(trajectory=wish.trajectory, worded_at=now(), words="iets anders")
    moved = fetched(other)
    moved.words = fetched(wish).words
    with pytest.raises(InvalidTag):
        look([moved], by=Eyes(make_person("Iris").pk, "client"), at=now())


def test_a_box_opens_in_its_own_column_only():
    goal = make_goal(make_trajectory())
    version = GoalVersion.objects.get(goal=goal)
    version.title, version.now = version.now, version.title
    with pytest.raises(InvalidTag):
        look([version], by=Eyes(make_person("Iris").pk, "client"), at=now())


def test_the_same_words_never_lie_there_twice_alike(wish):
    before = raw(wish)
    row = look([fetched(wish)], by=Eyes(make_person("Iris").pk, "client"), at=now())[0]
    row.save()
    assert raw(wish) != before


def test_an_unopened_row_can_be_saved_and_stays_what_it_was(wish):
    before, row = raw(wish), fetched(wish)
    row.version = 2
    row.save()
    assert raw(wish) == before


def test_words_cannot_be_set_around_the_seal(wish):
    with pytest.raises(TypeError), transaction.atomic():
        Wish.objects.filter(pk=wish.pk).update(words="leesbaar")
    row = fetched(wish)
    row.words = "leesbaar"
    with pytest.raises(TypeError), transaction.atomic():
        Wish.objects.bulk_update([row], ["words"])


def test_words_cannot_be_searched(wish):
    with pytest.raises(FieldError):
        Wish.objects.filter(words="Ik wil").exists()
