"""The pages where a coordinator or site administrator reads in a staff list: choose, look, take over or put aside."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from coaching import staff
from coaching.access import respond
from coaching.clock import now
from coaching.forms.staff import Absent, Columns, StaffList
from coaching.imports import lists, mending, showing
from coaching.models import Import
from coaching.refusals import Refused
from coaching.roles import for_admins, for_list_bringers

HERE = {"nav_here": "coaching:staff_list"}


def _own(request, pk):
    return get_object_or_404(Import.objects.readable_by(request.user), pk=pk)


@for_list_bringers
def staff_list(request):
    """Choose a file; and what was read in before."""
    form = StaffList(request.POST, request.FILES, asker=request.user) if request.method == "POST" else StaffList()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("coaching:staff_import", lists.bring(file.read(), file.name, by=request.user, at=now()).pk)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    earlier = Import.objects.readable_by(request.user).without_words().newest_first()[:10]
    return respond(request, "coaching/staff_list.html", {"form": form, "earlier": earlier} | HERE, status=422 if form.errors else 200)


@for_list_bringers
@require_GET
def staff_import(request, pk):
    """One list, as far as it is: being read, columns to point out, the preview, or what was done."""
    row = _own(request, pk)
    seen = {} if row.state == "busy" else lists.shown(row, by=request.user)
    if row.state == "columns" and seen:
        return redirect("coaching:staff_columns", row.pk)
    context = {"row": row} | showing.page(row, seen, asker=request.user) | HERE
    return respond(request, "coaching/staff_import.html", context, fragment="staff-progress")


@for_list_bringers
def staff_columns(request, pk):
    """Point out by hand what the columns hold."""
    row = _own(request, pk)
    seen = lists.shown(row, by=request.user)
    if not seen or row.state not in {"columns", "ready"}:
        raise Http404
    columns = {name: seen[name] for name in ("names", "kinds", "samples")}
    form = Columns(request.POST if request.method == "POST" else None, asker=request.user, **columns)
    if form.is_valid():
        try:
            lists.point_out(row, form.chosen, by=request.user, at=now())
            return redirect("coaching:staff_import", row.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "row": row, "missing": showing.kinds(seen["missing"])} | HERE
    return respond(request, "coaching/staff_columns.html", context, status=422 if form.errors else 200)


@require_POST
@for_list_bringers
def staff_take_over(request, pk):
    row = _own(request, pk)
    try:
        lists.take_over(row, by=request.user, at=now(), seen=request.POST.get("seen", ""), sure="sure" in request.POST)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:staff_import", row.pk)


@require_POST
@for_list_bringers
def staff_put_aside(request, pk):
    row = _own(request, pk)
    try:
        lists.put_aside(row, by=request.user, at=now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:staff_list")


@for_list_bringers
@require_GET
def staff_refused(request, pk):
    """The refused rows as a CSV of their own, to mend and read in again."""
    row = _own(request, pk)
    seen = lists.shown(row, by=request.user)
    if not row.file or not seen.get("refused"):
        raise Http404
    return mending.download(row.file, seen)


@for_admins
def staff_absent(request, pk):
    """Who was not in a list that was taken over, or that changes nothing; switching them off is an act of its own."""
    row = _own(request, pk)
    seen = lists.shown(row, by=request.user)
    if not seen or not (row.state == "done" or (row.state == "ready" and not row.counts.get("changes"))):
        raise Http404
    people = showing.still_here(seen["absent"], staff.administered_by(request.user))
    form = Absent(request.POST if request.method == "POST" else None, asker=request.user, people=people)
    if form.is_valid():
        try:
            number = staff.deactivate_all(form.cleaned_data["gone"], by=request.user, at=now())
            messages.info(request, ngettext("%(n)s account is off now.", "%(n)s accounts are off now.", number) % {"n": number})
            return redirect("coaching:staff_absent", row.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    unlisted = max(row.counts.get("absent", 0) - len(seen["absent"]), 0)
    context = {"form": form, "row": row, "people": people, "unlisted": unlisted} | HERE
    return respond(request, "coaching/staff_absent.html", context, status=422 if form.errors else 200)
