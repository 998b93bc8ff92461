"""Beside a session: which topics came up, which questions go along, which were asked? For its coach; topics also for the client."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.discreet import is_discreet
from coaching.refusals import Refused
from sessions import question_bank
from sessions.asked_page import beside
from sessions.bank_page import found
from sessions.models import AskedQuestion, CoachingSession, Topic
from sessions.record import seen
from trajectories.doors import COACH

SHOWS = {"after": "proposal", "q": "hits"}  # what is asked with: which part comes back


def asked(request, pk):
    """The topics and the questions of a session: a page, or the part of it that the log shows beside itself."""
    session, seat = seen(request.user, pk, COACH)
    if request.method == "POST":
        return _act(request, session)
    at, sought = now(), request.GET.get("q", "").replace("\x00", "")[: question_bank.LONGEST]
    shown = beside(session, seat, at=at, sought=sought, after=request.GET.get("after", ""), discreet=is_discreet(request))
    context = {"beside": shown, "session": session, "client": session.trajectory.client, "is_past": session.starts_at <= at}
    context["topics_too"] = request.GET.get("here") != "preparation"
    fragment = next((name for asks, name in SHOWS.items() if asks in request.GET), "beside")
    if request.GET.get("here") == "log":
        fragment = "brought"
    return respond(request, "sessions/asked.html", context, fragment=fragment)


def _act(request, session):
    """One press: take a question along, say that it was asked or was not, or leave it out."""
    try:
        if "take" in request.POST:
            _take(request, session)
        elif "asked" in request.POST:
            _row(request, session, "asked").ask(by=request.user, at=now(), done="done" in request.POST)
        elif "leave" in request.POST:
            _row(request, session, "leave").leave_out(by=request.user, at=now())
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
    if "bank" in request.POST:
        return _back_to_the_bank(request, session)
    return HttpResponse(status=204) if request.htmx and "asked" in request.POST else redirect("sessions:asked", session.pk)


def _take(request, session):
    question = found(request.user, request.POST["take"], at=now())
    if question is None:
        raise Http404
    AskedQuestion.take_along(session, by=request.user, at=now(), question=question.key, words=question.words)


def _row(request, session, name):
    rows = AskedQuestion.objects.editable_by(request.user).of(session).with_trajectory()
    return get_object_or_404(rows, question=request.POST[name].replace("\x00", ""))


def _back_to_the_bank(request, session):
    if request.htmx:
        return respond(request, "sessions/questions.html", {"session": session}, fragment="taken")
    messages.info(request, _("The question goes along to session %(number)s.") % {"number": session.number})
    return redirect(reverse("sessions:questions") + f"?met={session.trajectory_id}")


@require_POST
def topic_reached(request, pk):
    """A topic was talked about in a session, or was not after all. htmx gets 204, or 409 with the tick going back."""
    topic = get_object_or_404(Topic.objects.editable_by(request.user).with_session(), pk=pk)
    try:
        session = get_object_or_404(CoachingSession.objects.readable_by(request.user), pk=uuid.UUID(request.POST.get("session", "")))
    except ValueError:
        session = topic.session
    try:
        topic.reach(by=request.user, at=now(), session=session, done="done" in request.POST)
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
    return HttpResponse(status=204) if request.htmx else redirect(session)
