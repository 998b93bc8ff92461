"""In which time zone do the days of this organisation fall? One setting, of the site administrator (R28)."""

import time
from zoneinfo import ZoneInfo, available_timezones

from django.apps import apps
from django.utils import timezone
from django.utils.translation import pgettext_lazy

PARTS = {
    "Europe": pgettext_lazy("part of the world", "Europe"),
    "Africa": pgettext_lazy("part of the world", "Africa"),
    "America": pgettext_lazy("part of the world", "America"),
    "Antarctica": pgettext_lazy("part of the world", "Antarctica"),
    "Arctic": pgettext_lazy("part of the world", "the Arctic"),
    "Asia": pgettext_lazy("part of the world", "Asia"),
    "Atlantic": pgettext_lazy("part of the world", "the Atlantic Ocean"),
    "Australia": pgettext_lazy("part of the world", "Australia"),
    "Indian": pgettext_lazy("part of the world", "the Indian Ocean"),
    "Pacific": pgettext_lazy("part of the world", "the Pacific"),
}  # as the names of zones begin
FRESH = 60  # seconds for which another process may still go on with the zone of before
ELSEWHERE = {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico"}  # second names of zones that have a town of their own

_known = {"name": "", "until": 0.0}
after_moving = []  # what follows when the organisation gets another zone: functions (at). Other apps add theirs.


def zone():
    """The organisation's own zone; that of the installation as long as none was chosen. Asks the database once a minute at most."""
    if time.monotonic() >= _known["until"]:
        know(apps.get_model("coaching", "Organisation").current().time_zone)
    return ZoneInfo(_known["name"]) if _known["name"] else timezone.get_default_timezone()


def know(name, seconds=FRESH):
    """Go on with this zone ("" is the installation's own) for so many seconds, without asking."""
    _known.update(name=name, until=time.monotonic() + seconds)


def forget():
    """Ask again at the next moment that somebody wants to know."""
    _known.update(until=0.0)


def choices():
    """All zones, by part of the world, Europe first: [(part, [(name, town)])]. The present one is there, whatever it is called."""
    parts = {}
    for name in sorted(available_timezones() | {str(zone())}):
        part, _slash, town = name.partition("/")
        if (town and part not in ELSEWHERE) or name in {"UTC", str(zone())}:
            parts.setdefault(part if town else "UTC", []).append((name, (town or name).replace("_", " ")))
    return [(PARTS.get(part, part), parts[part]) for part in sorted(parts, key=lambda part: (part != "Europe", part))]


def in_house_time(get_response):
    """Middleware: what Django itself shows or reads of a time, it does by the organisation's clock."""

    def answered(request):
        with timezone.override(zone()):
            return get_response(request)

    return answered
