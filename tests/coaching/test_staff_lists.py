"""Do the pages of a staff list work, for who may bring one, with and without script?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coaching.imports import preview
from coaching.models import Import, Person
from tests.coaching.people import person
from tests.coaching.staff_list import MESSY, as_xlsx, listed

pytestmark = pytest.mark.django_db
LIST = listed("Jan;jan@x.nl;Zorg;;", "Fout;=1+1@x;Zorg;;")
PATH = "/medewerkers/"


@pytest.fixture
def wim(client):
    one = person("wim@example.org", name="Wim Postma", coordinates=True)
    client.force_login(one)
    return one


@pytest.fixture
def bring(client, django_capture_on_commit_callbacks):
    def bringing(raw=LIST, name="lijst.csv", path=PATH, **sends):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, {"file": SimpleUploadedFile(name, raw)} if raw else sends)

    return bringing


def at(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def test_the_whole_way(client, wim, bring):
    response = bring()
    row = Import.objects.get()
    assert response.status_code == 302 and response["Location"] == at("staff_import", row)
    page = client.get(response["Location"]).content.decode()
    assert "One change" not in page and "Two changes are ready, one row cannot come along" in page  # Zorg is new too
    assert "Row 3" in page and "=1+1@x" in page and "Jan" in page and not Person.objects.filter(name="Jan")
    done = bring(None, path=at("staff_take_over", row), seen=row.digest, sure="1")
    assert "taken over" in client.get(done["Location"]).content.decode() and Person.objects.get(name="Jan")
    assert "Taken over, 2 changes" in client.get(PATH).content.decode()


def test_columns_to_point_out(client, wim, bring):
    bring(b"Wie;Post;Plek\n<b>Jan</b>;jan@x.nl;Zorg\n")
    row = Import.objects.get()
    columns = at("staff_columns", row)
    assert client.get(at("staff_import", row))["Location"] == columns
    page = client.get(columns).content.decode()
    assert "&lt;b&gt;Jan" in page and "name, e-mail, unit" in page
    wrong = client.post(columns, {"column-0": "name", "column-1": "name"})
    assert wrong.status_code == 422 and "Two columns" in wrong.content.decode()
    assert "Still to point out: e-mail, unit" in client.post(columns, {"column-0": "name"}).content.decode()
    assert client.post(columns, {"column-0": "nonsense"}).status_code == 422
    bring(None, path=columns, **{"column-0": "name", "column-1": "email", "column-2": "unit"})
    assert "changes are ready" in client.get(at("staff_import", row)).content.decode()


def test_refused_rows_can_be_mended(client, wim, bring):
    bring()
    response = client.get(at("staff_refused", Import.objects.get()))
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("Fout;'=1+1@x;Zorg") and "not complete" in text
    assert "lijst" not in response["Content-Disposition"] and response["Content-Type"].startswith("text/csv")


def test_put_aside(client, wim, bring):
    bring()
    row = Import.objects.get()
    assert client.post(at("staff_put_aside", row))["Location"] == PATH
    assert "put aside" in client.get(at("staff_import", row)).content.decode()
    assert client.get(at("staff_columns", row)).status_code == client.get(at("staff_refused", row)).status_code == 404


def test_while_it_is_being_read(client, wim, bring):
    bring()
    row = Import.objects.get()
    Import.objects.update(phase="reading", done=4000, total=0)
    page = client.get(at("staff_import", row), headers={"HX-Request": "true"}).content.decode()
    assert "4000 rows so far" in page and 'hx-trigger="every 1s"' in page and "<html" not in page
    assert "<html" in client.get(at("staff_import", row)).content.decode()
    client.post(at("staff_put_aside", row))
    assert Import.objects.get().put_aside_at is None


@pytest.mark.parametrize(
    ("raw", "says"),
    [(b"x" * (10 * 1024 * 1024 + 1), "Ten megabytes"), (b"", "empty")],
    ids=["large", "empty"],
)
def test_files_that_are_no_list(client, wim, raw, says):
    response = client.post(PATH, {"file": SimpleUploadedFile("lijst.csv", raw)})
    assert response.status_code == 422 and says in response.content.decode() and not Import.objects.exists()


def test_no_file_at_all(client, wim):
    response = client.post(PATH, {})
    assert response.status_code == 422 and "Choose a file first" in response.content.decode()


def test_a_workbook_with_everything_wrong(client, wim, bring):
    bring(as_xlsx(MESSY), "lijst.xlsx")
    page = client.get(at("staff_import", Import.objects.get())).content.decode()
    assert "five rows cannot come along" in page and "We take the first" in page and "XLSX" in page


def test_another_coordinator_finds_nothing(client, wim, bring):
    bring()
    row = Import.objects.get()
    client.force_login(person("kim@x.nl", name="Kim", coordinates=True))
    for name in ("staff_import", "staff_columns", "staff_refused", "staff_absent"):
        assert client.get(at(name, row)).status_code == 404
    for name in ("staff_take_over", "staff_put_aside"):
        assert client.post(at(name, row)).status_code == 404 and client.get(at(name, row)).status_code == 405


def test_who_is_absent(client, bring):
    ada = person("ada@x.nl", name="Ada", administers=True)
    weg = person("weg@x.nl", name="Weg")
    client.force_login(ada)
    bring()
    row = Import.objects.get()
    assert client.get(at("staff_absent", row)).status_code == 404
    bring(None, path=at("staff_take_over", row), seen=row.digest, sure="1")
    assert "weg@x.nl" in client.get(at("staff_absent", row)).content.decode()
    assert client.post(at("staff_absent", row), {}).status_code == 422
    assert "own account" in client.post(at("staff_absent", row), {"gone": [ada.pk]}).content.decode()
    assert client.post(at("staff_absent", row), {"gone": [weg.pk]}).status_code == 302
    weg.refresh_from_db()
    assert not weg.is_active and "weg@x.nl" not in client.get(at("staff_absent", row)).content.decode()


def test_a_coordinator_does_not_switch_off(client, wim, bring):
    bring()
    row = Import.objects.get()
    bring(None, path=at("staff_take_over", row), seen=row.digest, sure="1")
    assert client.get(at("staff_absent", row)).status_code == 404


def test_a_large_list_takes_no_more_queries(client, wim, bring, django_assert_max_num_queries):
    bring(listed(*(f"P {n};p{n}@x.nl;Deel {n % 50};;" for n in range(1500))))
    with django_assert_max_num_queries(8):
        page = client.get(at("staff_import", Import.objects.get())).content.decode()
    assert "And 1400 more" in page


def test_who_is_absent_from_a_list_that_changes_nothing(client, bring):
    """Somebody has left, and all others are as they were: there is nothing to take over, and yet somebody to switch off."""
    client.force_login(person("ada@x.nl", name="Ada", administers=True))
    bring()
    row = Import.objects.get()
    bring(None, path=at("staff_take_over", row), seen=row.digest, sure="1")
    weg = person("weg@x.nl", name="Weg")
    bring()
    again = Import.objects.newest_first().first()
    assert again.state == "ready" and at("staff_absent", again) in client.get(at("staff_import", again)).content.decode()
    assert client.post(at("staff_absent", again), {"gone": [weg.pk]}).status_code == 302
    weg.refresh_from_db()
    assert not weg.is_active


def test_more_absent_than_are_kept_are_named_as_a_number(client, bring, monkeypatch):
    monkeypatch.setattr(preview, "LISTED", 2)
    client.force_login(person("ada@x.nl", name="Ada", administers=True))
    gone = [person(f"weg{n}@x.nl", name=f"Weg {n}") for n in range(4)]
    bring()
    row = Import.objects.get()
    bring(None, path=at("staff_take_over", row), seen=row.digest, sure="1")
    page = client.get(at("staff_absent", row)).content.decode()
    shown = [one for one in gone if one.email in page]
    assert "other people were not in the list either" in page and len(shown) < 4
    client.post(at("staff_absent", row), {"gone": [one.pk for one in shown]})
    assert "has been switched off, or was so already" not in client.get(at("staff_absent", row)).content.decode()
