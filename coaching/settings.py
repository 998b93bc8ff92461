"""How is this installation set up? One file; production refuses to start half-configured."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from coaching import keys
from coaching.logs import LOGGING as QUIET

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """The value of an environment variable, or the content of the file that NAME_FILE points to (a secret)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE points to {path}, which cannot be read.") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE (see .env.example), or DEBUG=1 for a development run.")
    return value


DEBUG = os.environ.get("DEBUG", "0") == "1"
SECRET_KEY = env("SECRET_KEY", "development-only-" + "x" * 48 if DEBUG else None)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: at least 50 characters.")
ALLOWED_HOSTS = [host.strip() for host in env("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver" if DEBUG else None).split(",")]
if not all(ALLOWED_HOSTS) or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that people visit, with commas between them; not be empty, and not be *.")
SITE_ADDRESS = env("SITE_ADDRESS", "http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = [] if DEBUG else [SITE_ADDRESS]

INSTALLED_APPS = [
    "sessions",
    "trajectories",
    "coaching",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "crispy_forms",
]
MIDDLEWARE = [
    "coaching.middleware.request_log",
    "coaching.middleware.house_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coaching.language.own_language",
    "coaching.middleware.nothing_to_read",
    "coaching.session_end.SessionEnd",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coaching.zone.in_house_time",
    "coaching.tasks.after_answers",
]
ROOT_URLCONF = "coaching.urls"
WSGI_APPLICATION = "coaching.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}
DATABASE_FILE = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    if DATABASES["default"]["NAME"] != ":memory:":
        DATABASE_FILE = Path(DATABASES["default"]["NAME"])
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if password := env("DATABASE_PASSWORD", ""):
        DATABASES["default"]["PASSWORD"] = password

# The words that people write are sealed with the keys of a file (security.md): production names it, a development run makes its own once.
SEALING_KEYS_FILE = os.environ.get("SEALING_KEYS_FILE")
if not SEALING_KEYS_FILE and not DEBUG:
    raise ImproperlyConfigured("Set SEALING_KEYS_FILE to the file with the sealing keys (see .env.example).")
if not SEALING_KEYS_FILE:
    SEALING_KEYS_FILE = keys.for_development(DATABASE_FILE.parent if DATABASE_FILE else BASE_DIR, DATABASE_FILE)
SEALING_KEYS = keys.KeyFile(SEALING_KEYS_FILE)
if DATABASE_FILE and not DATABASE_FILE.exists():
    DATABASE_FILE.touch(mode=0o600)
# Where the journal of erased keys is kept outside the database, beside the backups, so that a restore knows it.
ERASURES_FILE = os.environ.get("ERASURES_FILE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "coaching.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "coaching:login"
LOGIN_REDIRECT_URL = "coaching:home"
LOGOUT_REDIRECT_URL = "coaching:login"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coaching.session_end.csrf_failure"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE", "Europe/Amsterdam")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# A development run serves static files through the same middleware as production, straight from where they lie.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "house"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not DEBUG:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Without a mail server a development run keeps its mails under /post/ and sends none.
MAIL_HOST = env("MAIL_HOST", "" if DEBUG else "localhost")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": int(env("MAIL_PORT", "25")),
            "username": env("MAIL_USER", ""),
            "password": env("MAIL_PASSWORD", ""),
            "use_tls": env("MAIL_TLS", "0") == "1",
            "timeout": 20,
        },
    }
    if MAIL_HOST
    else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", f"Rode Draad <no-reply@{ALLOWED_HOSTS[0]}>")
LOGGING = QUIET

# What is done beside the page (coaching.tasks): in the process that wrote it, right after the commit, or by `manage.py db_worker`.
TASKS_BY = env("TASKS", "here")
if TASKS_BY not in ("here", "worker"):
    raise ImproperlyConfigured("TASKS is here or worker (see .env.example).")
BACKENDS = {"here": "django.tasks.backends.immediate.ImmediateBackend", "worker": "django_tasks_db.DatabaseBackend"}
TASKS = {"default": {"BACKEND": BACKENDS[TASKS_BY]}}

# A time stamp authority (RFC 3161) that says when a report was sealed. Without one, nobody is asked.
TIMESTAMP_URL = env("TIMESTAMP_URL", "")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["coaching.uploads.Bounded"]
