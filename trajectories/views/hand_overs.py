"""Another coach: a coordinator proposes, the client reads what would go along and decides, the second yes hands over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from trajectories.desk import the_one
from trajectories.doors import CLIENT, COACH
from trajectories.hand_over_page import PATHS, hand_over_page, went_along
from trajectories.models import HandOver, Trajectory
from trajectories.models.room import pool_for
from trajectories.older import NAMES, Reading, sheet, sheets_of
from trajectories.pool import sought
from trajectories.views.matching import fitting
from trajectories.views.trying import number, tried

KINDS = {path: kind for kind, path in PATHS.items()}  # by the word in the address


def hand_over(request, pk):
    """A coordinator proposes who takes over; the client and the new coach see what that means and answer."""
    proposed = HandOver.objects.readable_by(request.user).in_trajectory(pk).open().with_people().first()
    desk = the_one(Trajectory.objects.coordinated_by(request.user).with_seats(), pk)
    if desk:
        return _proposing(request, desk, proposed)
    if proposed is None or not _answers(request.user, proposed):
        raise Http404
    if proposed.person_id == request.user.pk:
        context = {"trajectory": proposed.trajectory, "proposed": proposed, "said": proposed.said_by(request.user)}
        return respond(request, "trajectories/hand_over_coach.html", context)
    page = hand_over_page(proposed, by=request.user, at=now())
    return respond(request, "trajectories/hand_over.html", {"trajectory": proposed.trajectory, "proposed": proposed, "page": page})


def hand_over_older(request, pk, kind):
    """The older words of one kind, exactly as the next coach would read them; the client lets them go along, or keeps them closed."""
    decides = HandOver.objects.readable_by(request.user).decided_by(request.user).in_trajectory(pk).with_people()
    proposed = decides.open().first()
    if kind not in KINDS:
        raise Http404
    if proposed is None:
        return _settled(request, decides.latest_first().first())
    if request.method == "POST":
        tried(request, lambda: _let_along(request, proposed, KINDS[kind]))
        return redirect("trajectories:hand_over", pk=pk)
    reading = Reading.taken_up(request.GET.get("read", ""), proposed, KINDS[kind], at=now())
    wanted = min(number(request.GET.get("sheet")) or 1, reading.sheets + 1)
    found = sheet(proposed.trajectory, KINDS[kind], by=request.user, at=reading.began_at, number=wanted)
    context = {"trajectory": proposed.trajectory, "proposed": proposed, "sheet": found, "name": NAMES[KINDS[kind]]}
    context |= {"read": reading.of_sheet(found.number).mark, "seat": proposed.trajectory.seat_of(request.user)}
    context |= {"here": reverse("trajectories:hand_over_older", args=[pk, kind]), "goes": KINDS[kind] in proposed.older}
    return respond(request, "trajectories/hand_over_older.html", context)


def _settled(request, proposed):
    """The client still had a sheet open: what was decided meanwhile; 404 where nobody was ever proposed."""
    if proposed is None:
        raise Http404
    if request.method == "POST":
        return redirect(request.path)
    context = {"trajectory": proposed.trajectory, "proposed": proposed, "kinds": went_along(proposed)}
    context["seat"] = proposed.trajectory.seat_of(request.user)
    return respond(request, "trajectories/hand_over_settled.html", context)


def _let_along(request, proposed, kind):
    """What the client saw on all sheets goes along, as they saw it."""
    if request.POST.get("goes") != "yes":
        return proposed.let_along(kind, by=request.user, at=now(), goes=False)
    reading = Reading.taken_up(request.POST.get("read", ""), proposed, kind, at=now())
    if reading.sheets < sheets_of(kind):
        raise Refused(_("Read all of it first, as it would be read. Then decide."))
    return proposed.let_along(kind, by=request.user, at=reading.began_at, goes=True)


def _answers(person, proposed):
    seat = proposed.trajectory.seat_of(person)
    return proposed.person_id == person.pk or (seat is not None and seat.part == CLIENT)


def _proposing(request, trajectory, proposed):
    pool = {str(coach.pk): coach for coach in pool_for(request.user)}
    if request.method == "POST":
        try:
            coach = pool.get(request.POST.get("coach"))
            if coach is None:
                raise Refused(_("Choose who takes over."))
            HandOver.propose(trajectory, coach, by=request.user, at=now())
            return redirect("trajectories:hand_over", pk=trajectory.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    found = None if proposed else fitting(request.user, trajectory, "", pool=list(pool.values()))
    context = {"trajectory": trajectory, "proposed": proposed, "found": found}
    if found:
        context["sought"] = sought(found, q=request.GET.get("q", "").replace("\x00", "")[:100], page=request.GET.get("page"))
        context["page"] = context["sought"].page
    return respond(request, "trajectories/hand_over_propose.html", context, fragment="found")


def _asked(request, pk):
    """The hand-over that the page of who answers showed. Raises Refused when it was settled or another one came, Http404 for others."""
    proposed = HandOver.objects.readable_by(request.user).in_trajectory(pk).open().with_people().first()
    answers = proposed is not None and _answers(request.user, proposed)
    if not answers and not the_one(Trajectory.objects.seated(request.user, CLIENT, COACH), pk):
        raise Http404
    if not answers:
        raise Refused(_("This hand-over has been settled already."))
    if str(proposed.pk) != request.POST.get("read"):
        raise Refused(_("Meanwhile somebody else was proposed. Look once more before you answer."))
    return proposed


def _back(request, pk):
    seated = the_one(Trajectory.objects.visible_to(request.user), pk)
    return redirect(seated or "coaching:home")


@require_POST
def hand_over_yes(request, pk):
    """The client's yes, or the new coach's; with the second one it happens."""
    tried(request, lambda: _asked(request, pk).say_yes(by=request.user, at=now()))
    return _back(request, pk)


@require_POST
def hand_over_no(request, pk):
    tried(request, lambda: _asked(request, pk).say_no(by=request.user, at=now()))
    return _back(request, pk)


@require_POST
def another_coach(request, pk):
    """Client or coach asks for a hand-over; with `undo`, they take that back."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    if "undo" in request.POST:
        tried(request, lambda: trajectory.keep_this_coach(by=request.user, at=now()), _("Taken back. Everything stays as it is."))
    else:
        said = _("The coordinators have been asked. Nothing changes until you say yes to somebody.")
        tried(request, lambda: trajectory.ask_for_another_coach(by=request.user, at=now()), said)
    return redirect(trajectory)
