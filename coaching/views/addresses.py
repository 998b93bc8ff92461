"""The pages where someone says how we reach them: language, mails, and the e-mail address."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters

from coaching import accounts, attempts, links, nav, outbox
from coaching.access import respond
from coaching.clock import now
from coaching.forms.accounts import Account, ChangeAddress
from coaching.models import CalendarChoice
from coaching.refusals import Refused


def account(request):
    person = request.user
    parts = set(nav.Looker(request).parts)
    offered, calendar = outbox.offered_to(parts), CalendarChoice.of(person)
    now_chosen = {"language": person.language, "mails": outbox.wanted_kinds(person), "way": calendar.way, "with_place": calendar.with_place}
    form = Account(request.POST or None, asker=person, offered=offered, meets=bool(parts & {"coach", "client"}), initial=now_chosen)
    if form.is_valid():
        accounts.choose(person, **form.cleaned_data, offered=offered, at=now())
        with override(person.language):
            messages.info(request, _("Your choices are kept."))
        return redirect("coaching:account")
    return respond(request, "coaching/account.html", {"form": form, "calendar": calendar}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("current_password")
def address_change(request):
    """The same answer whether the new address is free or another's."""
    form, at = ChangeAddress(request.POST or None, asker=request.user), now()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _ask(request, form, at)
            return HttpResponseRedirect(reverse("coaching:address_change") + "?sent=1")
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 429 if isinstance(refused, attempts.TooOften) else 422
    return respond(request, "coaching/address_change.html", {"form": form, "sent": "sent" in request.GET}, status=status)


def _ask(request, form, at):
    network, email = attempts.network_of(request), form.cleaned_data["email"]
    accounts.recognise(email=request.user.email, password=form.cleaned_data["current_password"], network=network, at=at)
    attempts.ask_for_link(address=email, network=network, at=at)
    accounts.ask_address(request.user, email, at=at)


def address_confirm(request, token):
    """The link in the mail to the new address, opened by who is logged in. Opening changes nothing; the button does."""
    address = links.new_address(request.user, token)
    if address and request.method == "POST":
        try:
            accounts.change_address(request.user, token, at=now())
            messages.info(request, _("This is your address from now on. Log in with it."))
            return redirect("coaching:account")
        except Refused:
            address = None
    page = "coaching/address_confirm.html" if address else "coaching/link_lapsed.html"
    response = respond(request, page, {"address": address}, status=200 if address else 410)
    response["Referrer-Policy"] = "no-referrer"
    return response
