"""How do the settings differ under test? Fixed keys, a database in memory, quick passwords; nothing is left behind."""

import os
from pathlib import Path

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("SEALING_KEYS_FILE", str(Path(__file__).parent / "test.keys"))

from coaching.settings import *  # noqa: E402, F403
from coaching.settings import DATABASES, MIDDLEWARE, PASSWORD_HASHERS  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    MIDDLEWARE = ["tests.one_at_a_time.one_at_a_time", *MIDDLEWARE]
