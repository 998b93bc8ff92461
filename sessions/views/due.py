"""Which day is meant by what was typed? Asked by the log as one goes on to the next field; it holds no words of anybody."""

import re

from django.http import Http404
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from coaching.access import respond
from sessions.forms.due import DueForm

ASKED = re.compile(r"action_on-(\d{1,2})")


@require_GET
def due(request):
    """The field again, with the day written out, or with what is wrong with it."""
    number = next((int(match[1]) for match in map(ASKED.fullmatch, request.GET) if match), None)
    if number is None:
        raise Http404
    form = DueForm(request.GET, number=number, next_on=_day(request.GET.get("next", "")))
    return respond(request, "sessions/log/due.html", {"field": form[f"action_on-{number}"], "said": form.said})


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None
