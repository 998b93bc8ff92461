"""Do the pages of a look back show and take what they should, to whom they should? (R20, R20b)"""

from django.urls import reverse

from coaching.clock import now
from coaching.models import Trace
from tests.makers import make_person
from tests.trajectories.looked_back import HALF_A_MINUTE
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import FollowUp, Measurement, Release


def test_the_sponsor_answers_on_one_page(asked, client):
    client.force_login(asked.people[SPONSOR])
    url = reverse("trajectories:follow_up", args=[asked.sponsor.pk])
    page = client.get(url)
    assert page.status_code == 200 and "still_visible" in page.content.decode()
    long = client.post(url, {"still_visible": "fully", "example": "x" * 401})
    assert long.status_code == 422 and "x" * 401 in long.content.decode()
    assert client.post(url, {"still_visible": "nonsense"}).status_code == 422
    empty = client.post(url, {})
    assert empty.status_code == 422 and "Eén antwoord" in empty.content.decode()
    done = client.post(url, {"still_visible": "fully", "example": "Ik zie het elke week"})
    assert done.status_code == 302 and done["Location"] == reverse("trajectories:looking_back", args=[asked.story.trajectory.pk])
    assert FollowUp.objects.get(pk=asked.sponsor.pk).still == "fully"
    assert client.get(url).status_code == 302
    client.force_login(asked.people[COACH])
    assert "Ik zie het elke week" in client.get(done["Location"]).content.decode()


def test_the_client_chooses_on_the_last_page(asked, client):
    """What is switched on is shown as it will be read, and only that goes."""
    story, number = asked.story, asked.story.goals[0].number
    client.force_login(asked.people[CLIENT])
    url, last = (reverse(f"trajectories:{name}", args=[asked.client.pk]) for name in ("follow_up", "follow_up_who"))
    words = {f"goal_level-{number}": "1", "still_there": "mostly", "example": "Vrijdag lag het er nog", "what_slipped": "De donderdag"}
    assert client.post(url, {"key": "", "turn": "1", **words})["Location"] == last
    page = client.get(last).content.decode()
    assert "Vrijdag lag het er nog" in page and "sees-what_slipped" not in page, "never for others"
    shown = client.post(last, {"key": "", "turn": "2", "sees-example": "on", f"sees-goal_level-{number}": "on"}, follow=True)
    assert shown.context["release"].words.count("Vrijdag lag het er nog") == 1
    send = reverse("trajectories:follow_up_hand_in", args=[asked.client.pk])
    done = client.post(send, follow=True)
    assert done.redirect_chain[-1][0] == reverse("trajectories:looking_back", args=[story.trajectory.pk])
    row = FollowUp.objects.get(pk=asked.client.pk)
    assert row.handed_in_at and row.still == "mostly" and Measurement.objects.get(moment="follow_up").level == 1
    Release.objects.update(shared_at=now() - HALF_A_MINUTE)
    client.force_login(asked.people[SPONSOR])
    page = client.get(reverse("trajectories:looking_back", args=[story.trajectory.pk])).content.decode()
    assert "Vrijdag lag het er nog" in page and "De donderdag" not in page


def test_hidden_from_everyone_else_and_from_each_other(asked, client):
    for person in (make_person("Vreemde Vogel"), asked.people[COACH], asked.people[SPONSOR]):
        client.force_login(person)
        for name in ("follow_up", "follow_up_who"):
            assert client.get(reverse(f"trajectories:{name}", args=[asked.client.pk])).status_code == 404
        for name in ("follow_up_hand_in", "follow_up_take_back"):
            assert client.post(reverse(f"trajectories:{name}", args=[asked.client.pk])).status_code == 404
            assert client.get(reverse(f"trajectories:{name}", args=[asked.client.pk])).status_code == 405
    client.force_login(make_person("Nog Een Vogel"))
    assert client.get(reverse("trajectories:looking_back", args=[asked.story.trajectory.pk])).status_code == 404


def test_it_waits_on_the_home_of_each(asked, client, django_assert_max_num_queries):
    for part, name in ((CLIENT, "sessions:now"), (SPONSOR, "trajectories:commissioned")):
        client.force_login(asked.people[part])
        with django_assert_max_num_queries(12):
            page = client.get(reverse(name)).content.decode()
        assert reverse("trajectories:follow_up", args=[getattr(asked, part).pk]) in page
    client.force_login(asked.people[CLIENT])
    with django_assert_max_num_queries(12):
        client.get(reverse("trajectories:follow_up", args=[asked.client.pk]))


def test_looking_back_costs_the_same_for_two_rounds(added, client, django_assert_max_num_queries):
    FollowUp.ask(added.story.trajectory, months=6, at=now())
    client.force_login(added.people[CLIENT])
    with django_assert_max_num_queries(12):
        page = client.get(reverse("trajectories:looking_back", args=[added.story.trajectory.pk]))
    assert [one.months for one in page.context["rounds"]] == [6, 3]
    assert Trace.objects.filter(kind="trajectories.followup").exists()
