"""The letters that were written, for a development run without a mail server."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_GET

from coaching.access import respond
from coaching.outbox import newest_letters


@login_not_required
@require_GET
def post(request):
    if not settings.DEBUG:
        raise Http404
    return respond(request, "coaching/post.html", {"letters": newest_letters()})
