"""What does a view say when a verb did it, or refused; and where in the menu is one then?"""

from django.contrib import messages
from django.shortcuts import redirect

from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH


def tried(request, verb, said=""):
    """Run `verb()`; `said` (a sentence) when it did it, the refusal's own sentence when it did not. Returns whether it did."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def shut(request, may, *, back):
    """Back to where things are read, with the sentence by which `may()` refuses what this page is for; None where it does not.

    What was posted from a page that stood open is left to its verb, so that nothing typed is lost.
    """
    return redirect(back) if request.method != "POST" and not tried(request, may) else None


def number(text):
    """A number that a form sent, or None; never an error."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def menu(seat, own):
    """The item of the menu that a page belongs to: `own` in the client's menu, the list of trajectories in the others'."""
    return {CLIENT: own, COACH: "sessions:trajectories"}.get(seat.part, "trajectories:commissioned")
