"""Is what was shared visible after thirty seconds and not one earlier, never when it was undone, and does the mail wait? (R20b)"""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.urls import reverse

from coaching.clock import now
from coaching.models import Letter
from coaching.outbox import deliver
from tests.access.visiting import found, words_of
from tests.trajectories.sights import seen_by
from tests.trajectories.test_sponsor_sees import walked
from tests.trajectories.walking import World
from trajectories.models import CheckIn, Goal, GoalVersion, Question, Release, Trajectory

SECOND = timedelta(seconds=1)
WORDS = "Zo staat het er voor"


@contextmanager
def it_is(moment):
    """The clock of pages and the clock of the database stand at one moment."""
    value = connection.ops.adapt_datetimefield_value(moment)
    sql = ("%s::timestamptz" if connection.vendor == "postgresql" else "%s", [value])
    written = {f"as_{name}": lambda *_args, **_more: sql for name in ("sql", "sqlite", "postgresql")}
    with mock.patch.multiple(Now, **written), mock.patch("django.utils.timezone.now", lambda: moment):
        yield


@pytest.fixture
def world(db):
    return World()


def question(world, trajectory):
    row = Question.word(trajectory, by=world.sam, at=world.tick(), words=WORDS)
    row.release(by=world.sam, at=world.at)
    return Release.objects.filter(trajectory=trajectory).latest_first().first()


def summary(world, trajectory):
    check_in = CheckIn.objects.filter(trajectory=trajectory).first()
    return Release.give(trajectory, by=world.sam, at=world.at, kind=Release.CHECK_IN, words=WORDS, check_in=check_in)


def goal(world, trajectory):
    world.act("goal", trajectory, world.sam, 0)
    fresh = Goal.objects.filter(trajectory=trajectory).order_by("-number").first()
    for one in (world.sam, world.noor):
        version = GoalVersion.objects.get(goal=fresh)
        version.agree(by=one, at=world.tick(), read=version.version)
    fresh = Goal.objects.get(pk=fresh.pk)
    fresh.share(by=world.sam, at=world.tick())
    return Goal.objects.get(pk=fresh.pk)


SHARES = [pytest.param(share, id=share.__name__) for share in (question, summary, goal)]


def reads(world, row):
    return row.pk in {one.pk for _name, _key, one in seen_by(world.els)}


def letters(world, row):
    return Letter.objects.filter(person=world.els, unique_key__contains=str(row.pk))


@pytest.mark.parametrize("share", SHARES)
def test_not_a_second_early_and_then_it_is(share, world):
    trajectory = walked(world, "answer_check_in")
    world.tick(days=1)
    row = share(world, trajectory)
    said = world.at
    for after, visible in ((0, False), (29, False), (29.999, False), (30, True), (31, True)):
        with it_is(said + after * SECOND):
            assert reads(world, row) == visible, f"after {after} seconds"


@pytest.mark.parametrize("share", SHARES)
def test_the_letter_waits_until_it_can_be_read(share, world, mailoutbox):
    trajectory = walked(world, "answer_check_in")
    world.tick(days=1)
    deliver(world.at)
    row = share(world, trajectory)
    [letter] = letters(world, row)
    for after, gone in ((0, False), (29, False), (30, True)):
        deliver(world.at + after * SECOND)
        letter.refresh_from_db()
        assert bool(letter.sent_at) == gone, f"after {after} seconds"
    assert WORDS not in str([(mail.subject, mail.body) for mail in mailoutbox])


@pytest.mark.parametrize("share", SHARES)
def test_undone_it_is_never_seen_and_no_letter_leaves(share, world):
    trajectory = walked(world, "answer_check_in")
    world.tick(days=1)
    row, said = share(world, trajectory), world.at
    with it_is(said + 29 * SECOND):
        undo = row.unshare if isinstance(row, Goal) else row.take_back
        undo(by=world.sam, at=said + 29 * SECOND)
    for after in (29, 30, 3600):
        with it_is(said + after * SECOND):
            assert not reads(world, row)
        deliver(said + after * SECOND)
    assert not letters(world, row).filter(sent_at__isnull=False).exists()


@pytest.mark.parametrize("share", SHARES)
def test_stopped_within_half_a_minute_it_is_never_seen_and_no_letter_leaves(share, world):
    trajectory = walked(world, "answer_check_in")
    world.tick(days=1)
    row, said = share(world, trajectory), world.at
    assert letters(world, row).waiting().exists()
    Trajectory.objects.get(pk=trajectory.pk).stop(by=world.sam, at=said + 20 * SECOND, reason="no_time")
    for after in (30, 45, 3600):
        deliver(said + after * SECOND)
        with it_is(said + after * SECOND):
            assert not reads(world, row)
    assert not letters(world, row).filter(sent_at__isnull=False).exists()


PARTS = {
    "head": re.compile(rb'<div class="traject-head">.*?</div>\n', re.S),
    "what they see": re.compile(rb'<section class="sees__open".*?</section>', re.S),
    "what they do not see": re.compile(rb'<section class="sees__closed.*?</section>', re.S),
    "promised": re.compile(rb'<div class="says">.*?</div></div>', re.S),
}


LINK = re.compile(rb"</?a\b[^>]*>")


@pytest.mark.parametrize("key", ["sam", "noor"])
def test_looking_along_leads_to_no_page_of_ones_own(key, cast, client):
    """Neither a goal, nor a stitch of the thread, nor the agreement: those pages say more, and no longer that one looks along."""
    trajectory = Trajectory.objects.get(pk=cast.things["running"].pk)
    shown = {}
    for who, name in (("els", "sponsor"), (key, "look_along")):
        client.force_login(cast.people[who])
        shown[name] = client.get(reverse(f"trajectories:{name}", args=[trajectory.pk])).content.decode()
    for leads in ('href="/doelen/', '<div class="thread__label"><b><a', 'href="/traject/[^"]*/afspraken/'):
        there, along = (re.search(leads, shown[name].split("<main")[1].split("</main>")[0]) for name in ("sponsor", "look_along"))
        assert there and not along, leads


@pytest.mark.parametrize("key", ["sam", "noor"])
def test_looking_along_shows_the_sponsors_own_page(key, cast, client):
    """The same template and the same bytes, but for what only the sponsor can press and where only the sponsor is led."""
    trajectory = Trajectory.objects.get(pk=cast.things["running"].pk)
    client.force_login(cast.people["els"])
    theirs = client.get(reverse("trajectories:sponsor", args=[trajectory.pk])).content
    client.force_login(cast.people[key])
    along = client.get(reverse("trajectories:look_along", args=[trajectory.pk])).content
    for name, part in PARTS.items():
        if name != "promised":
            assert part.search(theirs), name
            assert part.findall(along) == [LINK.sub(rb"", one) for one in part.findall(theirs)], name
    words = words_of(cast)
    assert found(words, along.decode()) == found(words, theirs.decode()) != set()
    assert b"You look along" not in theirs and b"<form" not in along.split(b"<main")[1].split(b"</main>")[0]


def test_looking_along_shows_nothing_that_can_still_be_undone(cast, client):
    trajectory = Trajectory.objects.get(pk=cast.things["running"].pk)
    Release.give(trajectory, by=cast.people["sam"], at=now(), kind=Release.CHECK_IN, words=WORDS)
    for key, name in (("els", "sponsor"), ("sam", "look_along")):
        client.force_login(cast.people[key])
        assert WORDS not in client.get(reverse(f"trajectories:{name}", args=[trajectory.pk])).content.decode()
