"""A coach takes over before or in a closing: can the closing go on, and do all who close look back on the same goals? (R21–R23)"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.refusals import Refused
from coaching.sealed import open_boxes
from tests.makers import make_person
from tests.trajectories.closing_story import begin, fresh, hand_in, make_story, put_forward, review_of, settle, sign
from tests.trajectories.opening import goal_words, reads_english
from tests.trajectories.requests_story import queries_of
from tests.trajectories.test_changed_in_closing import other_coach
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Goal, HandOver, Preparation, ReviewText, State
from trajectories.report import canonical

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAYS = timedelta(days=40)
PAGES = ("prepare", "meeting", "text", "close_without_report")


def closed_links(client, story, home):
    """The addresses inside this trajectory on somebody's home that are closed to them."""
    links = set(re.findall(r'href="(/[^"?#]*)', client.get(reverse(home)).content.decode()))
    inside = {link for link in links if str(story.trajectory.pk) in link}
    assert inside
    return [link for link in sorted(inside) if client.get(link).status_code == 404]


def with_two():
    """Sam and Noor close with two; Noor has handed in."""
    story = begin(make_story(sponsor=False), at=now() - DAYS, two_because="Er is geen opdrachtgever")
    hand_in(story, COACH)
    return story


def first_with_three():
    """Els let ten working days pass; then Sam and who coaches now go on with two."""
    story = begin(make_story(), at=now() - DAYS)
    hand_in(story, CLIENT)
    return story


@pytest.mark.parametrize("told", [with_two, first_with_three])
def test_with_two_the_next_coach_closes_as_the_one_before_would(client, told):
    story = told()
    bram = other_coach(story)
    client.force_login(bram)
    assert client.get(reverse("trajectories:prepare", args=[story.trajectory.pk])).status_code == 200
    assert closed_links(client, story, "sessions:today") == []
    if story.people.get(SPONSOR):
        for part in (COACH, CLIENT):
            review_of(story).go_without_sponsor(by=story.people[part], at=now())
    for part in (COACH, CLIENT):
        if part not in review_of(story).handed_in():
            assert not Preparation.objects.readable_by(story.people[part]).exists(), "blind until their own part is in"
            hand_in(story, part)
    assert {row.part for row in Preparation.objects.readable_by(bram)} == {COACH, CLIENT}
    if goals := list(review_of(story).goals(now())):
        settle(story, goals=goals)
    put_forward(story)
    for name in PAGES:
        assert client.get(reverse(f"trajectories:{name}", args=[story.trajectory.pk])).status_code == 200, name
    assert closed_links(client, story, "sessions:today") == []
    assert not sign(story, CLIENT) and sign(story, COACH)
    assert fresh(story.trajectory).state == State.CLOSED


@pytest.fixture
def handed_over():
    """Sam and Noor had two private goals of two; Noor made way for Bram, and nothing was released. Sam and Bram close with two."""
    story = make_story(sponsor=False)
    story.former = other_coach(story) and story.people.pop("former")
    return story


def weighed(client, story, part):
    """The numbers of the goals on the page of the closing talk, as this part sees it."""
    client.force_login(story.people[part])
    page = client.get(reverse("trajectories:meeting", args=[story.trajectory.pk]))
    assert page.status_code == 200
    return [goal.version.goal.number for goal in page.context["goals"]]


def word_anew(story, goal):
    """Sam words a goal anew, and both agree to it."""
    row = Goal.objects.get(pk=goal.pk)
    row.reword_as(by=story.people[CLIENT], at=now(), base=row.version, **goal_words(title="Opnieuw verwoord"))
    for part in (CLIENT, COACH):
        version = row.versions.order_by("-number").first()
        version.agree(by=story.people[part], at=now(), read=version.version)


def printed(story):
    """The goals in the text that is put forward."""
    put_forward(story)
    text = open_boxes(ReviewText.objects.get())
    return [goal.title for goal in canonical.from_json(text.words).goals]


def test_all_who_close_look_back_on_the_goals_that_all_of_them_read(client, handed_over):
    story = handed_over
    word_anew(story, story.goals[1])
    begin(story, two_because="Er is geen opdrachtgever")
    for part in (CLIENT, COACH):
        hand_in(story, part)
    assert weighed(client, story, CLIENT) == weighed(client, story, COACH) == [2]
    assert [goal.number for goal in review_of(story).unsettled(now())] == [2]
    with pytest.raises(Refused, match="no part of|hoort niet bij"):
        settle(story, goals=story.goals[:1])
    settle(story, goals=story.goals[1:])
    assert printed(story) == ["Opnieuw verwoord"]


def test_with_none_that_both_read_the_closing_goes_on_without_a_goal(client, handed_over):
    story = begin(handed_over, two_because="Er is geen opdrachtgever")
    for part in (CLIENT, COACH):
        hand_in(story, part)
    assert weighed(client, story, CLIENT) == weighed(client, story, COACH) == []
    assert printed(story) == []


def test_a_goal_that_was_worded_anew_since_it_was_released_is_not_weighed_in_older_words(client):
    story = make_story(sponsor=False)
    bram, wim = make_person("Bram Smit", coach=True), make_person("Wim Postma", coordinates=True)
    offer = HandOver.propose(story.trajectory, bram, by=wim, at=now())
    offer.let_along("question", by=story.people[CLIENT], at=now(), goes=True)
    word_anew(story, story.goals[0])
    for who in (bram, story.people[CLIENT]):
        HandOver.objects.get(pk=offer.pk).say_yes(by=who, at=now())
    story.people[COACH] = bram
    begin(story, two_because="Er is geen opdrachtgever")
    for part in (CLIENT, COACH):
        hand_in(story, part)
    assert weighed(client, story, CLIENT) == weighed(client, story, COACH) == [2]


def test_the_client_reads_which_goals_stay_out_and_what_brings_them_in(client, handed_over):
    story = begin(handed_over, two_because="Er is geen opdrachtgever")
    out = "Goals 1, 2 stay out of this closing, because they are from before Bram came and Bram does not read them."
    for name in ("prepare", "prepare", "meeting"):
        place = reverse(f"trajectories:{name}", args=[story.trajectory.pk])
        for part, reads in ((CLIENT, True), (COACH, False)):
            client.force_login(reads_english(story.people[part]))
            page = client.get(place, follow=True)
            assert page.status_code == 200 and (out in page.content.decode()) == reads, (name, part)
            assert queries_of(client, story.people[part], place) <= 12
        for part in {CLIENT, COACH} - review_of(story).handed_in():
            hand_in(story, part)
    word_anew(story, story.goals[1])
    client.force_login(reads_english(story.people[CLIENT]))
    said = client.get(place).content.decode()
    assert "Goal 1 stays out of this closing" in said and weighed(client, story, COACH) == [2]


def test_where_the_coach_stayed_or_reads_all_nothing_stays_out(client):
    story = begin(make_story(sponsor=False), two_because="Er is geen opdrachtgever")
    for part in (CLIENT, COACH):
        hand_in(story, part)
    assert weighed(client, story, CLIENT) == weighed(client, story, COACH) == [1, 2]
    shared = begin(make_story())
    bram = other_coach(shared)
    assert [goal.number for goal in review_of(shared).goals(now())] == [1, 2]
    for person in (bram, shared.people[CLIENT]):
        client.force_login(reads_english(person))
        page = client.get(reverse("trajectories:prepare", args=[shared.trajectory.pk]))
        assert "out of this closing" not in page.content.decode() and page.context["left_out"] == []
