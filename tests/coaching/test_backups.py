"""Does everything come back, exactly, and only where and when it may?"""

import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError

from coaching import backups, resealing
from coaching.clock import now
from coaching.models import Draft, Erased, KeyMark, OrgUnit, Person, Trace
from coaching.restoring import restore
from coaching.traces import leave, look
from tests.conftest import built, undone

pytestmark = pytest.mark.django_db


def story():
    """A few people, one draft with words, one trace."""
    unit = OrgUnit.objects.create(name="Zorg & café")
    noor = Person.objects.create_user("noor@example.org", "a long enough phrase", name="Noor", unit=unit)
    sam = Person.objects.create_user("sam@example.org", "a long enough phrase", name="Sam", unit=unit, manager=noor)
    draft = Draft.objects.create(key=uuid.uuid4(), author=sam, place="log", words="zwaluwstaart é 🌱", saved_at=now())
    leave([draft], person=noor.pk, part="coach", at=now(), act="opened")
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=now() + timedelta(days=1))
    return sam, draft


def rows_of(path):
    with zipfile.ZipFile(path) as copy:
        return copy.read("rows.jsonl")


def changed(path, name, change):
    with zipfile.ZipFile(path) as copy:
        files = {each: copy.read(each) for each in copy.namelist()}
    files[name] = change(files[name])
    with zipfile.ZipFile(path, "w") as copy:
        for each, content in files.items():
            copy.writestr(each, content)


@pytest.fixture
def copy(tmp_path):
    """A backup of the story, after which the database is empty again."""
    with undone():
        story()
        call_command("backup", str(tmp_path))
    [path] = tmp_path.glob("*.zip")
    return path


def test_everything_comes_back_exactly(copy, tmp_path, capsys):
    call_command("restore", str(copy))
    assert "rows of" in capsys.readouterr().out
    sam = Person.objects.get(name="Sam")
    assert sam.check_password("a long enough phrase")
    assert sam.manager.name == "Noor"
    [draft] = look(Draft.objects.all(), by=sam, at=now())
    assert draft.words == "zwaluwstaart é 🌱"
    assert Trace.objects.count() == 1
    again = backups.write(tmp_path, at=now() + timedelta(hours=1))
    theirs, ours = (sorted(rows_of(path).splitlines()) for path in (copy, again))
    assert [line for line in ours if b"coaching.person" not in line] == [line for line in theirs if b"coaching.person" not in line]


def test_words_travel_sealed_and_keys_do_not_travel(copy):
    assert b"zwaluwstaart" not in copy.read_bytes()
    assert b"zwaluwstaart" not in rows_of(copy)
    assert b'"sealed"' in rows_of(copy)
    assert copy.stat().st_mode & 0o077 == 0
    assert sorted(zipfile.ZipFile(copy).namelist()) == ["manifest.json", "rows.jsonl"]


def test_moments_keep_their_microseconds(copy):
    call_command("restore", str(copy))
    rows = [json.loads(line) for line in rows_of(copy).splitlines()]
    [draft] = [row for row in rows if row["model"] == "coaching.draft"]
    assert Draft.objects.get().saved_at.isoformat() == draft["fields"]["saved_at"]


def test_a_restore_ends_sessions_and_links(copy):
    call_command("restore", str(copy))
    assert not Session.objects.exists()
    assert Person.objects.get(name="Sam").last_login is not None


def test_a_restore_refuses_a_database_that_is_not_empty(copy):
    Person.objects.create_user("iris@example.org", None, name="Iris")
    with pytest.raises(CommandError, match="coaching.person"):
        call_command("restore", str(copy))
    assert Person.objects.count() == 1


def test_a_damaged_copy_is_refused(copy):
    changed(copy, "rows.jsonl", lambda rows: rows.replace(b"Noor", b"Noot"))
    with pytest.raises(CommandError):
        call_command("restore", str(copy))
    assert not Person.objects.exists()


def test_half_a_file_is_refused(copy):
    copy.write_bytes(copy.read_bytes()[:500])
    with pytest.raises(CommandError):
        call_command("restore", str(copy))


def test_a_wrong_count_is_refused_and_leaves_nothing(copy):
    changed(copy, "manifest.json", lambda text: text.replace(b'"coaching.person": 2', b'"coaching.person": 3'))
    with pytest.raises(CommandError):
        call_command("restore", str(copy))
    assert not Person.objects.exists()


def test_another_version_is_refused(copy):
    changed(copy, "manifest.json", lambda text: text.replace(b"0001_initial", b"0001_older"))
    with pytest.raises(CommandError):
        call_command("restore", str(copy))


def test_a_copy_that_another_key_sealed_is_refused(copy, settings):
    settings.SEALING_KEYS = {"T1": b"k" * 32}
    with pytest.raises(CommandError, match="T1"):
        call_command("restore", str(copy))
    assert not Person.objects.exists()
    assert KeyMark.objects.get().name == "T1"


def test_what_was_erased_since_is_erased_again(copy, tmp_path):
    people = {row["pk"]: row["fields"] for row in map(json.loads, rows_of(copy).splitlines()) if row["model"] == "coaching.person"}
    [noor] = [pk for pk, facts in people.items() if facts["name"] == "Noor"]
    [sam] = [pk for pk, facts in people.items() if facts["name"] == "Sam"]
    with undone():
        Erased.objects.record("coaching.person", [sam], at=now())
        Erased.objects.record("coaching.person.function", [noor], at=now())
        Erased.objects.record("coaching.gone_table", [noor], at=now())
        call_command("backup", str(tmp_path))  # a later one writes the journal beside the older
    call_command("restore", str(copy))
    assert [person.name for person in Person.objects.all()] == ["Noor"]
    assert not Draft.objects.exists()
    assert Erased.objects.count() == 3


def test_no_half_file_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "migrations", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backups.write(tmp_path, at=now())
    assert not list(tmp_path.iterdir())


def test_the_whole_story_comes_back_exactly(tmp_path):
    """Every table that the cast fills, down to the sealed bytes; and the words still open."""
    with undone():
        cast = built()
        path = backups.write(tmp_path, at=now())
        secrets = len(cast.secrets)
    manifest, _ = restore(path, journal=None, at=now())
    again = backups.write(tmp_path, at=now())
    assert secrets and sum(manifest["tables"].values()) > 200
    # log-ins end, secret addresses and links too, and calendars are told anew (restoring.py of each app)
    changed = (b'"coaching.person"', b'"coaching.calendarchoice"', b'"coaching_sessions.invitation"', b'"trajectories.linkinvitation"')
    changed += (b'"trajectories.linkkey"',)
    ours, theirs = ([line for line in rows_of(each).splitlines() if not any(kind in line for kind in changed)] for each in (again, path))
    assert ours == theirs
    assert resealing.problems(settings.SEALING_KEYS) == []
