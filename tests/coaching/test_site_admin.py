"""Does a site administrator set up accounts, units and the organisation; and nobody else, and never too much?"""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from coaching import imports, logo, staff, units
from coaching.forms.organisation import contrast_with_white
from coaching.models import CoachProfile, Letter, Organisation, OrgUnit, Person
from coaching.refusals import Refused
from tests.coaching.people import SENTENCE, known, log_in, person

pytestmark = pytest.mark.django_db
AT = timezone.now()
TERMS = {
    "name": "Huis",
    "time_zone": "Europe/Amsterdam",
    "language": "nl",
    "follow_up_months": 3,
    "private_days": 90,
    "content_months": 12,
    "report_months": 24,
}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def ada():
    return person("ada@example.org", name="Ada Brink", administers=True)


@pytest.fixture
def client(client, ada):
    client.force_login(ada)
    return client


def at(name, row=None):
    return reverse(f"coaching:{name}", args=[row.pk] if row else [])


def picture(size=(400, 100), kind="PNG", **facts):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, kind, **facts)
    return file.getvalue()


def test_a_second_look_back_comes_after_the_first_or_not_at_all(client):
    refused = client.post(at("organisation"), TERMS | {"follow_up_again_months": 3})
    assert refused.status_code == 422 and "The second time comes after the first." in refused.content.decode()
    assert client.post(at("organisation"), TERMS | {"follow_up_again_months": 6}).status_code == 302
    assert Organisation.current().follow_up_again_months == 6
    assert client.post(at("organisation"), TERMS).status_code == 302
    assert Organisation.current().follow_up_again_months is None


def test_switching_off_ends_every_session(client, ada):
    noor = person()
    phone, desk = client.__class__(), client.__class__()
    log_in(phone), log_in(desk)
    assert known(phone) and known(desk)
    assert client.post(at("account_deactivate", noor))["Location"] == at("account_of", noor)
    assert not known(phone) and not known(desk)
    client.post(at("account_reactivate", noor))
    noor.refresh_from_db()
    assert noor.is_active and not known(phone) and not noor.has_usable_password()
    assert [letter.kind for letter in Letter.objects.to(noor)] == ["app_invitation"]


def test_nobody_switches_themselves_off_nor_the_last_administrator(client, ada):
    assert "your own account" in client.post(at("account_deactivate", ada), follow=True).content.decode()
    bea = person("bea@example.org", name="Bea", administers=True)
    staff.deactivate(ada, by=bea, at=AT)
    with pytest.raises(Refused, match="Somebody must administer"):
        staff.deactivate(bea, by=ada, at=AT)
    with pytest.raises(Refused, match="Somebody must administer"):
        staff.change(bea, by=ada, at=AT, administers=False)
    ada.refresh_from_db(), bea.refresh_from_db()
    assert bea.is_active and bea.administers and not ada.is_active and not ada.administers


def test_leaving_is_told(ada, monkeypatch):
    heard, noor = [], person()
    monkeypatch.setattr(staff, "after_leaving", [lambda at, one: heard.append(one)])
    staff.deactivate(noor, by=ada, at=AT)
    staff.deactivate(noor, by=ada, at=AT)
    assert heard == [noor]


def test_a_new_account_gets_an_invitation(client):
    zorg = OrgUnit.objects.create(name="Zorg")
    facts = {"name": "Sam", "email": "SAM@example.org", "unit": zorg.pk, "manager": "ada@example.org", "language": "nl"}
    response = client.post(at("account_new"), facts)
    sam = Person.objects.get(email="sam@example.org")
    assert response["Location"] == at("account_of", sam) and sam.manager.name == "Ada Brink" and sam.unit == zorg
    assert not sam.has_usable_password() and Letter.objects.get().kind == "app_invitation"
    again = client.post(at("account_new"), facts)
    assert again.status_code == 422 and "belongs to somebody else" in again.content.decode() and "SAM@example.org" in again.content.decode()
    wrong = client.post(at("account_new"), facts | {"email": "x@y.nl", "manager": "niemand@example.org", "unit": "zomaar"})
    assert wrong.status_code == 422 and "Nobody here has this address" in wrong.content.decode()


def test_one_invitation_an_hour_and_none_for_who_has_a_password(client, ada):
    sam = staff.add(by=ada, at=AT, name="Sam", email="sam@example.org", unit_id=None, language="en")
    for _twice in range(2):
        staff.invite(sam, by=ada, at=AT)
    assert Letter.objects.count() == 2
    with pytest.raises(Refused, match="has chosen a password"):
        staff.invite(person(), by=ada, at=AT)


def test_changing_an_account(client, ada):
    zorg, noor = OrgUnit.objects.create(name="Zorg"), person()
    facts = {"name": "Noor B", "unit": zorg.pk, "manager": ada.email, "function": "adviseur", "staff_number": "7", "coordinates": "on"}
    assert client.post(at("account_of", noor), facts | {"email": "mine@evil.example"}).status_code == 302
    noor.refresh_from_db()
    assert (noor.name, noor.unit, noor.manager, noor.staff_number, noor.coordinates) == ("Noor B", zorg, ada, "7", True)
    assert noor.email == "noor@example.org" and noor.check_password(SENTENCE)  # whoever chose a password keeps their address
    circle = client.post(at("account_of", ada), {"name": "Ada", "manager": "noor@example.org"})
    assert circle.status_code == 422 and "each other’s managers" in circle.content.decode()


def test_nobody_decides_about_their_own_roles(client, ada):
    client.post(at("account_of", ada), {"name": "Ada", "coordinates": "on", "administers": ""})
    ada.refresh_from_db()
    assert ada.administers and not ada.coordinates
    with pytest.raises(Refused, match="your own roles"):
        staff.change(ada, by=ada, at=AT, coordinates=True)


def test_a_transfer_is_told(ada, monkeypatch):
    heard, noor, zorg = [], person(), OrgUnit.objects.create(name="Zorg")
    monkeypatch.setattr(imports, "after", [lambda at, keys: heard.extend(keys)])
    staff.change(noor, by=ada, at=AT, name="Noor")
    assert heard == []
    staff.change(noor, by=ada, at=AT, unit_id=str(zorg.pk))
    assert heard == [noor.pk]


def test_accounts_are_found(client):
    person("jan@example.org", name="Jan de Boer", staff_number="0017")
    for words in ("jan boer", "jan@example", "0017", "BOER"):
        assert "Jan de Boer" in client.get(at("accounts"), {"q": words}).content.decode()
    assert "Jan de Boer" not in client.get(at("accounts"), {"q": "iemand\x00"}).content.decode()
    part = client.get(at("accounts"), {"q": "jan"}, headers={"HX-Request": "true"}).content.decode()
    assert "Jan de Boer" in part and "<html" not in part


def test_many_accounts_take_as_many_queries(client, django_assert_max_num_queries):
    Person.objects.bulk_create(Person(name=f"P {n}", email=f"p{n}@x.nl", password="!") for n in range(120))
    with django_assert_max_num_queries(7):
        page = client.get(at("accounts"), {"page": 2}).content.decode()
    assert "Page 2 of 3" in page


def test_units_make_a_tree(client):
    for name, parent in (("Huis", ""), ("Zorg", "Huis"), ("Poli", "Zorg"), ("Advies", "Huis")):
        parent = parent and OrgUnit.objects.get(name=parent).pk
        assert client.post(at("units"), {"name": name, "parent": parent, "no_distance": "on" if name == "Huis" else ""}).status_code == 302
    assert [(one.unit.name, one.depth, one.down, one.up) for one in units.tree()] == [
        ("Huis", 0, True, ""), ("Advies", 1, True, ""), ("Zorg", 1, False, ""), ("Poli", 2, True, "--"),
    ]  # fmt: skip
    page = client.get(at("units")).content.decode()
    assert page.count("<ul>") >= 3 and "no distance" in page
    double = client.post(at("units"), {"name": " poli "})
    assert double.status_code == 422 and "of this name already" in double.content.decode()


def test_a_unit_is_renamed_moved_and_told(client, monkeypatch):
    heard = []
    monkeypatch.setattr(imports, "after", [lambda at, keys: heard.extend(keys)])
    huis, zorg = OrgUnit.objects.create(name="Huis"), OrgUnit.objects.create(name="Zorg")
    poli = OrgUnit.objects.create(name="Poli", parent=zorg)
    noor = person(unit=poli)
    client.post(at("unit", zorg), {"name": "De zorg", "parent": ""})
    assert heard == [] and OrgUnit.objects.get(pk=zorg.pk).name == "De zorg"
    client.post(at("unit", zorg), {"name": "De zorg", "parent": huis.pk})
    assert heard == [noor.pk] and OrgUnit.objects.get(pk=zorg.pk).parent == huis
    for parent in (zorg, poli):
        circle = client.post(at("unit", zorg), {"name": "De zorg", "parent": parent.pk})
        assert circle.status_code == 422 and "under itself" in circle.content.decode()
    assert client.post(at("unit", zorg), {"name": "De zorg", "parent": "zomaar"}).status_code == 422


def test_a_unit_in_use_stays(client):
    zorg = OrgUnit.objects.create(name="Zorg")
    noor = person(unit=zorg)
    assert "Move those first" in client.post(at("unit_remove", zorg), follow=True).content.decode()
    noor.unit = None
    noor.save()
    assert client.post(at("unit_remove", zorg))["Location"] == at("units") and not OrgUnit.objects.exists()


def test_the_organisation(client):
    sent = TERMS | {"cover_colour": "#16213E", "days_off": "25-12-2026\n1 jan 2027\n25-12-2026"}
    assert client.post(at("organisation"), sent).status_code == 302
    row = Organisation.current()
    assert (row.name, row.cover_colour, row.days_off) == ("Huis", "#16213e", ["2026-12-25", "2027-01-01"])
    assert "2026-12-25" in client.get(at("organisation")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"private_days": 29}, "from 30 to 180"),
        ({"private_days": 181}, "from 30 to 180"),
        ({"report_months": "veel"}, "from 12 to 60"),
        ({"cover_colour": "rood"}, "hexadecimal"),
        ({"cover_colour": "#ffff00"}, "darker"),
        ({"days_off": "morgen"}, "morgen"),
        ({"name": ""}, "Fill this in"),
    ],
)
def test_terms_within_limits(client, wrong, says):
    response = client.post(at("organisation"), TERMS | wrong)
    assert response.status_code == 422 and says in response.content.decode() and not Organisation.objects.exists()


def test_a_logo_is_drawn_anew(client):
    raw = picture((3000, 3000), "JPEG", comment=b"where I live")
    sent = TERMS | {"logo": SimpleUploadedFile("logo.jpg", raw)}
    assert client.post(at("organisation"), sent).status_code == 302
    kept = bytes(Organisation.objects.get().logo)
    assert Image.open(io.BytesIO(kept)).size == (600, 600) and kept.startswith(b"\x89PNG") and b"where I live" not in kept
    assert "data:image/png;base64," in client.get(at("organisation")).content.decode()
    client.post(at("organisation"), TERMS)
    assert Organisation.objects.get().logo
    client.post(at("organisation"), TERMS | {"no_logo": "on"})
    assert Organisation.objects.get().logo is None


@pytest.mark.parametrize(
    "raw",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a nothing",
        picture()[:60],
        picture((5000, 5000)),
        b"x" * 2_100_000,
    ],
    ids=["svg", "gif", "half", "pixels", "bytes"],
)
def test_what_is_no_logo(client, raw):
    with pytest.raises(Refused):
        logo.redrawn(raw)
    response = client.post(at("organisation"), TERMS | {"logo": SimpleUploadedFile("logo.png", raw)})
    assert response.status_code == 422 and not Organisation.objects.exists()


def test_contrast():
    assert round(contrast_with_white("#000000")) == 21 and contrast_with_white("#ffffff") == 1


def test_the_first_administrator(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("admin", "Bea@example.org", "Bea Heer", verbosity=0)
    bea = Person.objects.get(email="bea@example.org")
    assert bea.administers and not bea.coordinates and not bea.has_usable_password()
    assert len(mailoutbox) == 1 and "/wachtwoord/" in mailoutbox[0].body
    call_command("admin", "bea@example.org", "Bea", coordinates=True)
    assert Person.objects.get(pk=bea.pk).coordinates and Person.objects.filter(email="bea@example.org").count() == 1
    with pytest.raises(CommandError):
        call_command("admin", "nergens", "Bea")


def test_the_pool(client):
    wim, noor = person("wim@example.org", name="Wim", coordinates=True), person()
    client.force_login(wim)
    assert "Add<span" in client.get(at("pool"), {"q": "noor"}).content.decode()
    client.post(at("pool_put", noor))
    assert Person.objects.get(pk=noor.pk).in_the_pool and "Add<span" not in client.get(at("pool"), {"q": "noor"}).content.decode()
    client.force_login(noor)
    sent = {"about": "Ik vraag door", "themes": "conflict, , nieuwe baan,conflict", "languages": "Nederlands, Türkçe", "room_for": 3}
    assert client.post(at("coach_profile"), sent | {"paused_from": "2026-12-01", "paused_until": "2026-12-24"}).status_code == 302
    profile = CoachProfile.objects.get()
    assert (profile.themes, profile.languages, profile.room_for) == (["conflict", "nieuwe baan"], ["Nederlands", "Türkçe"], 3)
    open_on = [profile.is_open_on(date(2026, month, day)) for month, day in ((11, 30), (12, 1), (12, 24), (12, 25))]
    assert open_on == [True, False, False, True]
    wrong = client.post(at("coach_profile"), sent | {"room_for": 21, "paused_from": "2026-12-02", "paused_until": "2026-12-01"})
    assert wrong.status_code == 422 and "0 to 20" in wrong.content.decode() and "before the first" in wrong.content.decode()
    client.force_login(wim)
    client.post(at("pool_take", noor))
    assert not CoachProfile.objects.exists()
    client.force_login(noor)
    assert client.get(at("coach_profile")).status_code == 404
