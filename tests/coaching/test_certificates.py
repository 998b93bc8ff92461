"""Is there one certificate to seal with, does its key lie sealed, and does what it sealed stay checkable after the next one?"""

import base64
import re
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from coaching import backups, certificates
from coaching.clock import now
from coaching.models import Certificate, Organisation, Trace
from coaching.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def elsewhere():
    """A key and a certificate as somebody else's house makes them."""
    return certificates._made("Stadswerken", now())


def test_the_first_is_made_when_it_is_needed_and_then_stays():
    Organisation.objects.create(name="Zorggroep Merwestede")
    first = certificates.current(now())
    assert certificates.current(now()) == first and Certificate.objects.count() == 1
    own = x509.load_pem_x509_certificate(first.chain.encode())
    assert "Zorggroep Merwestede" in own.subject.rfc4514_string()
    assert load_der_private_key(first.key, None).public_key() == own.public_key()
    assert not Trace.objects.exists()


def test_the_key_lies_sealed_also_in_a_backup(tmp_path):
    key = certificates.current(now()).key
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM coaching_certificate")
        lying = bytes(cursor.fetchone()[0])
    assert key not in lying and key[40:80] not in lying
    with zipfile.ZipFile(backups.write(tmp_path, at=now())) as copy:
        rows = copy.read("rows.jsonl")
    assert b"BEGIN CERTIFICATE" in rows and b"certificate_key" not in rows
    assert all(base64.b64encode(key[start:])[:40] not in rows for start in range(3))


def test_the_next_one_takes_over_and_the_old_key_goes():
    before = certificates.current(now())
    certificates.renew(now())
    after = certificates.current(now())
    assert after.key != before.key and after.chain != before.chain
    rows = certificates.known()
    assert [row.in_use for row in rows] == [True, None] and rows[1].chain == before.chain
    assert Certificate.objects.get(in_use=None).key is None


def test_there_are_never_two_in_use():
    certificates.current(now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(in_use=True, made_at=now(), ends_at=now(), self_made=True)


@pytest.mark.parametrize("password", [None, b"geheim"])
def test_one_from_elsewhere_is_brought(elsewhere, password):
    key, chain = elsewhere
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    row = certificates.bring(pkcs12.serialize_key_and_certificates(b"x", key, chain[0], None, lock), password, now())
    assert not row.self_made and "Stadswerken" in x509.load_pem_x509_certificate(row.chain.encode()).subject.rfc4514_string()


def test_what_does_not_fit_is_refused_and_the_one_in_use_stays(elsewhere):
    key, chain = elsewhere
    kept = certificates.current(now())
    other, _chain = certificates._made("Iemand anders", now())
    file = pkcs12.serialize_key_and_certificates(b"x", key, chain[0], None, BestAvailableEncryption(b"geheim"))
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for raw, password, at in (
        (file, b"fout", now()),
        (b"geen certificaat", None, now()),
        (file, b"geheim", now() + timedelta(days=365 * 11)),
        (private + chain[0].public_bytes(Encoding.PEM), None, now()),
    ):
        with pytest.raises(Refused):
            certificates.bring(raw, password, at)
    assert certificates.current(now()) == kept


def said(*arguments):
    out = StringIO()
    call_command("certificate", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_shows_renews_and_brings(tmp_path, elsewhere):
    assert "none yet" in said("show")
    assert "in use, made here" in said("renew")
    file, password = tmp_path / "house.p12", tmp_path / "password"
    key, chain = elsewhere
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, chain[0], None, BestAvailableEncryption(b"geheim")))
    password.write_text("geheim\n")
    assert "from elsewhere" in said("bring", str(file), "--password-file", str(password))
    shown = said("show")
    assert "retired" in shown and len(re.findall("BEGIN CERTIFICATE", shown)) == 2 and "PRIVATE" not in shown
    for wrong in (["bring"], ["bring", str(tmp_path / "nothing"), "--password-file", str(password)]):
        with pytest.raises(CommandError):
            said(*wrong)
