"""With which certificate are documents sealed; and: use a new one."""

from getpass import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coaching import certificates
from coaching.clock import now
from coaching.refusals import Refused


class Command(BaseCommand):
    help = (
        "show: the certificates that sealed documents here, for who checks them. renew: make a new one and seal with it from now on. "
        "bring FILE: seal with one from elsewhere (PKCS #12, or PEM with its key). The private key lies sealed in the database."
    )

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["show", "renew", "bring"])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--password-file", type=Path, help="holds the password of FILE; without it you are asked")

    def handle(self, *, action, file, password_file, **options):
        if action == "bring":
            self.told(self.brought(file, password_file))
        elif action == "renew":
            with transaction.atomic():
                self.told(certificates.renew(now()))
        else:
            self.show()

    def show(self):
        rows = certificates.known()
        if not rows:
            self.stdout.write("There is none yet; the first report makes one. To make it now: manage.py certificate renew")
        for row in rows:
            self.told(row)
            self.stdout.write(row.chain)

    def brought(self, file, password_file):
        if file is None:
            raise CommandError("Name the file.")
        try:
            password = password_file.read_text().strip() if password_file else getpass("Password of the file (empty for none): ")
            return certificates.bring(file.read_bytes(), password.encode() or None, now())
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def told(self, row):
        kind = "made here" if row.self_made else "from elsewhere"
        use = "in use" if row.in_use else "retired"
        self.stdout.write(f"{use}, {kind}, until {row.ends_at:%Y-%m-%d}, SHA-256 {row.fingerprint}")
