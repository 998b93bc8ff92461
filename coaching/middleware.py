"""What stands on every answer, and what does the log keep of it? Headers of security.md; route, status and milliseconds only."""

import logging
import secrets
import time

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

log = logging.getLogger("coaching.requests")

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
VARY = ["Cookie", "HX-Request"]


def request_log(get_response):
    """Give every request an id of our own making, and log one line about it: nothing that anybody typed."""

    def logged(request):
        request.id = secrets.token_hex(8)
        start = time.perf_counter()
        response = get_response(request)
        response["X-Request-ID"] = request.id
        spent = round((time.perf_counter() - start) * 1000)
        log.info("route=%s status=%s ms=%s id=%s", route(request), response.status_code, spent, request.id)
        return response

    return logged


def house_headers(get_response):
    """The headers that every answer carries; what is not a static file is kept by nobody and differs per person."""

    def framed(request):
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not _is_static(request, response):
            response["Cache-Control"] = "no-store"
            response["Vary"] = _varying(response)
        return response

    return framed


def nothing_to_read(get_response):
    """Who opens the address of a button in a browser gets a page that says so: the same for every address, whatever is there.

    Stands after `own_language`. A script, and whatever else asks for no page, gets the bare 405.
    """

    def answered(request):
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or not _wants_page(request):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        patch_vary_headers(page, ["Accept"])
        return page

    return answered


def _wants_page(request):
    return "text/html" in request.headers.get("Accept", "") and not any(name in request.headers for name in ("HX-Request", "X-Keep"))


def route(request):
    """The name of the view that answered, never the address itself: addresses hold ids and tokens."""
    match = getattr(request, "resolver_match", None)
    if match:
        return match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "-"


def _is_static(request, response):
    return request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304) and not request.resolver_match


def _varying(response):
    named = [name.strip() for name in response.get("Vary", "").split(",") if name.strip()]
    ours = {name.lower() for name in VARY}
    return ", ".join(VARY + [name for name in named if name.lower() not in ours])
