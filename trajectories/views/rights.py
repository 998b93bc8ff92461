"""What may everyone ask of what is kept about them? To take it along (R27)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from coaching.access import respond
from coaching.attempts import TooOften, network_of
from coaching.clock import now
from trajectories.confirming import WrongPassword, confirm
from trajectories.download.archive import name_of, take_along
from trajectories.forms.rights import TakeAlong


@sensitive_post_parameters("password")
def my_data(request):
    """The page says what is in it; the button makes it, once more, as it is now."""
    form, at = TakeAlong(request.POST or None, asker=request.user), now()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            confirm(request.user, form.cleaned_data["password"], network=network_of(request), at=at)
            return _file(take_along(by=request.user, at=at), at)
        except WrongPassword:
            form.add_error("password", _("This is not your password. Try again."))
        except TooOften as refused:
            form.add_error(None, str(refused))
            status = 429
    return respond(request, "trajectories/my_data.html", {"form": form}, status=status)


def _file(content, at):
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name_of(at)}"'})
