"""Somebody's appointments for their own calendar, at an address that only they know (R17). It is no login and opens nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from coaching import attempts
from coaching.calendars import whose_feed
from coaching.clock import now
from sessions.calendar import feed_of


@login_not_required
@require_safe
def feed(request, token):
    """Who was given this address reads it; revoked, renewed or of who left it is not found, as if it never was."""
    at, choice = now(), whose_feed(token)
    try:
        attempts.read_feed(token if choice else "", network=attempts.network_of(request), at=at)
    except attempts.TooOften:
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    if choice is None:
        raise Http404
    response = HttpResponse(feed_of(choice, at), content_type="text/calendar; charset=utf-8")
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    return response
