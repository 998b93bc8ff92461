"""How much CPU does a search over five hundred of one's own notes take, by itself and as a page?

    .venv/bin/python -m tests.benchmarks.own_words

Prints milliseconds of CPU; nothing here is a timed test. The aim is 200 ms for the search (issue 5).
"""

import logging
import os
from statistics import median
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
NOTES, ROUNDS = 500, 9
SENTENCE = "Hij vertelt vlot en in hoofdlijnen; toen ik naar het moment zelf vroeg werd hij langzamer. Daar blijven; het mag stil zijn. "


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
    """Three lines: fetching, opening and searching; the same as a fragment; the fragment when everything is found."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from coaching.clock import now  # noqa: PLC0415
    from coaching.traces import look  # noqa: PLC0415
    from sessions import own_words  # noqa: PLC0415
    from sessions.models import Note  # noqa: PLC0415
    from tests.makers import make_trajectory  # noqa: PLC0415

    trajectory = make_trajectory()
    coach, seat = trajectory.coach.person, trajectory.coach
    for number in range(NOTES):
        Note.remember(trajectory, by=coach, at=now(), words=f"{SENTENCE * 4}Notitie {number}.")

    def search():
        return own_words.holding(look(Note.objects.open_to(seat).latest_first().with_sessions(), by=coach, at=now()), "notitie 499")

    client, place = Client(headers={"HX-Request": "true"}), reverse("sessions:note", args=[trajectory.pk])
    client.force_login(coach)
    print(f"{NOTES} notes of {len(SENTENCE) * 4} characters, median of {ROUNDS}, CPU")
    print(f"fetch, open and search    {cost(search):6.1f} ms")
    print(f"the answer, one found     {cost(lambda: client.post(place, {'sought': 'notitie 499'})):6.1f} ms")
    print(f"the answer, all found     {cost(lambda: client.post(place, {'sought': 'langzamer'})):6.1f} ms")


def cost(act):
    """Median milliseconds of CPU."""
    times = []
    for _round in range(ROUNDS):
        start = process_time()
        act()
        times.append(process_time() - start)
    return median(times) * 1000


if __name__ == "__main__":
    main()
