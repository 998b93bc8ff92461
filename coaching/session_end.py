"""What happens to what somebody sends after their session ended? Nothing typed is lost, and nothing is stored."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from coaching.access import respond

NEVER_HELD = {"csrfmiddlewaretoken"}
SIMPLY_AGAIN = {"coaching:login", "coaching:password_forgotten", "coaching:password_link"}


class SessionEnd:
    """Stands before LoginRequiredMiddleware and answers requests that need a login and have none.

    htmx and autosaves get 401 without a body, never a login page inside a page. A plain POST gets a page that holds what was posted.
    Everything else is left to LoginRequiredMiddleware, which sends to the login page and back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True):
            return None
        if request.user.is_authenticated:
            return HttpResponse(status=403) if of_another(request) else None
        if by_script(request):
            return ended()
        return held(request, status=401) if request.method == "POST" else None


def of_another(request):
    """Whether a page keeps what somebody typed while another person is logged in by now, in the same browser: it would become theirs."""
    return request.headers.get("X-Person", request.user.mark) not in ("", request.user.mark)


def by_script(request):
    """Whether htmx or an autosave asks: there is no page for the answer to be."""
    return request.headers.get("HX-Request") == "true" or "X-Keep" in request.headers


def ended():
    response = HttpResponse(status=401)
    response["X-Session"] = "ended"
    return response


def csrf_failure(request, reason=""):
    """A form with an old token. From our own page it is held, to be sent again; from anywhere else it is refused without a look at it."""
    known = request.user.is_authenticated
    if by_script(request):
        return HttpResponse(status=403) if known else ended()
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return respond(request, "coaching/refused.html", {}, status=403)
    if request.resolver_match and request.resolver_match.view_name in SIMPLY_AGAIN:
        return HttpResponseRedirect(request.get_full_path())
    return held(request, status=403)


def held(request, *, status):
    """What was posted, in a form of its own with a new token. Left out: passwords, files, and NUL, which no page can hold."""
    fields = [(name, value.replace("\x00", "")) for name, values in request.POST.lists() if _kept(name) for value in values]
    words = [value for _name, value in fields if " " in value.strip() or "\n" in value.strip()]
    context = {
        "action": request.get_full_path(),
        "fields": fields,
        "words": words,
        "files": bool(request.FILES),
        "again": request.user.is_authenticated,
        "login": reverse("coaching:login"),
    }
    response = respond(request, "coaching/held.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _kept(name):
    return name not in NEVER_HELD and "password" not in name.lower()
