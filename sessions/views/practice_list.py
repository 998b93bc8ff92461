"""A list with hours of before: looked at first, then taken over. The file itself is kept nowhere (R29)."""

import uuid
from datetime import date

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import today
from coaching.refusals import Refused
from sessions.forms.practice import HourListForm
from sessions.hour_lists import new_ones, read_hours
from sessions.models import Flight
from sessions.practice import hours_said
from sessions.views.practice import HERE, must_fly

AN_HOUR = 60 * 60  # seconds for which a preview can be taken over
SHOWN = 20


def hours_list(request):
    """Choose a file, and see what it says before anything is written."""
    must_fly(request.user)
    form = HourListForm(request.POST, request.FILES, asker=request.user) if request.method == "POST" else HourListForm(asker=request.user)
    if form.is_valid():
        try:
            return _preview(request, read_hours(form.cleaned_data["file"].read(), kind=form.cleaned_data["kind"], today=today()))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return respond(request, "sessions/hours_list.html", {"form": form} | HERE, status=422 if form.errors else 200)


def _preview(request, found):
    rows = new_ones(found.rows, Flight.objects.readable_by(request.user))
    names = dict(Flight.KINDS)
    shown = [row | {"name": names[row["kind"]], "hours": hours_said(row["minutes"])} for row in rows[:SHOWN]]
    context = {
        "shown": shown,
        "number": len(rows),
        "more": max(len(rows) - SHOWN, 0),
        "hours": hours_said(sum(row["minutes"] for row in rows)),
    }
    context |= {"refused": found.refused, "totals": found.totals, "there": len(found.rows) - len(rows)}
    context |= {"sealed": _sealed(request.user, rows) if rows else ""}
    return respond(request, "sessions/hours_list.html", context | HERE)


def _salt(person):
    """So that nobody takes over what another looked at."""
    return f"sessions.hours_list:{person.pk}"


def _sealed(person, rows):
    """What was looked at, signed, so that it comes back as it was; `batch` says that it is taken over once."""
    plain = [row | {"on": row["on"].isoformat(), "until_on": row["until_on"].isoformat()} for row in rows]
    return signing.dumps({"batch": str(uuid.uuid4()), "rows": plain}, salt=_salt(person), compress=True)


@require_POST
def hours_take_over(request):
    """Write what the preview showed; a second press writes nothing more."""
    must_fly(request.user)
    try:
        seen = signing.loads(request.POST.get("seen", ""), salt=_salt(request.user), max_age=AN_HOUR)
    except signing.BadSignature:
        messages.error(request, _("It is too long ago that you looked at this list. Choose the file once more."))
        return redirect("sessions:hours_list")
    days = {"on", "until_on"}
    rows = [{name: date.fromisoformat(value) if name in days else value for name, value in row.items()} for row in seen["rows"]]
    Flight.enter(rows, by=request.user, batch=uuid.UUID(seen["batch"]))
    sentence = ngettext("%(n)s row taken over.", "%(n)s rows taken over.", len(rows))
    messages.success(request, sentence % {"n": len(rows)})
    return redirect("sessions:hours")
