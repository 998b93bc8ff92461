"""What do the coordinator's and the administrator's pages cost with 50,000 people and 5,000 trajectories? Against a bare logged-in page.

    DEBUG=1 .venv/bin/python -m tests.benchmarks.desk [--people 50000] [--trajectories 5000]      (bin/with-postgres before it: PostgreSQL)

Questions to the database, median CPU of this process over nine rounds, and the clock; ratios to the bare page of the same run, since
machines differ. Nothing here is a timed test.
"""

import argparse
import logging
import os
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
ROUNDS, UNITS, COACHES = 9, 2_000, 300
BATCH = 5_000


def main():
    import django  # noqa: PLC0415 settings come first

    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=50_000)
    asked.add_argument("--trajectories", type=int, default=5_000)
    asked = asked.parse_args()
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        people = make_people(asked.people)
        make_trajectories(people, asked.trajectories)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}: {asked.people} people, {asked.trajectories} trajectories, {COACHES} coaches, {UNITS} units")
        measure(people)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def make_people(count):
    """A tree of units six wide, people under managers eight to one; the first coordinates, the second administers; every 100th coaches."""
    from coaching.clock import now  # noqa: PLC0415
    from coaching.models import CoachProfile, OrgUnit, Person  # noqa: PLC0415

    units = [OrgUnit(name=f"Onderdeel {number}", no_distance=number == 0) for number in range(UNITS)]
    for number, unit in enumerate(units[1:], 1):
        unit.parent = units[(number - 1) // 6]
    OrgUnit.objects.bulk_create(units)
    people = []
    for number in range(count):
        facts = {"name": f"Mens {number} van Dorp", "email": f"p{number}@huis.example", "password": f"!{number}", "created_at": now()}
        people.append(Person(unit=units[number % UNITS], **facts, coordinates=number == 0, administers=number == 1))
        people[-1].manager = people[(number - 1) // 8] if number else None
    Person.objects.bulk_create(people, batch_size=BATCH)
    pool = people[10 :: max(1, count // COACHES)][:COACHES]
    profile = {"themes": ["werkdruk", "een nieuwe rol"], "languages": ["Nederlands"], "place": "kamer 2", "room_for": 40}
    CoachProfile.objects.bulk_create([CoachProfile(person=coach, **profile) for coach in pool])
    return people


def make_trajectories(people, count):
    """Of each forty: one asked, one proposed, 22 running, 16 closed; six held sessions for each that had a coach."""
    from coaching.clock import now  # noqa: PLC0415
    from coaching.models import Person  # noqa: PLC0415
    from sessions.hours import fill  # noqa: PLC0415
    from sessions.models import CoachingSession  # noqa: PLC0415
    from trajectories.models import Part, Proposal, Trajectory  # noqa: PLC0415

    pool, at, day = list(Person.objects.in_the_pool().by_name()), now() - timedelta(days=200), timedelta(days=1)
    rows, parts, sessions, proposals = [], [], [], []
    for number in range(count):
        client, kind = people[2000 + number * 7 % (len(people) - 2000)], number % 40
        row = Trajectory(referral="client", asked_by=client, asked_at=at + number % 100 * day, accepted_at=at + number % 100 * day)
        rows.append(row)
        coach = pool[number % len(pool)]
        seats = [("client", client)] if kind < 2 else [("client", client), ("coach", coach), ("sponsor", client.manager)]
        parts += [Part(trajectory=row, part=part, person=who, from_at=at, confirmed_at=at) for part, who in seats if who]
        if kind == 1:
            proposals.append(Proposal(trajectory=row, person=coach, proposed_by=people[0], proposed_at=row.asked_at))
        if kind > 1:
            row.intake_at = row.agreed_at = row.started_at = row.asked_at + day
            row.closing_at = row.closed_at = row.asked_at + 90 * day if kind > 23 else None
            held = [row.started_at + number * day for number in range(6)]
            sessions += [CoachingSession(trajectory=row, worded_at=one, starts_at=one, held_at=one, minutes=60) for one in held]
    for model, made in ((Trajectory, rows), (Part, unique(parts)), (Proposal, proposals), (CoachingSession, sessions)):
        model.objects.bulk_create(made, batch_size=BATCH)
    fill()


def unique(parts):
    """One part each, as the database asks."""
    return list({(part.trajectory_id, part.person_id): part for part in reversed(parts)}.values())


def measure(people):
    from django.urls import reverse  # noqa: PLC0415

    from trajectories.models import Trajectory  # noqa: PLC0415

    desk, admin = people[0], people[1]
    bare = cost(desk, reverse("coaching:kept"))
    print(f"{'bare page':52} {bare[0] * 1000:7.1f} ms CPU {bare[1] * 1000:7.1f} ms {bare[2]:3} queries")
    waiting = Trajectory.objects.requested().first().pk
    running = Trajectory.objects.running().first().pk
    for who, name, args, query in (
        (desk, "trajectories:requests", (), ""),
        (desk, "trajectories:requests", (), "?turn=desk&page=3"),
        (desk, "trajectories:requests", (), "?turn=left&q=mens+44"),
        (desk, "trajectories:coaches", (), ""),
        (desk, "trajectories:coaches", (), "?q=nederlands&theme=werkdruk&room=1&page=5"),
        (desk, "trajectories:running", (), ""),
        (desk, "trajectories:running", (), "?page=150"),
        (desk, "trajectories:running", (), "?state=running&q=mens+444"),
        (desk, "trajectories:match", (waiting,), ""),
        (desk, "trajectories:match", (running,), ""),
        (desk, "trajectories:hand_over", (running,), ""),
        (desk, "coaching:pool", (), "?q=mens+444"),
        (people[4000], "trajectories:ask", (), ""),
        (admin, "coaching:accounts", (), "?q=mens+444"),
        (admin, "coaching:accounts", (), "?page=900"),
        (admin, "coaching:units", (), ""),
    ):
        seconds, clock, queries = cost(who, reverse(name, args=args) + query)
        print(f"{name + query:52} {seconds * 1000:7.1f} ms CPU {clock * 1000:7.1f} ms {queries:3} queries  {seconds / bare[0]:5.1f} x bare")
    measure_distance(desk)


def measure_distance(desk):
    """What is looked at after a change, and before a list is taken over."""
    from coaching.clock import now  # noqa: PLC0415
    from coaching.imports.beforehand import change_of  # noqa: PLC0415
    from coaching.imports.known import as_it_is  # noqa: PLC0415
    from coaching.imports.plan import Plan  # noqa: PLC0415
    from trajectories.models.distance import before_a_change, distances  # noqa: PLC0415

    for what, work in (
        ("after a change: the distance of all open trajectories", lambda: distances(now())),
        ("the same once more, nothing new", lambda: distances(now())),
        ("before a list: the same, foretold", lambda: before_a_change(change_of(Plan(), as_it_is(), free=set()), by=desk)),
    ):
        start, cpu = perf_counter(), process_time()
        work()
        print(f"{what:56} {perf_counter() - start:6.2f} s   CPU {process_time() - cpu:6.2f} s")


def cost(who, address):
    """Median CPU seconds, median seconds by the clock, and the number of queries of one page."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client()
    client.force_login(who)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    asked = [one for one in queries.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    cpu, clock = [], []
    for _round in range(ROUNDS):
        start, began = process_time(), perf_counter()
        client.get(address)
        cpu.append(process_time() - start)
        clock.append(perf_counter() - began)
    return median(cpu), median(clock), len(asked)


if __name__ == "__main__":
    main()
