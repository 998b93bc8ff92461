"""Is a list written whole or not at all, kept no longer than needed, and told to who must know?"""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from coaching import imports, staff
from coaching.imports import carry_out as carrying
from coaching.imports import lists, progress
from coaching.imports.known import as_it_is
from coaching.models import ColumnName, Import, Letter, OrgUnit, Person
from coaching.refusals import Refused
from tests.coaching.people import person
from tests.coaching.staff_list import in_english, listed, look  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT = timezone.now()
LIST = listed("Wim;wim@x.nl;Pool;Huis;", "Jan;jan@x.nl;Zorg;Huis;Wim", "Els;els@x.nl;Huis;;wim@x.nl", "Fout;fout@;Zorg;;")


@pytest.fixture
def wim():
    return person("wim@example.org", name="Wim Postma", coordinates=True)


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Do something, and what follows after the commit."""

    def running(work, *args, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            return work(*args, **facts)

    return running


def brought(run, wim, raw=LIST):
    row = run(lists.bring, raw, "lijst.csv", by=wim, at=AT)
    return Import.objects.get(pk=row.pk)


def taken(run, row, by):
    run(lists.take_over, row, by=by, at=AT, seen=row.digest, sure=True)
    return Import.objects.get(pk=row.pk)


def test_looked_at_before_anything_is_written(run, wim):
    row = brought(run, wim)
    assert row.state == "ready" and row.counts["added"] == 3 and row.counts["refused"] == 1
    assert Person.objects.count() == 1 and OrgUnit.objects.count() == 0


def test_taken_over_whole(run, wim):
    row = taken(run, brought(run, wim), wim)
    assert row.state == "done" and row.file is None
    jan = Person.objects.get(email="jan@x.nl")
    assert (jan.unit.name, jan.unit.parent.name, jan.manager.name) == ("Zorg", "Huis", "Wim")
    assert not jan.has_usable_password() and not Letter.objects.exists() and jan.created_at
    assert look(LIST, as_it_is()).changes == 0


def test_all_or_nothing(run, wim, monkeypatch):
    def fails(at, keys):
        raise RuntimeError("no")

    row = brought(run, wim)
    monkeypatch.setattr(imports, "after", [fails])
    row = taken(run, row, wim)
    assert row.state == "failed" and row.file is None and Person.objects.count() == 1 and OrgUnit.objects.count() == 0


def test_not_what_was_seen(run, wim):
    """Somebody else changed something between looking and taking over."""
    row = brought(run, wim)
    person("jan@x.nl", name="Jan Anders")
    row = taken(run, row, wim)
    assert row.state == "ready" and row.carried_out_at is None and Person.objects.count() == 2
    assert lists.shown(row, by=wim)["anew"] and row.counts["changed"] == 1
    assert taken(run, row, wim).state == "done"


def test_too_late_twice_or_nothing_new(run, wim):
    row = brought(run, wim)
    with pytest.raises(Refused):
        lists.take_over(row, by=wim, at=AT, seen="another", sure=True)
    done = taken(run, row, wim)
    with pytest.raises(Refused):
        lists.take_over(done, by=wim, at=AT, seen=done.digest, sure=True)
    with pytest.raises(Refused):
        lists.put_aside(done, by=wim, at=AT)
    with pytest.raises(Refused, match="nothing to take over"):
        again = brought(run, wim, LIST)
        lists.take_over(again, by=wim, at=AT, seen=again.digest, sure=True)


def test_who_moved_is_told(run, wim, monkeypatch):
    taken(run, brought(run, wim), wim)
    heard = []
    monkeypatch.setattr(imports, "after", [lambda at, keys: heard.extend(keys)])
    changed = listed("Wim;wim@x.nl;Pool;;", "Jan;jan@x.nl;Pool;;Wim", "Els;els@x.nl;Huis;;Wim", "Piet;piet@x.nl;Huis;;")
    taken(run, brought(run, wim, changed), wim)
    assert sorted(Person.objects.filter(pk__in=heard).values_list("name", flat=True)) == ["Jan", "Piet"]
    heard.clear()
    taken(run, brought(run, wim, listed("Wim;wim@x.nl;Pool;Zorg;", "Nieuw;n@x.nl;Nieuw;;")), wim)
    assert sorted(Person.objects.filter(pk__in=heard).values_list("name", flat=True)) == ["Jan", "Nieuw", "Wim"]


def test_a_new_address_tells_the_old_one(run, wim):
    Person.objects.create(email="oud@x.nl", name="Jan", staff_number="7", password="!x")
    raw = listed("Jan;nieuw@x.nl;Zorg;7", head="naam;e-mail;onderdeel;personeelsnummer")
    taken(run, brought(run, wim, raw), wim)
    assert Person.objects.get(staff_number="7").email == "nieuw@x.nl"
    assert [(one.kind, one.address) for one in Letter.objects.all()] == [("address_changed", "oud@x.nl")]


def test_roles_and_accounts_are_no_business_of_a_list(run, wim):
    ada = person("ada@x.nl", name="Ada", administers=True)
    dirk = person("dirk@x.nl", name="Dirk", is_active=False)
    taken(run, brought(run, wim, listed("Ada B;ada@x.nl;Zorg;;", "Dirk;dirk@x.nl;Zorg;;")), wim)
    ada.refresh_from_db(), dirk.refresh_from_db()
    assert ada.administers and ada.name == "Ada B" and ada.has_usable_password() and not dirk.is_active


def test_columns_by_hand_are_remembered(run, wim):
    raw = b"Wie;Post;Plek\nJan;jan@x.nl;Zorg\n"
    row = brought(run, wim, raw)
    assert row.state == "columns" and lists.shown(row, by=wim)["samples"] == [["Jan"], ["jan@x.nl"], ["Zorg"]]
    run(lists.point_out, row, {0: "name", 1: "email", 2: "unit"}, by=wim, at=AT)
    assert Import.objects.get(pk=row.pk).state == "ready" and ColumnName.objects.count() == 3
    assert brought(run, wim, raw).state == "ready"


def test_what_cannot_be_read_says_why(run, wim):
    row = brought(run, wim, b"\x00\x01")
    assert row.state == "failed" and "employee list" in row.failure and row.file is None
    with pytest.raises(Refused, match="too large"):
        lists.bring(b"x" * (10 * 1024 * 1024 + 1), "x.csv", by=wim, at=AT)


def test_a_new_file_puts_the_one_before_it_aside(run, wim):
    first = brought(run, wim)
    brought(run, wim)
    first.refresh_from_db()
    assert first.state == "aside" and first.file is None and first.preview is None


def test_nothing_is_kept_longer_than_needed(run, wim):
    row, done = brought(run, wim), None
    done = taken(run, row, wim)
    row = brought(run, wim)
    lists.forget(AT + timedelta(hours=25))
    row.refresh_from_db()
    assert row.state == "aside" and row.file is None and row.preview is None
    lists.forget(AT + timedelta(days=8))
    done.refresh_from_db()
    assert done.state == "done" and done.preview is None and done.counts["added"] == 3


def test_whoever_read_has_died(run, wim):
    row = brought(run, wim)
    Import.objects.filter(pk=row.pk).update(phase="writing", alive_at=AT)
    lists.give_up(AT + timedelta(minutes=5))
    assert Import.objects.get(pk=row.pk).state == "busy"
    lists.give_up(AT + timedelta(minutes=16))
    row.refresh_from_db()
    assert row.state == "failed" and row.file is None and "broken off" in row.failure


def test_the_file_lies_sealed(run, wim):
    row = brought(run, wim)
    raw = Import.objects.filter(pk=row.pk).values_list("file", "preview").get()
    assert all(b"jan@x.nl" not in bytes(box) for box in raw)
    assert "Jan" in json.dumps(lists.shown(row, by=wim))


def test_a_list_is_seen_by_who_brought_it(run, wim):
    row = brought(run, wim)
    kim = person("kim@x.nl", name="Kim", coordinates=True)
    assert not Import.objects.readable_by(kim) and list(Import.objects.readable_by(wim)) == [row]
    wim.coordinates = False
    assert not Import.objects.readable_by(wim)


def test_absent_people_go_by_an_act_of_their_own(run, wim):
    ada = person("ada@x.nl", name="Ada", administers=True)
    weg = person("weg@x.nl", name="Weg")
    row = taken(run, brought(run, wim), wim)
    assert [name for _key, name, _email in lists.shown(row, by=wim)["absent"]] == ["Wim Postma", "Ada", "Weg"]
    weg.refresh_from_db()
    assert weg.is_active and staff.deactivate_all([str(weg.pk)], by=ada, at=AT) == 1
    weg.refresh_from_db()
    assert not weg.is_active
    with pytest.raises(Refused):
        staff.deactivate_all([str(ada.pk), str(wim.pk)], by=ada, at=AT)
    wim.refresh_from_db()
    assert wim.is_active and staff.deactivate_all([str(wim.pk)], by=wim, at=AT) == 0


def command(*args, **facts):
    out, err = StringIO(), StringIO()
    call_command("import", *args, stdout=out, stderr=err, **facts)
    return out.getvalue() + err.getvalue()


def test_by_command(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_bytes(LIST)
    assert "3 added" in command(path, dry_run=True) and not Person.objects.exists()
    with pytest.raises(CommandError, match="Nothing was changed"):
        command(path)
    assert not Person.objects.exists()
    assert "row 5, e-mail" in command(path, without_refused=True) and Person.objects.count() == 3
    assert "Nothing to change" in command(path, without_refused=True)
    assert Import.objects.get().state == "done"


def test_by_command_with_columns_named(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_bytes(b"Wie;Post;Plek\nJan;jan@x.nl;Zorg\n")
    with pytest.raises(CommandError, match="No column found for: name, email, unit"):
        command(path)
    with pytest.raises(CommandError, match="the kinds are"):
        command(path, map=["Wie=naam"])
    assert "Done" in command(path, map=["Wie=name", "Post=email", "Plek=unit"])
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "nergens.csv")


def test_how_far_it_is_while_it_is_written(run, wim, client, monkeypatch):
    """Its transaction hides what it wrote; the page tells it all the same."""
    client.force_login(wim)
    row, seen = brought(run, wim), []
    monkeypatch.setattr(carrying, "BATCH", 1)
    say = progress.say

    def saying(pk, done):
        say(pk, done)
        page = client.get(reverse("coaching:staff_import", args=[pk]), headers={"HX-Request": "true"}).content.decode()
        seen.append((f"{done} of 3 people" in page, f'value="{done * 100 // 3}"' in page))

    monkeypatch.setattr(progress, "say", saying)
    assert taken(run, row, wim).state == "done"
    assert seen == [(True, True)] * 3 and progress.said(row.pk) == 0


def test_a_machine_that_keeps_no_file_writes_all_the_same(run, wim, monkeypatch):
    monkeypatch.setattr(progress, "_file", lambda pk: progress.Path("/nowhere/at/all"))
    assert taken(run, brought(run, wim), wim).state == "done"
