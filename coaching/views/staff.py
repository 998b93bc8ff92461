"""The pages of a site administrator about accounts: who is here, what they may, and who has left."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching import staff, units
from coaching.access import respond
from coaching.clock import now
from coaching.forms.staff import NewAccount, OneAccount
from coaching.refusals import Refused
from coaching.roles import for_admins

PER_PAGE = 50
HERE = {"nav_here": "coaching:accounts"}


@for_admins
@require_GET
def accounts(request):
    """Everyone, fifty at a time; found by name, address or staff number."""
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(staff.called(staff.administered_by(request.user), words), PER_PAGE).get_page(request.GET.get("page"))
    return respond(request, "coaching/accounts.html", {"page": page, "q": words}, fragment="account-rows")


@for_admins
def account_new(request):
    facts = {"units": units.choices(_("Choose a unit")), "find_manager": staff.manager_called}
    form = NewAccount(request.POST or None, asker=request.user, initial={"language": request.user.language}, **facts)
    if form.is_valid():
        try:
            person = staff.add(**form.facts, by=request.user, at=now())
            messages.info(request, _("An invitation goes to %(email)s.") % {"email": person.email})
            return redirect("coaching:account_of", person.pk)
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return respond(request, "coaching/account_new.html", {"form": form} | HERE, status=422 if form.errors else 200)


@for_admins
def account_of(request, pk):
    person = get_object_or_404(staff.administered_by(request.user), pk=pk)
    initial = {name: getattr(person, name) for name in ("name", "email", "function", "staff_number", "coordinates", "administers")}
    initial |= {"unit": str(person.unit_id or ""), "manager": person.manager.email if person.manager else ""}
    facts = {"person": person, "units": units.choices(_("None")), "find_manager": staff.manager_called, "initial": initial}
    form = OneAccount(request.POST or None, asker=request.user, **facts)
    if form.is_valid():
        try:
            staff.change(person, **form.facts, by=request.user, at=now())
            messages.info(request, _("Kept."))
            return redirect("coaching:account_of", person.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "person": person, "has_password": person.has_usable_password()} | HERE
    return respond(request, "coaching/account_of.html", context, status=422 if form.errors else 200)


def _act(request, pk, verb, sentence):
    """One of the acts on an account: door, verb, message, answer."""
    person = get_object_or_404(staff.administered_by(request.user), pk=pk)
    try:
        verb(person, by=request.user, at=now())
        messages.info(request, sentence % {"name": person.name, "email": person.email})
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:account_of", person.pk)


@require_POST
@for_admins
def account_invite(request, pk):
    return _act(request, pk, staff.invite, _("An invitation goes to %(email)s."))


@require_POST
@for_admins
def account_deactivate(request, pk):
    return _act(
        request,
        pk,
        staff.deactivate,
        _("The account of %(name)s is off. Whoever was logged in with it is no longer. What asks for somebody else is looked after."),
    )


@require_POST
@for_admins
def account_reactivate(request, pk):
    return _act(request, pk, staff.reactivate, _("The account of %(name)s is on again. An invitation goes to %(email)s."))
