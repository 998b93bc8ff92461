"""Who says that a document is ours? The organisation's certificate: made here, brought from elsewhere, or followed by a new one."""

import uuid
from collections import namedtuple
from datetime import timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key, pkcs12
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coaching.models import Certificate, Organisation
from coaching.refusals import Refused
from coaching.traces import Eyes, look

YEARS = 10  # of one that we make ourselves
BITS = 3072
HOUSE = uuid.UUID(int=0)  # nobody in particular: the house opens its own key
Opened = namedtuple("Opened", "chain key")  # PEM as text; PKCS #8 as DER


def current(at):
    """The certificate to seal with, its key opened; made here when there is none yet."""
    row = Certificate.objects.in_use().first() or _first(at)
    look([row], by=Eyes(HOUSE, ""), at=at)
    return Opened(row.chain, row.key)


def known():
    """Every certificate that ever sealed a document here, newest first."""
    return list(Certificate.objects.newest_first().defer("key"))


def _first(at):
    try:
        return renew(at)
    except IntegrityError:  # somebody made it in the meantime
        return Certificate.objects.in_use().get()


@transaction.atomic
def renew(at):
    """Make a certificate of our own and use it from now on."""
    return _use(*_made(Organisation.current().name, at), self_made=True, at=at)


@transaction.atomic
def bring(raw, password, at):
    """Use a certificate from elsewhere: a PKCS #12 file, or PEM with key and chain. Raises Refused when it does not fit or has ended."""
    key, chain = _read(raw, password)
    own = chain[0]
    if _public(key.public_key()) != _public(own.public_key()):
        raise Refused(_("The key does not belong to the first certificate in this file."))
    if not own.not_valid_before_utc <= at < own.not_valid_after_utc:
        raise Refused(_("This certificate is not valid now."))
    return _use(key, chain, self_made=False, at=at)


def _use(key, chain, *, self_made, at):
    """The new one seals from now on; of the one before, only what checks its seals is kept."""
    Certificate.objects.in_use().update(in_use=None, key=None)
    own = chain[0]
    return Certificate.objects.create(
        chain="".join(one.public_bytes(Encoding.PEM).decode() for one in chain),
        key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        made_at=at,
        ends_at=own.not_valid_after_utc,
        fingerprint=own.fingerprint(hashes.SHA256()).hex(),
        self_made=self_made,
        in_use=True,
    )


def _made(organisation, at):
    """A key and a certificate that says itself who it is of."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation[:50]} · Rode Draad")])
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage), critical=True
        )
    )
    return key, [builder.sign(key, hashes.SHA256())]


def _read(raw, password):
    """Key and chain of a file, its own certificate first."""
    try:
        if raw.lstrip().startswith(b"-----BEGIN"):
            key, chain = load_pem_private_key(raw, password), x509.load_pem_x509_certificates(raw)
        else:
            key, own, more = pkcs12.load_key_and_certificates(raw, password)
            chain = [own, *more]
    except (ValueError, TypeError, UnsupportedAlgorithm) as broken:
        raise Refused(_("This file does not open as a certificate with its key. Is the password right?")) from broken
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not chain or chain[0] is None:
        raise Refused(_("A certificate with its own RSA or elliptic key is needed."))
    return key, chain


def _public(key):
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
