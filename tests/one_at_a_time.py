"""How do the threads of a test server share SQLite's one connection in memory? One request after another, as a file's lock would do."""

from threading import RLock

turn = RLock()


def one_at_a_time(get_response):
    """Middleware of the tests only."""

    def answer(request):
        with turn:
            return get_response(request)

    return answer
