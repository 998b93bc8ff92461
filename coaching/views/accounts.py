"""The pages of one's own account: logging in and out, a password, an address, the part one looks from."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from coaching import accounts, nav
from coaching.access import respond
from coaching.attempts import TooOften, network_of
from coaching.clock import now
from coaching.forms.accounts import LogIn
from coaching.models import Organisation
from coaching.refusals import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request):
    """Where to after logging in: an address of our own that `next` names, else home."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if ours else reverse("coaching:home")


@login_not_required
@sensitive_post_parameters("password")
def login(request):
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form, status = LogIn(request.POST or None), 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                person = accounts.recognise(**form.cleaned_data, network=network_of(request), at=now())
                auth.login(request, person, backend=BACKEND)
                return HttpResponseRedirect(_next(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 429 if isinstance(refused, TooOften) else 422
    context = {"form": form, "next": request.GET.get("next", ""), "demo": accounts.demo_choice()}
    return respond(request, "coaching/login.html", context, status=status)


@login_not_required
@require_POST
def demo_login(request, pk):
    """Only in a development run: one click, and you are one of the demo people."""
    person = accounts.demo_person(pk)
    if person is None:
        raise Http404
    auth.login(request, person, backend=BACKEND)
    return HttpResponseRedirect(_next(request))


@login_not_required
@require_POST
def logout(request):
    auth.logout(request)
    messages.info(request, _("You are logged out."))
    return redirect("coaching:login")


def home(request):
    """The home of the part last looked from, else of the first one that a person has."""
    place = nav.PLACES[nav.Looker(request).part][0][0]
    return HttpResponseRedirect(nav.address(place) or reverse("coaching:account"))


@require_POST
def look_as(request):
    accounts.look_as(request.user, request.POST.get("part", ""), parts=nav.Looker(request).parts)
    return redirect("coaching:home")


@login_not_required
@require_GET
def still_here(request):
    """For the script that keeps texts: 204 with a token that works now and who is logged in, or 401. Only for our own pages."""
    if not (request.user.is_authenticated and _from_here(request)):
        return HttpResponse(status=401)
    response = HttpResponse(status=204)
    response["X-CSRF-Token"], response["X-Person"] = get_token(request), request.user.mark
    return response


def _from_here(request):
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer")
    return told is None or url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()})


@login_not_required
@require_GET
def kept(request):
    return respond(request, "coaching/kept.html", {"terms": Organisation.current()})
