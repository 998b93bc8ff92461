"""How does a finished document get the organisation's seal? A PAdES signature over every byte, after which nothing may change (R24)."""

import io
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from trajectories.report.standards import SEAL


def sealed(pdf, certificate):
    """`pdf` with its field filled: the bytes as they were, followed by the seal. `certificate` is what certificates.current() gives.

    PAdES B-B, or B-T when a time stamp authority is set (TIMESTAMP_URL). Raises when that one does not answer; then there is no seal.
    """
    with ThreadPoolExecutor(1) as elsewhere:  # pyHanko runs a loop of its own, and here one may be running already
        return elsewhere.submit(_sealed, pdf, certificate).result()


def _sealed(pdf, certificate):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  half a second, and only a task needs it
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415

    facts = PdfSignatureMetadata(
        field_name=SEAL, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )

    class OnlyTheSeal(IncrementalPdfFileWriter):
        def _update_meta(self):
            """Leave the metadata as they are: pyHanko would write them anew, and not as an archive wants them."""

    signer = PdfSigner(facts, signer=_signer(certificate), timestamper=_timestamper())
    return signer.sign_pdf(OnlyTheSeal(io.BytesIO(pdf)), existing_fields_only=True).getvalue()


def _signer(certificate):
    from asn1crypto import keys, pem, x509  # noqa: PLC0415
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    class Signer(SimpleSigner):
        async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
            """When only the size is asked: enough room for a signature of RSA or EC, without unlocking the key (0.1 s)."""
            return bytes(2 * self.signing_key.byte_size + 16) if dry_run else self.sign_raw(data, digest_algorithm)

    chain = [x509.Certificate.load(raw) for _kind, _head, raw in pem.unarmor(certificate.chain.encode(), multiple=True)]
    known = SimpleCertificateStore()
    known.register_multiple(chain)
    return Signer(signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(certificate.key), cert_registry=known)


def _timestamper():
    if not settings.TIMESTAMP_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: PLC0415

    return HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=20)
