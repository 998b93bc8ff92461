"""Asking for coaching, and the request as each of them sees it until there is a coach."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.desk import standing_proposals, the_one, waits_for
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.forms.requests import AskAsCoordinator, AskForAnother, AskForMyself, Decline, OwnWords
from trajectories.matching import languages_of, themes_of
from trajectories.models import Proposal, State, Trajectory
from trajectories.models import requests as asking
from trajectories.models.room import pool_for

EARLIER = 5  # trajectories to go on from


def ask(request):
    """Ask for coaching: for oneself, or (?for=other) for an employee."""
    other = request.GET.get("for") == "other"
    window = Window(request, "ask:other" if other else "ask")
    if window.autosave:
        return window.keep()
    form = _filled(window, _asking(request.user, other), asker=request.user, **({} if other else _for_oneself(request.user)))
    if form.is_bound and form.is_valid():
        try:
            return redirect(window.once(lambda: _address(asking.ask(by=request.user, at=now(), **form.request()))))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "other": other, "address": request.get_full_path()}
    return respond(request, "trajectories/ask.html", context, status=422 if form.errors else 200)


def _asking(person, other):
    if not other:
        return AskForMyself
    return AskAsCoordinator if person.coordinates else AskForAnother


def _for_oneself(person):
    return _themes(person) | {"earlier": list(Trajectory.objects.seated(person, CLIENT).to_continue().with_seats()[:EARLIER])}


def _themes(person):
    pool = list(pool_for(person))
    return {"themes": themes_of(pool), "languages": languages_of(pool)}


def _filled(window, form_class, **facts):
    """The form as it was posted; as it was kept; or, while a name is searched, as it was typed so far."""
    posted = window.request.POST
    searching = window.posted and ("find" in posted or "add" in posted)
    form = form_class(posted if window.posted and not searching else None, **facts)
    words = dict(posted.lists()) if searching else window.words
    return form.recall(words) if words else form


def _address(trajectory):
    return reverse("trajectories:request", args=[trajectory.pk])


def request_edit(request, pk):
    """The client's own words with the request, as long as there is no coach."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT).with_seats(), pk=pk)
    seat = trajectory.seat_of(request.user)
    window = Window(request, f"request:{pk}")
    if window.autosave:
        return window.keep()
    said = _own_words(trajectory, seat)
    form = _filled(window, OwnWords, asker=request.user, initial=said, **({} if said["wishes"] else _themes(request.user)))
    if form.is_bound and form.is_valid():
        try:
            return redirect(window.once(lambda: _told(trajectory, request.user, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "trajectory": trajectory}
    return respond(request, "trajectories/request_edit.html", context, status=422 if form.errors else 200)


def _told(trajectory, person, form):
    asking.tell(trajectory, by=person, at=now(), **form.words())
    return _address(trajectory)


def _own_words(trajectory, seat):
    """What the client wrote themselves, to go on with; words of the one who asked are not theirs to change."""
    abouts = list(trajectory.requests.open_to(seat).latest_first())
    wishes = list(trajectory.wishs.open_to(seat).latest_first())
    notes = list(trajectory.forcoordinators.open_to(seat).latest_first())
    look([*abouts, *wishes, *notes], by=seat, at=now())
    since = trajectory.accepted_at
    return {
        "about": next((row.about for row in abouts if row.part == CLIENT), ""),
        "wishes": next((row.words for row in wishes if since and row.worded_at >= since), ""),
        "for_coordinator": next((row.words for row in notes if since and row.worded_at >= since), ""),
    }


def request(request, pk):
    """What was asked and by whom; for the client also who is proposed, for a chosen coach whether they take the seat."""
    trajectory = get_object_or_404(Trajectory.objects.knowable_by(request.user).with_seats().select_related("asked_by"), pk=pk)
    seat = trajectory.seat_of(request.user)
    proposals = standing_proposals(request.user, [trajectory]) if trajectory.state == State.REQUESTED else []
    if seat is None and trajectory.asked_by_id != request.user.pk:
        own = next((one for one in proposals if one.person_id == request.user.pk), None)
        return respond(request, "trajectories/request_coach.html", {"trajectory": trajectory, "proposal": own})
    context = {"trajectory": trajectory, "seat": seat, "proposals": proposals, **_words(trajectory, request.user, seat)}
    if seat and seat.part == CLIENT:
        return _for_client(request, context)
    if seat and seat.part == COACH:
        return respond(request, "trajectories/request_matched.html", context)
    waits = waits_for(trajectory, proposals) if trajectory.state == State.REQUESTED else trajectory.state_name.capitalize()
    return respond(request, "trajectories/request_asker.html", context | {"waits": waits})


def _for_client(request, context, decline=None):
    """`decline`: their no as it was typed, when something is wrong with it."""
    context |= _to_answer(context["trajectory"], request.user, context["proposals"]) | ({"decline": decline} if decline else {})
    return respond(request, "trajectories/request.html", context, status=422 if decline else 200)


def _words(trajectory, person, seat):
    """Every row that this person may read, opened in one look."""
    rows = {"abouts": list(trajectory.requests.readable_by(person).earliest_first())}
    if seat and seat.part == CLIENT:
        rows["wishes"] = list(trajectory.wishs.readable_by(person).earliest_first())
        rows["notes"] = list(trajectory.forcoordinators.readable_by(person).earliest_first())
    if trajectory.state in (State.DECLINED, State.STOPPED):
        rows["endings"] = list(trajectory.endings.readable_by(person).latest_first())
    look([row for kind in rows.values() for row in kind], by=seat or person, at=now())
    return rows


def _to_answer(trajectory, person, proposals):
    """For the client: what they can say now."""
    asker = next((seat for seat in trajectory.seats if seat.person_id == trajectory.asked_by_id), None)
    return {
        "decline": Decline(asker=person, initial={"sentence": _usual(person)}),
        "busy": trajectory.waits_for_a_yes and Trajectory.objects.seated(person, CLIENT).open().taken_up().exists(),
        "chosen": next((proposal for proposal in proposals if proposal.chosen_at), None),
        "sponsors": (sponsors := [seat for seat in trajectory.seats if seat.part == SPONSOR]),
        "know": _know(trajectory, person, sponsors, asker),
        "asker_part": asker.part if asker else "desk",
        "earlier": the_one(Trajectory.objects.seated(person, CLIENT).to_continue().with_seats(), trajectory.continues_id)
        if trajectory.continues_id
        else None,
    }


def _know(trajectory, person, sponsors, asker):
    """The first names of those, beside the coordinators, who know that this was asked."""
    people = [seat.person for seat in sponsors if seat.confirmed_at] + ([trajectory.asked_by] if asker else [])
    return list(dict.fromkeys(one.first_name for one in people if one.pk != person.pk))


def _done(request, verb, *, to):
    """Run a verb and go on; a refusal is told on the next page."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(to)


def _mine(request, pk, *parts):
    return get_object_or_404(Trajectory.objects.seated(request.user, *parts), pk=pk)


@require_POST
def accept(request, pk):
    trajectory = _mine(request, pk, CLIENT)
    return _done(request, lambda: trajectory.accept(by=request.user, at=now()), to=_address(trajectory))


@require_POST
def talk_first(request, pk):
    """The client asks to talk with a coordinator before they answer."""
    trajectory = _mine(request, pk, CLIENT)
    return _done(request, lambda: trajectory.talk_first(by=request.user, at=now()), to=_address(trajectory))


@require_POST
def decline(request, pk):
    """The client says no, with a sentence for who asked; emptied, a neutral one."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT).with_seats().select_related("asked_by"), pk=pk)
    form = Decline(request.POST, asker=request.user)
    if not form.is_valid() and trajectory.waits_for_a_yes:
        seat = trajectory.seat_of(request.user)
        proposals = standing_proposals(request.user, [trajectory])
        context = {"trajectory": trajectory, "seat": seat, "proposals": proposals, **_words(trajectory, request.user, seat)}
        return _for_client(request, context, decline=form)
    sentence = form.cleaned_data.get("sentence") or _usual(request.user)
    return _done(request, lambda: trajectory.decline(by=request.user, at=now(), sentence=sentence), to=_address(trajectory))


def _usual(client):
    return _("%(name)s does not begin with coaching now.") % {"name": client.first_name}


@require_POST
def withdraw(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.visible_to(request.user), pk=pk)
    return _done(request, lambda: trajectory.withdraw(by=request.user, at=now()), to=reverse("coaching:home"))


@require_POST
def read_decline(request, pk):
    """Who asked has read the sentence; then it is gone for them."""
    trajectory = get_object_or_404(Trajectory.objects.visible_to(request.user), pk=pk)
    return _done(request, lambda: trajectory.read_decline(by=request.user, at=now()), to=reverse("coaching:home"))


@require_POST
def choose(request, pk):
    """The client picks one of the proposed coaches."""
    trajectory = _mine(request, pk, CLIENT)
    proposals = {str(one.pk): one for one in standing_proposals(request.user, [trajectory])}
    proposal = proposals.get(request.POST.get("proposal"))
    if proposal is None:
        messages.error(request, _("Choose one of the coaches who were proposed to you."))
        return redirect(_address(trajectory))
    return _done(request, lambda: proposal.choose(by=request.user, at=now()), to=_address(trajectory))


@require_POST
def pass_by(request, pk):
    """The client passes a proposed coach by, or the chosen coach says that they cannot."""
    proposal = get_object_or_404(Proposal.objects.readable_by(request.user).current().to_answer_by(request.user), pk=pk)
    to = reverse("coaching:home") if proposal.person_id == request.user.pk else _address(proposal.trajectory)
    return _done(request, lambda: proposal.pass_by(by=request.user, at=now()), to=to)


@require_POST
def take_seat(request, pk):
    """The chosen coach says yes: the intake begins."""
    proposal = get_object_or_404(Proposal.objects.readable_by(request.user).waiting_for(request.user), trajectory=pk)
    trajectory = proposal.trajectory
    return _done(request, lambda: trajectory.take_seat(by=request.user, at=now()), to=trajectory.get_absolute_url())


@require_POST
def no_match(request, pk):
    """After meeting, coach or client says no; no reason is asked."""
    trajectory = _mine(request, pk, COACH, CLIENT)
    client = trajectory.client.person_id == request.user.pk
    to = _address(trajectory) if client else reverse("coaching:home")
    return _done(request, lambda: trajectory.no_match(by=request.user, at=now()), to=to)
