"""The secret address of one's own feed: made, told once, taken back (R17)."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.calendars import new_feed_address, revoke_feed
from coaching.clock import now


@require_POST
def feed_new(request):
    """Make an address and show it; the one before stops working. It is in no mail and never shown again: we keep only its hash."""
    token = new_feed_address(by=request.user, at=now())
    address = settings.SITE_ADDRESS + reverse("sessions:feed", args=[token])
    response = respond(request, "coaching/feed_new.html", {"address": address})
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def feed_revoke(request):
    """From now on the address leads nowhere."""
    revoke_feed(by=request.user)
    messages.info(request, _("The address no longer works. Your calendar keeps what it read; remove it there too."))
    return redirect("coaching:account")
