"""How does a view answer? With the whole page or the fragment that the view itself names."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

NOT_HELD = {"csrfmiddlewaretoken", "base", "again"}


def respond(request, page, context, *, fragment=None, status=200):
    """The whole page; or, when htmx asks for a part, only the fragment this view names.

    Boosted and history requests get the whole page. Every answer varies on HX-Request. A view that names the reader's own `seat`, or a
    `page` or `record` that has one, is looked at from that part: the header and the menu say so, whatever home was used last.
    """
    request.seen_from = _own_part(request, context)
    partly = fragment and request.htmx and not (request.htmx.boosted or request.htmx.history_restore_request)
    response = TemplateResponse(request, f"{page}#{fragment}" if partly else page, context, status=status)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def _own_part(request, context):
    """The part of the reader's own seat, where the page is about one trajectory; else ""."""
    named = (context.get("seat"), *(getattr(context.get(name), "seat", None) for name in ("page", "record")))
    trajectory = context.get("trajectory") or getattr(context.get("session"), "trajectory", None)
    known = vars(trajectory).get("seats", ()) if trajectory else ()  # those at hand: the header asks for none
    return next((seat.part for seat in (*named, *known) if seat and seat.person_id == request.user.pk), "")


def settled(request, to, said, *, link=""):
    """What the form of this page is for was done meanwhile, in another window: `said`, and where that is read (`to`, as of `redirect`).

    A page goes on to there. An autosave, and what htmx puts in a part of the page, hear so where they are: what was typed stays there, and
    no page comes inside a page. `link`: the words of the link, where it is not read back.
    """
    if request.method != "POST":
        return redirect(to)
    url, link = resolve_url(to), link or _("Read it back")
    if "X-Keep" in request.headers:
        return JsonResponse({"url": url, "text": said, "link": link}, status=409)
    if request.htmx and not request.htmx.boosted:
        response = respond(request, "components/settled.html", {"url": url, "said": said, "link": link}, status=409)
        response["HX-Reswap"] = "innerHTML"  # the part itself stays
        return response
    messages.info(request, said)
    return redirect(url)


def conflict(request, *, yours, theirs, url, base=None, again=False, writer=""):
    """409: somebody, or another window, changed the row after this form was shown. Both texts side by side, nothing lost (architecture 17).

    `yours` and `theirs` are lists of (label, text); `url` is the form's address, where either can be taken up. With `base`, the version
    that stands there now, one press puts what was posted in its place; `again` when the form's view shows itself anew on a POST of that
    name. An autosave gets the address and a sentence as JSON. `writer`: the first name of who else wrote the text that stands there;
    without it the page speaks of another window.
    """
    if "X-Keep" in request.headers:
        return JsonResponse({"url": url, "text": _("Someone else just wrote here too. Yours has been kept.")}, status=409)
    posted = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_HELD]
    held = [(name, value.replace("\x00", "")) for name, value in posted]
    context = {"yours": yours, "theirs": theirs, "url": url, "base": base, "again": again, "held": held, "writer": writer}
    return respond(request, "coaching/conflict.html", context, status=409)
