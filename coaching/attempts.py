"""May this be tried now? Ten links an hour; a login is slowed after five failures, and never locked for good."""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from coaching.day import due
from coaching.models.attempts import Attempt, hashed
from coaching.refusals import Refused

LOGIN, LINK, FEED = "login", "link", "feed"
LINKS_AN_HOUR = 10
FEED_AN_HOUR = 60  # for one address; a calendar asks every hour, sometimes every few minutes
HOUR = timedelta(hours=1)
PAUSE = timedelta(minutes=1)
# Failures within the hour after which a login waits a minute: for one address from one network, for an address from
# anywhere, for a network whatever the address. The last two are wider, so that nobody can keep a colleague out.
FREE_FAILURES = {"both": 5, "address": 20, "network": 20}


class TooOften(Refused):
    """Wait, and then it may be tried again. Answered with 429."""


def network_of(request):
    """Where a request comes from: the caller's address, for IPv6 its /64. In production our proxy names the caller, last in the list."""
    told = request.META.get("REMOTE_ADDR", "")
    if not settings.DEBUG and (forwarded := request.headers.get("X-Forwarded-For")):
        told = forwarded.rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _traces(address, network):
    return {"both": hashed("both", f"{address} {network}"), "address": hashed("address", address), "network": hashed("network", network)}


def _note(act, traces, at):
    Attempt.objects.bulk_create([Attempt(act=act, trace=trace, at=at) for trace in traces])


def check_login(*, address, network, at):
    """TooOften when the last failure is less than a minute ago and there were too many in the past hour. Looks at no password."""
    for kind, trace in _traces(address, network).items():
        failures = Attempt.objects.of(LOGIN, trace).since(at - HOUR)
        if failures.count() >= FREE_FAILURES[kind] and failures.since(at - PAUSE).exists():
            raise TooOften(_("You are trying often in a row. Wait a minute."))


def login_failed(*, address, network, at):
    _note(LOGIN, _traces(address, network).values(), at)


def login_worked(*, address, network):
    """Who knows the password starts again at none, from this network."""
    Attempt.objects.of(LOGIN, _traces(address, network)["both"]).delete()


def ask_for_link(*, address, network, at):
    """Count one link asked for, whether the address exists or not. TooOften after ten in an hour for the address or the network."""
    traces = _traces(address, network)
    for kind in ("address", "network"):
        if Attempt.objects.of(LINK, traces[kind]).since(at - HOUR).count() >= LINKS_AN_HOUR:
            raise TooOften(_("You are asking for links often in a row. Look in your mail, or wait an hour."))
    _note(LINK, [traces["address"], traces["network"]], at)


def read_feed(token, *, network, at):
    """Count one reading of a feed: of this address, or, when `token` is empty, one from `network` that found nothing.

    TooOften after sixty in an hour.
    """
    trace = hashed("feed", token) if token else hashed("network", network)
    if Attempt.objects.of(FEED, trace).since(at - HOUR).count() >= FEED_AN_HOUR:
        raise TooOften(_("This is asked for often in a row. Wait an hour."))
    _note(FEED, [trace], at)


@due
def forget_old_attempts(at):
    """Attempts count for an hour and are kept for a day."""
    Attempt.objects.all().outlived(at).delete()
