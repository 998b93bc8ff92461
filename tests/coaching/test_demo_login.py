"""Are the one-click demo people there in a development run, and never in production?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.test import override_settings

from coaching.open_views import DEVELOPMENT, no_development_pages
from tests.coaching.people import FORGOTTEN, LOGIN, known, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return person()


ASK = """
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver
from coaching.open_views import no_development_pages
names = [name for name in get_resolver().namespace_dict["coaching"][1].reverse_dict if isinstance(name, str)]
print(settings.DEBUG, names, no_development_pages(None))
"""


def test_production_has_no_one_click_login(tmp_path):
    """Asked of the application as it starts in production, not of these tests."""
    keys = tmp_path / "keys"
    keys.write_bytes(Path(conf.SEALING_KEYS_FILE).read_bytes())
    keys.chmod(0o600)
    facts = {"DEBUG": "0", "SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "coaching.example.org", "SEALING_KEYS_FILE": str(keys)}
    facts |= {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "coaching.settings", "PATH": os.environ["PATH"]}
    ran = subprocess.run([sys.executable, "-c", ASK], env=facts, cwd=conf.BASE_DIR, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("False") and "'login'" in ran.stdout and ran.stdout.strip().endswith("[]")
    assert not [name for name in DEVELOPMENT if f"'{name.split(':')[1]}'" in ran.stdout]


@override_settings(ROOT_URLCONF="tests.coaching.development_addresses")
def test_and_the_check_notices_when_it_has(client):
    """Even with the addresses there, the views refuse outside a development run."""
    demo = person("marieke@merwestede.example", coordinates=True)
    assert {found.id for found in no_development_pages(None)} == {"coaching.E010"}
    assert client.post(f"/demo/{demo.pk}/").status_code == client.get("/post/").status_code == 404
    assert not known(client)


@override_settings(ROOT_URLCONF="tests.coaching.development_addresses", DEBUG=True)
def test_a_development_run_offers_the_demo_people(client, noor):
    demo = person("marieke@merwestede.example", name="Marieke Hofstra", coordinates=True)
    gone = person("dirk@merwestede.example", is_active=False)
    page = client.get(LOGIN).content.decode()
    assert "Marieke Hofstra" in page and "Noor Jansen" not in page
    assert client.get(f"/demo/{demo.pk}/").status_code == 405
    for other in (noor, gone):
        assert client.post(f"/demo/{other.pk}/").status_code == 404 and not known(client)
    assert client.post(f"/demo/{demo.pk}/", {"next": "/account/"})["Location"] == "/account/" and known(client)


@override_settings(ROOT_URLCONF="tests.coaching.development_addresses", DEBUG=True)
def test_a_development_run_shows_the_post(client, noor):
    client.post(FORGOTTEN, {"email": noor.email})
    page = client.get("/post/")
    path = page.context["letters"][0]["path"]
    assert noor.email in page.content.decode() and client.get(path).status_code == 302
