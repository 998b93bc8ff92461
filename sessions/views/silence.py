"""What falters in this coach's trajectories, and which questions does it ask of them? Never shown to anybody else (R20a)."""

from django.shortcuts import get_object_or_404

from coaching.access import respond
from coaching.clock import now
from coaching.discreet import not_on_screen
from sessions import question_bank
from sessions.listening import heard_by
from trajectories.doors import COACH
from trajectories.models import Trajectory


@not_on_screen
def silence(request):
    """Of all trajectories together; the coach's home takes its fragment."""
    return _respond(request, list(Trajectory.objects.seated(request.user, COACH).open().with_seats().latest_first()))


@not_on_screen
def silence_of(request, pk):
    """Of one trajectory; the coach's page of it takes the fragment."""
    return _respond(request, [get_object_or_404(Trajectory.objects.seated(request.user, COACH).with_seats(), pk=pk)], one=True)


def _respond(request, rows, *, one=False):
    heard = heard_by(request.user, rows, at=now())
    shown = [{"row": row, "falters": heard[row.pk]} for row in rows if heard[row.pk]]
    stall = question_bank.matching(question_bank.built_in(), phase="stall")
    context = {"shown": shown, "one": rows[0] if one else None, "question": stall[0] if shown else None}
    return respond(request, "sessions/silence.html", context, fragment="falters")
