"""How do the threads of a test server share SQLite's one connection in memory? One request after another, as a file's lock would do."""

from functools import partial
from threading import RLock

from django.db import connection

turn = RLock()


def one_at_a_time(get_response):
    """Middleware of the tests only. What is done once the answer has gone (jobs whose time has come) waits for its turn too."""

    def answer(request):
        with turn:
            response = get_response(request)
            response._resource_closers = [partial(_in_turn, close) for close in response._resource_closers]
            return response

    return answer


def _in_turn(close):
    with turn:
        close()


def steady():
    """Begin on a connection that commits by itself: a request that a closed window left behind can have met another's transaction."""
    with turn:
        if not connection.in_atomic_block and not connection.get_autocommit():
            connection.rollback()
            connection.set_autocommit(True)
