"""The pages where someone chooses a password: by a link in a mail, or by telling the one they have."""

from functools import partial

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from coaching import accounts, attempts, links
from coaching.access import respond
from coaching.clock import now
from coaching.forms.accounts import AskLink, ChangePassword, ChoosePassword
from coaching.refusals import Refused

HELD = "password_link"  # in the session, so that the token leaves the address bar
IN_SESSION = "choose"


class AnswerFirst(HttpResponseRedirect):
    """A redirect that does its work once the browser has its answer: how long that takes tells nobody anything."""

    def __init__(self, to, *, then):
        super().__init__(to)
        self.then = then

    def close(self):
        try:
            self.then()
        finally:
            super().close()


@login_not_required
def password_forgotten(request):
    """The same answer, after the same work, whether the address exists or not."""
    form, status = AskLink(request.POST or None), 422 if request.method == "POST" else 200
    if form.is_valid():
        email, at = form.cleaned_data["email"], now()
        try:
            attempts.ask_for_link(address=email, network=attempts.network_of(request), at=at)
            return AnswerFirst(reverse("coaching:password_forgotten") + "?sent=1", then=partial(accounts.send_password_link, email, at=at))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 429
    return respond(request, "coaching/password_forgotten.html", {"form": form, "sent": "sent" in request.GET}, status=status)


@login_not_required
@sensitive_post_parameters("password", "password_again")
def password_link(request, uid, token):
    """The link from a mail. Its token moves to the session at once; opening it changes nothing and logs nobody in."""
    person = links.person_of(uid)
    held = request.session.get(HELD, "") if token == IN_SESSION else token
    if not links.opens_password(person, held):
        return _private(respond(request, "coaching/link_lapsed.html", {}, status=410))
    if token != IN_SESSION:
        request.session[HELD] = token
        return _private(redirect("coaching:password_link", uid, IN_SESSION))
    form = ChoosePassword(request.POST or None, asker=person)
    if form.is_valid():
        accounts.choose_password(person, form.cleaned_data["password"], at=now())
        del request.session[HELD]
        messages.info(request, _("Your password is kept. Log in with it."))
        return redirect("coaching:login")
    status = 422 if form.is_bound else 200
    return _private(respond(request, "coaching/password_link.html", {"form": form, "email": person.email}, status=status))


def _private(response):
    response["Referrer-Policy"] = "no-referrer"
    return response


@sensitive_post_parameters("current_password", "password", "password_again")
def password_change(request):
    form, at = ChangePassword(request.POST or None, asker=request.user), now()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _own_password(request, form, at)
            accounts.choose_password(request.user, form.cleaned_data["password"], at=at)
            auth.update_session_auth_hash(request, request.user)
            messages.info(request, _("Your password is changed. Other devices are logged out."))
            return redirect("coaching:account")
        except Refused as refused:
            form.add_error("current_password", str(refused))
            status = 429 if isinstance(refused, attempts.TooOften) else 422
    return respond(request, "coaching/password_change.html", {"form": form}, status=status)


def _own_password(request, form, at):
    """Refused, and counted, when the password typed is not theirs: a screen left open is not enough."""
    network = attempts.network_of(request)
    accounts.recognise(email=request.user.email, password=form.cleaned_data["current_password"], network=network, at=at)
