"""What does each page cost, in questions to the database and in CPU against a bare authenticated page of the same run?

    .venv/bin/python -m tests.benchmarks.pages

Prints ratios, since machines differ; nothing here is a timed test.
"""

import logging
import os
from statistics import median
from time import process_time

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
    for row in ROWS:
        reader = next((key for key in CAST if row.expected(key) == ENTER), None)
        if row.method == "GET" and reader:
            seconds, queries = cost(people[reader], row, cast)
            print(f"{row!s:60} {queries:3} queries  {seconds / bare:5.1f} x bare")


def cost(visitor, row, cast):
    """Median CPU seconds and the number of queries of one page."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        visitor.ask(row, row.address(cast), fragment=False)
    asked = [one for one in queries.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    times = []
    for _round in range(ROUNDS):
        start = process_time()
        visitor.ask(row, row.address(cast), fragment=False)
        times.append(process_time() - start)
    return median(times), len(asked)


if __name__ == "__main__":
    main()
