"""Would production start, with what it needs and not otherwise?"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from coaching import keys

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "clock"]
README = (ROOT / "README.md").read_text()


@pytest.fixture
def production(tmp_path):
    """The environment of an installation that is set up well; tests take something away."""
    path = tmp_path / "keys"
    keys.make(path)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPYCACHEPREFIX") if name in os.environ}
    return kept | {
        "SECRET_KEY": "a-Secret_that.is/long+enough=for*all" * 2,
        "ALLOWED_HOSTS": "coaching.example.org",
        "SEALING_KEYS_FILE": str(path),
        "DATABASE_URL": "sqlite://:memory:",
        "STATIC_ROOT": str(tmp_path / "static"),
        "MAIL_HOST": "mail.example.org",
    }


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_a_good_installation_passes_the_deployment_check(production):
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_static_files_collect_under_their_final_names(production):
    done = manage(production, "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert (Path(production["STATIC_ROOT"]) / "staticfiles.json").exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", None, "Set SECRET_KEY or SECRET_KEY_FILE"),
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("SECRET_KEY_FILE", "/nowhere", "SECRET_KEY_FILE points to /nowhere, which cannot be read."),
        ("ALLOWED_HOSTS", None, "Set ALLOWED_HOSTS or ALLOWED_HOSTS_FILE"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
        ("SEALING_KEYS_FILE", None, "Set SEALING_KEYS_FILE"),
        ("SEALING_KEYS_FILE", "/nowhere", "The key file /nowhere cannot be read."),
        ("SEALING_KEYS_FILE", __file__, "is not a key"),
        ("SEALING_KEYS_FILE", os.devnull, "holds no key"),
    ],
)
def test_production_refuses_to_start_with_a_sentence(production, name, value, sentence):
    environment = {key: setting for key, setting in production.items() if key != name} | ({name: value} if value is not None else {})
    done = manage(environment, "check")
    assert done.returncode != 0
    assert sentence in done.stderr.splitlines()[-1]


def test_production_refuses_keys_that_do_not_fit_its_database(production, tmp_path):
    environment = production | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    assert manage(environment, "migrate", "--verbosity", "0").returncode == 0
    assert (tmp_path / "db.sqlite3").stat().st_mode & 0o077 == 0
    start = [sys.executable, "-c", "import coaching.wsgi"]
    assert subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, timeout=60).returncode == 0
    (tmp_path / "keys").write_text(keys.line("K1"))
    done = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert "Sleutel K1 in het sleutelbestand is een andere" in done.stderr.splitlines()[-1]
    assert "coaching.E001" in manage(environment, "check", "--database", "default").stderr


def test_serve_and_the_demo_people_are_for_development_only(production):
    assert "development run" in manage(production, "serve").stderr
    code = "import django; django.setup(); from django.urls import reverse; reverse('coaching:demo_login', args=['0' * 32])"
    environment = production | {"DJANGO_SETTINGS_MODULE": "coaching.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert "NoReverseMatch" in done.stderr


def test_compose_has_the_services_and_its_postgresql_is_the_one_the_readme_names():
    assert set(SERVICES) == {"db", *OURS}
    [major] = re.findall(r"^postgres:(\d+)$", SERVICES["db"]["image"])
    assert f"PostgreSQL {major}" in README
    assert int(major) >= 15
    assert SERVICES["db"]["healthcheck"]["test"]
    assert any(volume.endswith(":/var/lib/postgresql/data") for volume in SERVICES["db"]["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_the_application_can_write_nowhere_and_gain_nothing(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_from_files(name):
    service, environment = SERVICES[name], SERVICES[name]["environment"]
    assert set(service["secrets"]) == set(COMPOSE["secrets"])
    for setting in ("SECRET_KEY", "DATABASE_PASSWORD", "MAIL_PASSWORD", "SEALING_KEYS"):
        assert setting not in environment
        assert environment[f"{setting}_FILE"].removeprefix("/run/secrets/") in service["secrets"]
    assert all(secret["file"].startswith("./secrets/") for secret in COMPOSE["secrets"].values())
    assert "DEBUG" not in environment
    assert "@db/" in environment["DATABASE_URL"]
    assert ":" not in environment["DATABASE_URL"].removeprefix("postgres://").split("@")[0]


def test_web_and_clock_wait_for_the_migration_and_the_clock_runs_the_day():
    for name in ("web", "worker", "clock"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert "manage.py migrate" in " ".join(SERVICES["migrate"]["command"])
    assert "manage.py day" in SERVICES["clock"]["command"][-1]
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_in_compose_a_worker_does_what_is_done_beside_the_page(production):
    assert {SERVICES[name]["environment"]["TASKS"] for name in OURS} == {"worker"}
    assert SERVICES["worker"]["command"] == ["python", "manage.py", "db_worker"]
    assert "no issues" in manage(production | {"TASKS": "worker"}, "check", "--deploy", "--fail-level", "WARNING").stdout
    assert "TASKS is here or worker" in manage(production | {"TASKS": "celery"}, "check").stderr.splitlines()[-1]


def test_every_setting_of_compose_is_explained_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    told = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))
    assert asked == told


def test_the_image_runs_as_an_ordinary_user_with_what_a_report_needs():
    text = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", text, re.M) == ["10001:10001"]
    assert text.index("USER 10001") < text.index("CMD [")
    assert "--worker-class" in text and "gthread" in text
    assert "--require-hashes" in text
    for library in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert library in text and library in (ROOT / "run").read_text() and library in (ROOT / ".ci" / "run").read_text()


def test_every_dependency_is_locked_by_hash_and_none_by_address():
    lock = (ROOT / "requirements.txt").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)[0]
        assert re.search(rf"^{name}(\[\w+\])?==", lock, re.M | re.I), name
    assert "://" not in lock
    packages = [line for line in lock.splitlines() if not line.startswith(" ")]
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert all(line.strip().startswith("--hash=sha256:") for line in lock.splitlines() if line.startswith(" "))


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", text, re.M)] == list(range(1, 16))
