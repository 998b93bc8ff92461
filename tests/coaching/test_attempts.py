"""Is trying too often slowed, without locking anybody out and without keeping who it was?"""

from datetime import timedelta

import pytest
from django.test import override_settings

from coaching import attempts, clock
from coaching.models import Attempt
from tests.coaching.people import FORGOTTEN, NEW, known, log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return person()


@pytest.fixture
def later(monkeypatch):
    """Move the clock on: later(minutes=5)."""
    moved = [timedelta()]
    real = clock.now

    def move(**facts):
        moved[0] += timedelta(**facts)

    for module in ("accounts", "passwords", "addresses"):
        monkeypatch.setattr(f"coaching.views.{module}.now", lambda: real() + moved[0])
    return move


def test_five_failures_slow_a_login_and_a_minute_is_enough(client, noor, later):
    assert [log_in(client, password="wrong").status_code for _ in range(5)] == [422] * 5
    slowed = log_in(client)
    assert slowed.status_code == 429 and not known(client)
    assert "Je probeert het vaak achter elkaar. Wacht een minuut." in slowed.content.decode()
    log_in(client)
    later(seconds=61)
    assert log_in(client).status_code == 302  # refused tries do not make the wait longer
    client.logout()
    assert log_in(client, password="wrong").status_code == 422 and log_in(client).status_code == 302  # and it starts again at none


def test_a_stranger_elsewhere_does_not_slow_the_owner(client, noor):
    for _ in range(8):
        log_in(client, password="wrong", REMOTE_ADDR="203.0.113.7")
    assert log_in(client, REMOTE_ADDR="203.0.113.7").status_code == 429
    assert log_in(client).status_code == 302


def test_many_addresses_from_one_network_are_slowed_too(client, noor):
    codes = [log_in(client, f"x{n}@example.org", REMOTE_ADDR="2001:db8::1").status_code for n in range(21)]
    assert codes == [422] * 20 + [429]
    assert log_in(client, "fresh@example.org", REMOTE_ADDR="2001:db8::ffff").status_code == 429  # the same /64
    assert log_in(client, REMOTE_ADDR="2001:db8:1::1").status_code == 302


def test_no_address_or_network_is_kept(client, noor):
    log_in(client, password="wrong", REMOTE_ADDR="203.0.113.7")
    kept = str(list(Attempt.objects.values()))
    assert Attempt.objects.count() == 3 and "noor" not in kept and "203.0" not in kept
    attempts.forget_old_attempts(clock.now() + timedelta(hours=23))
    assert Attempt.objects.count() == 3
    attempts.forget_old_attempts(clock.now() + timedelta(hours=25))
    assert Attempt.objects.count() == 0


def test_behind_our_proxy_its_last_word_counts(rf):
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.7"})
    assert attempts.network_of(request) == "203.0.113.7"
    assert attempts.network_of(rf.get("/", headers={"X-Forwarded-For": "nonsense"})) == "unknown"
    with override_settings(DEBUG=True):
        assert attempts.network_of(request) == "127.0.0.1"


@pytest.mark.parametrize("email", ["noor@example.org", "nobody@example.org"])
def test_ten_links_an_hour(client, noor, email, later):
    assert [client.post(FORGOTTEN, {"email": email}).status_code for _ in range(11)] == [302] * 10 + [429]
    assert client.post(FORGOTTEN, {"email": "another@example.org"}).status_code == 429  # the network
    assert client.post(FORGOTTEN, {"email": email}, REMOTE_ADDR="203.0.113.7").status_code == 429  # the address
    later(minutes=61)
    assert client.post(FORGOTTEN, {"email": email}).status_code == 302


def test_guessing_at_an_open_screen_is_slowed(client, noor):
    client.force_login(noor)
    facts = {"password": NEW, "password_again": NEW}
    codes = [client.post("/account/wachtwoord/", {"current_password": f"guess {n}", **facts}).status_code for n in range(6)]
    assert codes == [422] * 5 + [429]
