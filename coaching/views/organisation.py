"""The pages of a site administrator: the organisation and its units. No trajectory is seen here, not even that one exists."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching import logo
from coaching import organisation as house
from coaching import units as branches
from coaching.access import respond
from coaching.clock import now
from coaching.forms.organisation import ForOrganisation, ForUnit
from coaching.models import Organisation
from coaching.refusals import Refused
from coaching.roles import for_admins
from coaching.zone import zone

PER_PAGE = 50
TERMS = ("name", "language", "time_zone", "cover_colour", "follow_up_months", "follow_up_again_months")
TERMS += ("private_days", "content_months", "report_months")


@for_admins
def organisation(request):
    row = Organisation.current()
    initial = {name: getattr(row, name) for name in TERMS} | {"days_off": "\n".join(row.days_off), "time_zone": str(zone())}
    form = ForOrganisation(request.POST or None, request.FILES or None, asker=request.user, initial=initial)
    if form.is_valid():
        try:
            facts = dict(form.cleaned_data)
            facts["logo"] = logo.redrawn(facts["logo"]) if facts["logo"] else None
            house.change(by=request.user, at=now(), **facts)
            messages.info(request, _("Kept. New terms count from now on."))
            return redirect("coaching:organisation")
        except Refused as refusal:
            form.add_error("logo", str(refusal))
    context = {"form": form, "row": row, "logo": logo.as_address(house.logo()), "now": now()}
    return respond(request, "coaching/organisation.html", context, status=422 if form.errors else 200)


@for_admins
def units(request):
    """The tree, fifty units at a time and searched by name, and a form for a new unit."""
    tree, words = branches.tree(), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    form = ForUnit(request.POST or None, asker=request.user, units=branches.choices(_("Nothing: it stands at the top"), tree))
    if form.is_valid():
        try:
            branches.add(**form.cleaned_data, by=request.user)
            return redirect("coaching:units")
        except Refused as refusal:
            form.add_error("name", str(refusal))
    found = branches.called(tree, words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "tree": branches.around(tree, page.object_list),
        "page": page,
        "number": len(found),
        "q": words,
        "many": len(tree) > PER_PAGE,
    }
    return respond(request, "coaching/units.html", context, fragment="units-found", status=422 if form.errors else 200)


@for_admins
def unit(request, pk):
    row = get_object_or_404(branches.administered_by(request.user), pk=pk)
    initial = {"name": row.name, "parent": str(row.parent_id or ""), "no_distance": row.no_distance}
    choices = branches.choices(_("Nothing: it stands at the top"))
    form = ForUnit(request.POST or None, asker=request.user, initial=initial, units=choices)
    if form.is_valid():
        try:
            branches.change(row, **form.cleaned_data, by=request.user, at=now())
            messages.info(request, _("Kept."))
            return redirect("coaching:units")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "row": row, "nav_here": "coaching:units"}
    return respond(request, "coaching/unit.html", context, status=422 if form.errors else 200)


@require_POST
@for_admins
def unit_remove(request, pk):
    row = get_object_or_404(branches.administered_by(request.user), pk=pk)
    try:
        branches.remove(row, by=request.user)
        messages.info(request, _("%(name)s is no longer in the tree.") % {"name": row.name})
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("coaching:unit", row.pk)
    return redirect("coaching:units")
