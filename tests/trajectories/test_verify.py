"""Can a copy be checked by whoever holds it, without telling what is in it, and also after erasure? (R24)"""

import hashlib
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.issued_story import bytes_of, issued
from trajectories.erasure import erase
from trajectories.models import Report, ReportFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def made():
    return issued()


VERIFY = reverse("trajectories:verify")


def test_number_and_code_tell_that_it_was_issued(client, made):
    typed = f"{made.report.code[:5].lower()} {made.report.code[5:]}"
    answer = client.post(VERIFY, {"number": made.report.number.lower(), "code": typed})
    assert answer.status_code == 200 and made.report.number in answer.text and "Doel van Sam" not in answer.text
    wrong = "0" * 20 if made.report.code != "0" * 20 else "1" * 20
    assert made.report.number not in client.post(VERIFY, {"number": made.report.number, "code": wrong}).text.split("<form")[0]


@pytest.mark.parametrize("typed", [{}, {"number": "x", "code": "y"}, {"number": "RD-2026-0001", "code": "kort"}])
def test_what_cannot_be_checked_is_said(client, typed):
    assert client.get(VERIFY).status_code == 200
    assert client.post(VERIFY, typed).status_code == 422


def by_hash(client, sha256):
    return client.post(VERIFY, {"with": "file", "sha256": sha256}).text.split("<form")[0]


def test_only_the_file_tells_that_nothing_changed(client, made):
    for pdf in (bytes_of(made), bytes_of(made, "archive")):
        assert made.report.number in by_hash(client, hashlib.sha256(pdf).hexdigest())
        assert made.report.number not in by_hash(client, hashlib.sha256(pdf + b" ").hexdigest())


@pytest.mark.parametrize("typed", [{}, {"sha256": "x"}, {"sha256": "0" * 63}])
def test_no_fingerprint_is_said(client, typed):
    assert client.post(VERIFY, {"with": "file"} | typed).status_code == 422


def test_a_file_that_is_sent_all_the_same_is_not_looked_at(client, made):
    file = io.BytesIO(bytes_of(made))
    file.name = "verslag.pdf"
    assert client.post(VERIFY, {"with": "file", "file": file}).status_code == 422


def test_it_stays_true_after_erasure(client, made):
    hashes = [hashlib.sha256(pdf).hexdigest() for pdf in (bytes_of(made), bytes_of(made, "archive"))]
    erase(now() + timedelta(days=365 * 3))
    assert Report.objects.get().trajectory is None and not ReportFile.objects.filter(pdf__isnull=False).exists()
    assert all(made.report.number in by_hash(client, sha256) for sha256 in hashes)
    assert made.report.number in client.post(VERIFY, {"number": made.report.number, "code": made.report.code}).text.split("<form")[0]


def test_ten_tries_a_minute(client):
    statuses = [client.post(VERIFY, {"number": "RD-2026-0001", "code": "0" * 20}).status_code for _try in range(11)]
    assert statuses == [200] * 10 + [429]
