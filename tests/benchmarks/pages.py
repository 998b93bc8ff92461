"""What does each page cost, in questions to the database and in CPU against a bare authenticated page of the same run?

    .venv/bin/python -m tests.benchmarks.pages

Prints ratios, since machines differ; nothing here is a timed test.
"""

import logging
import os
from itertools import count
from statistics import median
from time import process_time
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
BARE, ROUNDS = "coaching:kept", 9


def main():
    import django  # noqa: PLC0415 settings come first

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    measure()


def measure():
    """One line per page of the table of rights, for the first person who may enter it."""
    from coaching.clock import now  # noqa: PLC0415
    from sessions.cast import build  # noqa: PLC0415
    from tests.access.notation import CAST, ENTER, Row  # noqa: PLC0415
    from tests.access.table import ROWS  # noqa: PLC0415
    from tests.access.visiting import visitors  # noqa: PLC0415

    cast = build(now())
    people = visitors(cast)
    bare = cost(people["noor"], Row(BARE), cast)[0]
    print(f"bare page {bare * 1000:.1f} ms of CPU")
    seconds, queries = autosave(people["noor"], cast)
    print(f"{'an autosave of a log':60} {queries:3} queries  {seconds / bare:5.1f} x bare")
    for row in ROWS:
        reader = next((key for key in CAST if row.expected(key) == ENTER), None)
        if row.method == "GET" and reader:
            seconds, queries = cost(people[reader], row, cast)
            print(f"{row!s:60} {queries:3} queries  {seconds / bare:5.1f} x bare")


def autosave(visitor, cast):
    """What it costs to keep a log of four full sections while its coach types on: every turn has other words."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    turns, client = count(1), Client(headers={"X-Keep": "1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = visitor.session
    address = reverse("sessions:log", args=[cast.things["running.log_unshared"].pk])
    words = {f"words-grow-{name}": "De eerste twee zinnen hardop hebben gezegd. " * 6 for name in ("goal", "reality", "options", "will")}
    form = words | {"key": str(uuid4()), "base": "1", "on": "2026-11-18", "takeaway": "Minder is genoeg.", "action-0": "Rob bellen"}

    def keep():
        turn = next(turns)
        answer = client.post(address, form | {"turn": str(turn), "note": "Op mijn handen zitten. " * (turn % 40)})
        assert answer.json()["turn"] == turn

    return spent(keep)


def cost(visitor, row, cast):
    """Median CPU seconds and the number of queries of one page."""
    return spent(lambda: visitor.ask(row, row.address(cast), fragment=False))


def spent(ask):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        ask()
    asked = [one for one in queries.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    times = []
    for _round in range(ROUNDS):
        start = process_time()
        ask()
        times.append(process_time() - start)
    return median(times), len(asked)


if __name__ == "__main__":
    main()
