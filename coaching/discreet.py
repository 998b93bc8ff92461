"""Does somebody look along at this screen? Then what is private is left out of every page, until it is said that they are gone.

Kept in the session on the server, so that a new tab, a fragment and the page behind the Back button know of it before they are drawn.
"""

from functools import wraps

from coaching.access import respond

MARK = "discreet"
SHOWS = (200, 409, 422)  # answers with a page in them


def is_discreet(request):
    """Whether this session shows nothing private now."""
    session = getattr(request, "session", None)
    return bool(session is not None and session.get(MARK))


def begin(request):
    """From the next answer on nothing private is sent to this browser."""
    request.session[MARK] = True


def end(request):
    """Everything is shown again."""
    request.session.pop(MARK, None)


def not_on_screen(view):
    """A page that is private as a whole: while somebody looks along a neutral one stands in its place, its title included.

    The door is asked as ever, and what is posted is kept as ever (it was typed before, in another tab); an answer that would show the words
    again keeps them as a draft.
    """

    @wraps(view)
    def covered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if not is_discreet(request) or "X-Keep" in request.headers or response.status_code not in SHOWS:
            return response
        window = (getattr(response, "context_data", None) or {}).get("window")
        if window and window.posted:
            window.later()
        return respond(request, "coaching/not_on_screen.html", {}, fragment="covered")

    return covered
