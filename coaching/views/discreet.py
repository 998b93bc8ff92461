"""Leaving out what is private while somebody looks along at the screen, and showing it again."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from coaching.discreet import begin, end


@require_POST
def discreet(request):
    """On or off for this session; then back to where one was."""
    begin(request) if "on" in request.POST else end(request)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back.startswith("/") else "coaching:home")
