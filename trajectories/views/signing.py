"""Reading the text and putting one's name under it (R23)."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from coaching.access import respond
from coaching.attempts import TooOften, network_of
from coaching.clock import now
from coaching.refusals import Refused
from trajectories.confirming import WrongPassword, confirm
from trajectories.forms.signing import SignForm
from trajectories.models import ReviewText, Signature
from trajectories.text_page import TextPage
from trajectories.views.preparations import review_of

KEPT = ("says", "remark", "own_levels")  # what was typed stays when the text turns out to be another


@require_GET
def text(request, pk):
    """The whole text, who signed it, and the form to sign it."""
    page = TextPage(request, review_of(request, pk))
    if page.text is None:
        messages.info(request, _("No text has been put forward yet."))
        return redirect("trajectories:meeting", pk=pk)
    return _text(request, page, SignForm(asker=request.user, initial={"read": page.row.number}))


def _text(request, page, form, *, refusal=None, status=200):
    context = {"page": page, "trajectory": page.trajectory, "review": page.review, "form": form, "refusal": refusal}
    return respond(request, "trajectories/text.html", context | page.shown(), status=status)


@sensitive_post_parameters("password")
@require_POST
def sign(request, pk):
    """One's signature under the text that was read; the last one closes the trajectory."""
    review = review_of(request, pk)
    form = SignForm(request.POST, asker=request.user)
    if form.is_valid():
        try:
            confirm(request.user, form.cleaned_data["password"], network=network_of(request), at=now())
            closed = Signature.sign(review, by=request.user, at=now(), **form.signed)
            messages.success(request, _("Everyone has signed. Nothing changes in it any more.") if closed else _("You have signed."))
            return redirect("trajectories:text", pk=pk)
        except (WrongPassword, TooOften) as refusal:
            form.add_error("password", str(refusal))
            return _again(request, review, form, status=429 if isinstance(refusal, TooOften) else 422)
        except Refused as refusal:
            return _read_again(request, review, str(refusal))
    return _again(request, review, form, status=422)


def _again(request, review, form, *, status):
    """The same form with what was typed, but the password."""
    page = TextPage(request, review)
    if page.text is None:
        return redirect("trajectories:meeting", pk=review.trajectory_id)
    return _text(request, page, form, status=status)


def _read_again(request, review, refusal):
    """It could not be signed: the text as it is now, with what was typed kept."""
    review.refresh_from_db()
    page = TextPage(request, review)
    if page.text is None:
        return redirect("trajectories:meeting", pk=review.trajectory_id)
    typed = {name: request.POST.get(name, "") for name in KEPT}
    form = SignForm(asker=request.user, initial=typed | {"read": page.row.number})
    return _text(request, page, form, refusal=refusal, status=422)


@require_POST
def take_back(request, pk):
    """One's own signature; or, of coach or client, the text, to change something after all."""
    review, of_text = review_of(request, pk), request.POST.get("what") == "text"
    try:
        (ReviewText if of_text else Signature).take_back(review, by=request.user, at=now())
        messages.success(request, _("The text has been taken back. You can change something now.") if of_text else _("Taken back."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trajectories:meeting" if of_text else "trajectories:text", pk=pk)
