"""Does a log line hold what an operator needs and nothing that anybody typed?"""

import logging

import pytest
from django.conf import settings as real_settings

from coaching.logs import Quiet
from coaching.middleware import route

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.coaching.test_headers")]
SECRET = "zwaluwstaart"


@pytest.fixture
def lines():
    """What our own handler would print, of everything that is logged."""

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(Quiet().format(record))

    written, handler, root = [], Kept(), logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_one_line_per_request_names_route_status_time_and_id(client, lines):
    answer = client.get("/inloggen/", {"next": f"/{SECRET}/"})
    [line] = [line for line in lines if "coaching.requests" in line]
    assert f"route=coaching:login status={answer.status_code} ms=" in line
    assert answer["X-Request-ID"] in line
    assert SECRET not in line


@pytest.mark.parametrize("address", [f"/{SECRET}/", f"/wachtwoord/{SECRET}/{SECRET}/", f"/page/?q={SECRET}", "/broken/"])
def test_no_address_and_no_message_is_logged(client, lines, address):
    client.raise_request_exception = False
    client.get(address)
    client.post(address, {"words": SECRET})
    assert lines
    assert SECRET not in "\n".join(lines)


def test_an_error_says_where_and_what_but_not_its_message(client, lines):
    client.raise_request_exception = False
    client.get("/broken/")
    said = "\n".join(lines)
    assert "builtins.ValueError" in said
    assert "coaching/test_headers.py" in said
    assert "broken" in said


def test_a_strange_host_is_not_repeated(client, lines):
    client.get("/page/", headers={"host": f"{SECRET}.example"})
    assert any("status=400" in line for line in lines)
    assert SECRET not in "\n".join(lines)


def test_others_say_which_message_but_not_its_values(lines):
    log = logging.getLogger("somebody.else")
    log.warning("Ignored `%s`", SECRET)
    log.warning(f"Ignored {SECRET}")
    assert "Ignored `%s`" in lines[0]
    assert "at test_logs:" in lines[1]
    assert SECRET not in "\n".join(lines)


def test_causes_are_named_too(lines):
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("coaching").exception("failed")
    assert "builtins.KeyError" in lines[0]
    assert SECRET not in lines[0]


def test_the_settings_use_it():
    assert {handler["formatter"] for handler in real_settings.LOGGING["handlers"].values()} == {"quiet"}
    assert real_settings.LOGGING["formatters"]["quiet"]["()"] == "coaching.logs.Quiet"


def test_static_files_and_strangers_have_a_name_too(rf):
    assert route(rf.get("/static/a.css")) == "static"
    assert route(rf.get("/nowhere/")) == "-"
