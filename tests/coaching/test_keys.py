"""Does nothing start with a wrong key, and does a rotation lose nothing?"""

import os
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import override

from coaching import keys, resealing
from coaching.checks import files_are_private, keys_fit, refuse_wrong_keys
from coaching.clock import now
from coaching.models import Draft, KeyMark, Person
from coaching.traces import look
from tests.conftest import built

GOOD = "K1 " + "QUFB" * 10 + "QUE="


@pytest.fixture
def key_file(tmp_path, settings, db):
    path = tmp_path / "sealing.keys"
    keys.make(path)
    settings.SEALING_KEYS_FILE, settings.SEALING_KEYS = path, keys.KeyFile(path)
    KeyMark.objects.all().delete()
    KeyMark.objects.remember(settings.SEALING_KEYS, "K1")
    return path


def drafts(number):
    sam = Person.objects.create_user("sam@example.org", None, name="Sam")
    for each in range(number):
        Draft.objects.create(key=uuid.uuid4(), author=sam, place="log", words=f"word {each}", saved_at=now())
    return sam


def words(sam):
    return sorted(draft.words for draft in look(Draft.objects.all(), by=sam, at=now()))


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "K1\n", "K1 abc\n", "K1 QUJD\n", f"k1 {GOOD[3:]}\n", f"{GOOD}\n{GOOD}\n", f"KEY {GOOD[3:]}", "é"]
)
def test_a_malformed_file_is_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(ImproperlyConfigured, match="key file"):
        keys.load(path)


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        keys.load(tmp_path / "keys")


def test_the_first_key_is_the_current_one(tmp_path):
    path = tmp_path / "keys"
    path.write_text(f"# ours\nK2 {GOOD[3:]}\n\n{GOOD}\n")
    assert list(keys.load(path)) == ["K2", "K1"]
    assert keys.load(path)["K1"] == b"AAA" * 10 + b"AA"


def test_a_key_is_made_once_and_only_for_its_owner(tmp_path):
    path = keys.for_development(tmp_path, tmp_path / "db.sqlite3")
    made = path.read_text()
    keys.make(path)
    assert path.read_text() == made
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "db.sqlite3").write_text("tables")
    assert keys.for_development(tmp_path, tmp_path / "db.sqlite3") == path


def test_a_second_key_is_never_made_silently(tmp_path):
    (tmp_path / "db.sqlite3").write_text("tables")
    with pytest.raises(ImproperlyConfigured, match="its key file"):
        keys.for_development(tmp_path, tmp_path / "db.sqlite3")
    assert not (tmp_path / "sealing.keys").exists()


def test_a_running_server_follows_the_file(key_file):
    running = keys.KeyFile(key_file)
    assert keys.add_current(key_file) == "K2"
    assert list(running) == ["K2", "K1"]
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_names_go_on_after_nine(tmp_path):
    path = tmp_path / "keys"
    keys.make(path)
    assert [keys.add_current(path) for _ in range(10)][-3:] == ["K9", "10", "11"]


@pytest.mark.django_db
def test_a_database_knows_its_key_from_its_making(settings):
    assert KeyMark.objects.get().name == "T1"
    assert KeyMark.objects.refusal(settings.SEALING_KEYS) == ""
    refuse_wrong_keys()


def test_a_start_with_a_wrong_or_missing_key_is_refused(key_file, settings):
    for wrong in ({"K1": b"x" * 32}, {"K2": b"x" * 32}, {"K2": b"x" * 32, **settings.SEALING_KEYS}):
        settings.SEALING_KEYS = wrong
        with pytest.raises(ImproperlyConfigured, match="K[12]"):
            refuse_wrong_keys()
        assert [error.id for error in keys_fit(None, databases=["default"])] == ["coaching.E001"]
        assert keys_fit(None) == []


def test_check_says_that_all_opens_or_what_does_not(key_file, settings, capsys):
    drafts(2)
    call_command("key", "check")
    assert "K1" in capsys.readouterr().out
    settings.SEALING_KEYS = {"K1": b"x" * 32}
    with pytest.raises(CommandError, match="coaching_draft"):
        call_command("key", "check")


def test_check_remembers_for_a_database_that_was_emptied(key_file):
    KeyMark.objects.all().delete()
    call_command("key", "check")
    assert KeyMark.objects.get().name == "K1"


def test_rotate_brings_every_row_under_a_new_key(key_file, settings, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    sam = drafts(5)
    call_command("key", "rotate")
    assert {name for _, names in resealing.key_names(Draft) for name in names} == {"K2"}
    assert words(sam) == [f"word {each}" for each in range(5)]
    assert KeyMark.objects.get().name == "K2"
    key_file.write_text(key_file.read_text().splitlines()[0] + "\n")  # the old key may go
    os.utime(key_file, (1, 1))
    call_command("key", "check")
    assert words(sam) == [f"word {each}" for each in range(5)]


def test_a_rotation_that_was_killed_goes_on_with_the_same_key(key_file, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    sam, seal, seen = drafts(5), resealing.reseal, []

    def dies(row):
        seen.append(row)
        if len(seen) == 4:
            raise KeyboardInterrupt
        seal(row)

    monkeypatch.setattr(resealing, "reseal", dies)
    with pytest.raises(KeyboardInterrupt):
        call_command("key", "rotate")
    assert {name for _, names in resealing.key_names(Draft) for name in names} == {"K1", "K2"}
    assert words(sam) == [f"word {each}" for each in range(5)]
    call_command("key", "rotate")
    assert {name for _, names in resealing.key_names(Draft) for name in names} == {"K2"}
    assert list(keys.load(key_file)) == ["K2", "K1"]


def test_a_key_that_was_put_first_by_hand_is_taken_into_use(key_file):
    drafts(1)
    key_file.write_text(keys.line("K7") + key_file.read_text())
    os.utime(key_file, (1, 1))
    call_command("key", "rotate")
    assert KeyMark.objects.get().name == "K7"
    assert list(keys.load(key_file)) == ["K7", "K1"]


def test_rotate_refuses_when_words_would_be_lost(key_file, settings):
    drafts(1)
    settings.SEALING_KEYS = {"K1": b"x" * 32}
    with override("nl"), pytest.raises(CommandError, match="gaan niet open"):
        call_command("key", "rotate")


def test_new_prints_a_line_that_loads(key_file, capsys, tmp_path):
    call_command("key", "new")
    (tmp_path / "other").write_text(capsys.readouterr().out)
    assert list(keys.load(tmp_path / "other")) == ["K2"]


def test_a_file_that_everyone_may_read_is_warned_about(key_file):
    assert files_are_private(None) == []
    key_file.chmod(0o644)
    assert [warning.id for warning in files_are_private(None)] == ["coaching.W001"]


def test_rows_that_only_may_be_added_are_resealed_too_and_stay_guarded(key_file, monkeypatch):
    for name, kept in (("LAY", {"sqlite": [0], "postgresql": [0, 1]}), ("LIFT", {"sqlite": [0], "postgresql": [0]})):
        table = getattr(resealing, name)
        monkeypatch.setattr(resealing, name, {vendor: [table[vendor][each] for each in kept[vendor]] for vendor in kept})
    sam = drafts(3)
    resealing._execute(resealing.LAY, "coaching_draft")
    call_command("key", "rotate")
    assert words(sam) == ["word 0", "word 1", "word 2"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Draft.objects.update(place="elsewhere")


def test_the_whole_story_can_be_resealed(key_file):
    """Every kind of sealed row takes a new key, whatever its own rules are about change."""
    built()
    before = sum(1 for model in resealing.sealed_models() for _ in resealing.key_names(model))
    call_command("key", "rotate")
    after = [names for model in resealing.sealed_models() for _, names in resealing.key_names(model)]
    assert before == len(after) > 50
    assert all(names == {"K2"} for names in after)
    assert resealing.problems(keys.KeyFile(key_file)) == []
