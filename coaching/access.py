"""How does a view answer? With the whole page or the fragment that the view itself names."""

from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers


def respond(request, page, context, *, fragment=None, status=200):
    """The whole page; or, when htmx asks for a part, only the fragment this view names.

    Boosted and history requests get the whole page. Every answer varies on HX-Request.
    """
    partly = fragment and request.htmx and not (request.htmx.boosted or request.htmx.history_restore_request)
    response = TemplateResponse(request, f"{page}#{fragment}" if partly else page, context, status=status)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response
