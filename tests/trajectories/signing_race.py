"""What happens when the last one signs at the moment at which another changes the text? A hundred times, each with a trajectory of its own.

On PostgreSQL the test calls `rounds`; on SQLite it starts this file as a program, with a database file of its own: one in memory has one
connection, and nothing can race there.
"""

import json
import sys
from random import Random
from threading import Barrier, Thread
from time import sleep

NOTHING_MADE = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}  # a race is about the text, not about its PDF


def rounds(number, *, seed=0):
    """Race so many times; gives {"signed": n, "changed": n, "wrong": [what was found]}."""
    random, found = Random(seed), {"signed": 0, "changed": 0, "wrong": []}
    for one in range(number):
        signed, wrong = _round(random.uniform(-0.012, 0.012))
        found["signed" if signed else "changed"] += 1
        found["wrong"] += [f"round {one}: {what}" for what in wrong]
    return found


def _round(head_start):
    """The client signs text 1, the last of three; the coach takes it back, changes a level and puts text 2 forward."""
    from tests.trajectories.closing_story import all_in, begin, make_story, put_forward, settle, sign  # noqa: PLC0415 Django first
    from trajectories.doors import CLIENT, COACH, SPONSOR  # noqa: PLC0415

    story = settle(all_in(begin(make_story(goals=1))))
    put_forward(story)
    sign(story, SPONSOR)
    sign(story, COACH)
    told = _together((lambda: sign(story, CLIENT, read=1), max(head_start, 0)), (lambda: _change(story), max(-head_start, 0)))
    return _judge(story, *told)


def _change(story):
    from tests.trajectories.closing_story import now, put_forward, review_of  # noqa: PLC0415
    from trajectories.doors import CLIENT, COACH  # noqa: PLC0415
    from trajectories.models import Outcome, ReviewText  # noqa: PLC0415

    ReviewText.take_back(review_of(story), by=story.people[COACH], at=now())
    Outcome.settle(review_of(story), story.goals[0], by=story.people[CLIENT], at=now(), base=1, level=2)
    put_forward(story)


def _together(*acts):
    """Run both at once, each in a thread, after its delay in seconds; gives the error of each, or None."""
    from django.db import connection  # noqa: PLC0415

    from coaching.refusals import Refused  # noqa: PLC0415

    barrier, told = Barrier(len(acts)), [None] * len(acts)

    def act(place, verb, delay):
        barrier.wait()
        sleep(delay)
        try:
            verb()
        except Refused as refused:
            told[place] = refused
        except Exception as error:  # noqa: BLE001 the round tells of it
            told[place] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [Thread(target=act, args=(place, *one)) for place, one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _judge(story, not_signed, not_changed):
    """Whether the signature was first, and what is wrong with what stands there now."""
    from tests.trajectories.closing_story import fresh  # noqa: PLC0415
    from trajectories.models import Report, ReviewText, Signature  # noqa: PLC0415

    wrong = [told for told in (not_signed, not_changed) if isinstance(told, str)]
    under = dict.fromkeys((1, 2), 0)
    for signature in Signature.objects.filter(trajectory=story.trajectory).select_related("text"):
        under[signature.text.number] += 1
    closed = bool(fresh(story.trajectory).closed_at)
    texts = ReviewText.objects.filter(trajectory=story.trajectory).count()
    reports = Report.objects.filter(trajectory=story.trajectory, text__number=1).count()
    expected = {True: (3, 0, True, 1, 1), False: (2, 0, False, 2, 0)}[not_signed is None]
    stands = (under[1], under[2], closed, texts, reports)
    if stands != expected:
        wrong.append(f"signatures under 1 and 2, closed, texts, reports: {stands} instead of {expected}")
    if (not_signed is None) == (not_changed is None):
        wrong.append("both went through, or neither")
    return not_signed is None, wrong


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.TASKS = NOTHING_MADE
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(rounds(int(sys.argv[1]))))
