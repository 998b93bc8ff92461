"""Questions by a link in a mail: no login, no names, nothing that was said before (R18; security.md, Links in mail).

The secret stands in one address only, and a press of a button exchanges it for a cookie; a robot that opens it uses nothing up. A secret
that was used, ran out or never was gets the same page. These pages carry `no-referrer`, so a browser names no origin when it posts:
instead of that Django's own check, each form repeats a proof that only our page of this visit holds.
"""

import uuid
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.access import respond
from coaching.attempts import TooOften, network_of
from coaching.clock import now
from coaching.refusals import Refused
from coaching.templatetags.house import clock
from coaching.traces import look
from trajectories.bounds import check_link, wrong_link
from trajectories.by_link import Visit, kinds, visit
from trajectories.doors import CLIENT
from trajectories.forms.checkins import PageForm
from trajectories.forms.goals import OutsideForm
from trajectories.models import Goal, LinkInvitation
from trajectories.progress_line import progress_line
from trajectories.questionnaires import questionnaire

SALT = "trajectories.links"
TWO_HOURS = 2 * 60 * 60  # in seconds, from the last page on
COOKIE = "questions" if settings.DEBUG else "__Host-questions"


class SeeOther(HttpResponseRedirect):
    status_code = 303


def unnamed(view):
    """A page of a link: no login, and nothing about its address goes along to anywhere."""

    @wraps(view)
    def sent(request, *args, **facts):
        try:
            response = view(request, *args, **facts)
        except TooOften as often:
            response = respond(request, "trajectories/link_gone.html", {"often": str(often)}, status=429)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(csrf_exempt(sent))


def gone(request):
    """Used, run out, never given, or another browser: one page."""
    response = respond(request, "trajectories/link_gone.html", {}, status=410)
    response.delete_cookie(COOKIE)
    return response


@unnamed
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, token):
    """What the mail leads to: how long it takes and a button. Only the button goes on, and nothing is used up by it."""
    at = now()
    check_link(network=network_of(request), at=at)
    invitation = LinkInvitation.at(token, at=at)
    if invitation is None or kinds[invitation.kind].row(invitation.thing) is None:
        wrong_link(network=network_of(request), at=at)
        return gone(request)
    _speak(invitation)
    if request.method != "POST":
        context = {"asked": questionnaire(kinds[invitation.kind].questions), "proof": proof(token), "key": uuid.uuid4()}
        return respond(request, "trajectories/link.html", context)
    if not _by_our_page(request, token) or request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return gone(request)
    here = entered(request, at)
    here = here if here and here.invitation == invitation else Visit(invitation, uuid.uuid4().hex, at)
    return remembered(SeeOther(reverse("trajectories:link_step", args=[here.first_open])), here)


def entered(request, at):
    """The visit that the cookie of this browser stands for, or None: no cookie, two hours old, or there is nothing to answer any more."""
    key, browser = _cookie(request)
    here = visit(key, browser, at=at) if key else None
    if here:
        _speak(here.invitation)
    return here


def _cookie(request):
    """(key of the invitation, visit), or (None, None) when it is not ours or two hours old."""
    try:
        key, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=TWO_HOURS)
        return uuid.UUID(key), browser
    except (signing.BadSignature, ValueError, TypeError):
        return None, None


def _speak(invitation):
    """The language of the mail that the link stood in."""
    translation.activate(invitation.seat.person.language)


def remembered(response, here):
    """Good for these questions alone, and for two hours more."""
    value = signing.dumps([str(here.invitation.pk), here.key], salt=SALT)
    facts = {"secure": not settings.DEBUG, "httponly": True, "samesite": "Lax"}
    response.set_cookie(COOKIE, value, max_age=TWO_HOURS, **facts)
    return response


def proof(secret):
    """What the forms of one link or one visit repeat: who did not get the page cannot know it."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()


def _by_our_page(request, secret):
    return request.method != "POST" or constant_time_compare(request.POST.get("proof", ""), proof(secret))


@unnamed
@require_http_methods(["GET", "HEAD", "POST"])
def link_step(request, step):
    """One page of the questions; the one after the last says who reads them, and sends."""
    here = entered(request, now())
    if here is None or not _by_our_page(request, here.secret) or not 1 <= step <= len(here.pages) + 1:
        return gone(request)
    if step > len(here.pages):
        return remembered(_last(request, here), here)
    page = here.pages[step - 1]
    form = PageForm(page, request.POST if request.method == "POST" else None, asker=here.invitation.seat.person)
    said = {name: request.POST.get(name, "").strip() for name in form.fields}
    if "X-Keep" in request.headers:
        here.keep(said, window=_window(request), turn=_turn(request))
        return remembered(JsonResponse({"saved": _("Draft saved at %(time)s") % {"time": clock(here.at)}}), here)
    if request.method == "POST" and form.is_valid():
        here.keep(said, window=_window(request))
        return remembered(SeeOther(reverse("trajectories:link_step", args=[step + 1])), here)
    if request.method != "POST":
        form.recall({name: [answer] for name, answer in here.own.items()})
    waits = any(asked.name in here.elsewhere for asked in page.asked)
    context = _around(here, step) | {"page": page, "form": form, "elsewhere": waits}
    return remembered(respond(request, "trajectories/link_step.html", context, status=422 if form.errors else 200), here)


def _window(request):
    return request.POST.get("key", "")[:40]


def _turn(request):
    turn = request.POST.get("turn", "")
    return int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 9 else 0


def _around(here, step):
    total = len(here.pages) + 1
    facts = {
        "asked": here.asked,
        "proof": proof(here.secret),
        "key": uuid.uuid4(),
        "inside": here.kind.inside,
        "thing": here.invitation.thing,
    }
    return facts | {"step": step, "before": step - 1, "total": total, "line": progress_line(step, total)}


def _last(request, here, *, refusal=None):
    context = _around(here, len(here.pages) + 1) | {"lines": here.lines, "elsewhere": len(here.elsewhere), "refusal": refusal}
    return respond(request, "trajectories/link_last.html", context, status=422 if refusal else 200)


@unnamed
@require_POST
def link_send(request):
    """Hand it in, once. Nothing goes to a sponsor from here."""
    here = entered(request, now())
    if here is None and _pressed_twice(request):
        return SeeOther(reverse("trajectories:link_done"))
    if here is None or not _by_our_page(request, here.secret):
        return gone(request)
    try:
        here.send(with_elsewhere="elsewhere" in request.POST)
    except Refused as refusal:
        return remembered(_last(request, here, refusal=str(refusal)), here)
    response = SeeOther(reverse("trajectories:link_done"))
    response.delete_cookie(COOKIE)
    return response


def _pressed_twice(request):
    """Whether this very page was sent a moment ago: a second press gets the answer of the first."""
    key, browser = _cookie(request)
    return key and _by_our_page(request, f"{key} {browser}") and LinkInvitation.was_answered(key)


@unnamed
@require_safe
def link_done(request):
    """Thank you, and who reads it; the same for everyone who opens this address."""
    return respond(request, "trajectories/link_done.html", {})


def goal_outside(request, pk):
    """The client chooses by which name a link may call a goal; without one it has its number."""
    row = get_object_or_404(Goal.objects.editable_by(request.user).where_seated(request.user, CLIENT), pk=pk)
    seat = row.trajectory.seat_of(request.user)
    look([row], by=seat, at=now())
    form = OutsideForm(request.POST or None, asker=request.user, initial={"words": row.outside_name or ""})
    if form.is_valid():
        try:
            row.name_outside(by=request.user, at=now(), **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect(row)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return respond(request, "trajectories/goal_outside.html", {"form": form, "goal": row, "seat": seat}, status=422 if form.errors else 200)
