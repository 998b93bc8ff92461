"""Who is proposed to whom, in what order and why; and what does the desk show, and never? (R1, R7)"""

import ast
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from coaching.clock import today
from tests.trajectories.requests_story import fresh, person, queries_of
from trajectories.desk import waits_for
from trajectories.matching import Fit, match, themes_of
from trajectories.models import State, TooClose, Trajectory
from trajectories.models.distance import distances
from trajectories.models.room import has_room, pool_for

pytestmark = pytest.mark.django_db
SECRET = "Ik durf geen nee te zeggen."


@pytest.fixture
def go(client):
    def going(who, name, *args, send=None, query=""):
        client.force_login(who)
        address = reverse(f"trajectories:{name}", args=args) + query
        return client.get(address) if send is None else client.post(address, send)

    return going


def found(house, wishes="", **facts):
    return match(house.sam, None, list(pool_for(house.wim)), wishes, on=today(), asker=house.wim, **facts)


def names(fits):
    return [fit.person.first_name for fit in fits]


def profiled(coach, **facts):
    for name, value in facts.items():
        setattr(coach.coach_profile, name, value)
    coach.coach_profile.save()


def test_who_is_too_close_is_said_with_why(house):
    result = found(house)
    assert names(result.close) == ["Carla"] and "Zorg" in result.close[0].why_not
    assert set(names(result.fitting)) == {"Noor", "Bram", "Pia"}


def test_the_desk_never_proposes_itself(house):
    from coaching.models import CoachProfile  # noqa: PLC0415

    CoachProfile.objects.create(person=house.wim, room_for=3)
    assert "That is you" in next(fit for fit in found(house).close if fit.person == house.wim).why_not


def test_themes_come_first_then_place_then_load(house):
    profiled(house.noor, themes=["Werkdruk", "Loopbaan"], place="Zuid")
    profiled(house.bram, themes=["Loopbaan"], place="Noord")
    profiled(house.pia, themes=[], place="Zuid")
    result = found(house, "Loopbaan en werkdruk, liefst in Noord")
    assert names(result.fitting) == ["Noor", "Bram", "Pia"]
    assert any("Werkdruk, Loopbaan" in reason for reason in result.fitting[0].reasons)
    assert any("as was asked" in reason for reason in result.fitting[1].reasons)


def test_the_clients_own_language_goes_first_and_what_was_asked_for_is_said(house):
    profiled(house.noor, languages=["Turks"], themes=["Loopbaan"])
    profiled(house.bram, languages=["Nederlands", "Engels"], themes=[])
    profiled(house.pia, languages=[], themes=[])
    result = found(house, "Loopbaan")  # Sam uses English here
    assert names(result.fitting)[-1] == "Noor" and any("Coaches in Turks only; Sam" in one for one in result.fitting[-1].reasons)
    assert "Coaches in Nederlands and Engels" in next(fit for fit in result.fitting if fit.person == house.bram).reasons
    assert not any("Coaches in" in one for fit in result.fitting if fit.person == house.pia for one in fit.reasons)
    first = found(house, "Loopbaan, liefst in het Turks").fitting[0]
    assert first.person == house.noor and "Coaches in Turks, as was asked" in first.reasons
    house.sam.language = "nl"
    assert found(house).fitting[-1].person == house.noor and found(house).fitting[-2].speaks


def test_what_ranks_coaches_knows_nothing_of_results():
    """R7: no module that proposes or lists coaches imports what measures clients."""
    results = {"attainment", "measurements", "outcomes", "preparations", "checkins", "goals", "review", "reports", "figures"}
    for module in ("matching", "pool", "desk", "models/room", "models/queue"):
        source = ast.parse((Path(settings.BASE_DIR) / "trajectories" / f"{module}.py").read_text())
        imported = {name for node in ast.walk(source) if isinstance(node, ast.ImportFrom) for name in (node.module or "").split(".")}
        named = {alias.name for node in ast.walk(source) if isinstance(node, ast.ImportFrom | ast.Import) for alias in node.names}
        assert not results & imported and not {"Outcome", "Goal", "GoalVersion", "Measurement", "CheckIn", "Preparation"} & named, module
    assert {name.name for name in fields(Fit)} == {"person", "reasons", "why_not", "themes", "languages", "speaks", "nearby"}


def test_who_coaches_least_of_what_they_have_room_for_comes_first(house):
    other = person("Lot Jansen", unit=house.care)
    house.sam, sam = other, house.sam
    house.intake(house.bram)
    house.sam = sam
    result = found(house)
    assert names(result.fitting) == ["Noor", "Pia", "Bram"] and result.fitting[-1].load == 1


def test_the_order_asks_nothing_about_results(house, django_assert_num_queries):
    """Profiles, loads, units and lines: three statements, and no table with levels, goals or words in them."""
    with django_assert_num_queries(3) as asked:
        found(house)
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert not [table for table in ("goal", "measurement", "outcome", "review", "checkin", "session") if f"_{table}" in said]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"room_for": 0}, "no room"),
        ({"paused_from": today()}, "take part"),
        ({"available_from": today() + timedelta(days=3)}, "take part"),
    ],
)
def test_who_has_no_room_now_is_said_apart(house, facts, why):
    profiled(house.noor, **facts)
    result = found(house)
    assert names(result.full) == ["Noor"] and why in result.full[0].why_not and not has_room(house.noor)


def test_a_pause_or_a_start_that_lies_on_the_other_side_is_none(house):
    profiled(house.noor, paused_from=today() + timedelta(days=1), available_from=today())
    assert has_room(house.noor)


def test_who_was_passed_by_is_not_proposed_again(house):
    assert names(found(house, before={house.noor.pk}).full) == ["Noor"]
    assert "Noor" not in names(found(house, seated={house.noor.pk}).fitting)


def test_themes_to_choose_from_are_the_pools_own_words(house):
    profiled(house.noor, themes=["Werkdruk", "Een nieuwe rol"])
    assert themes_of(pool_for(house.sam)) == ["Een nieuwe rol", "Werkdruk"]


def test_whose_turn_it_is_in_words(house):
    trajectory = house.asked_by_els()
    assert "Sam" in waits_for(trajectory, [])
    trajectory.accept(by=house.sam, at=house.tick())
    trajectory, proposal = house.proposed(trajectory=fresh(trajectory))
    assert "choice of Sam" in waits_for(trajectory, [proposal])
    proposal.choose(by=house.sam, at=house.tick())
    assert "Noor" not in waits_for(trajectory, [proposal]) and "Noor" in waits_for(trajectory, [proposal], desk=True)


def test_after_a_move_the_desk_is_told_and_nothing_stops(house):
    trajectory = house.in_state(State.RUNNING)
    distances(house.tick())
    assert not TooClose.objects.coordinated_by(house.wim).standing()
    house.noor.unit = house.care
    house.noor.save()
    distances(house.tick())
    [found] = TooClose.objects.coordinated_by(house.wim).standing()
    assert found.trajectory == trajectory and "Zorg" in found.sentences[0] and fresh(trajectory).state == State.RUNNING
    assert not TooClose.objects.coordinated_by(house.els).exists() and not TooClose.objects.coordinated_by(house.noor).exists()


# the pages of the desk


PAGES = ["requests", "coaches", "running"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["sam", "noor", "els", "iris"])
def test_only_coordinators_have_a_desk(house, go, name, who):
    assert go(getattr(house, who), name).status_code == 404


def test_the_desk_knows_who_waits_and_no_word_of_it(house, go):
    trajectory = house.asked(sponsor=house.els)
    for name, args in (("requests", ()), ("running", ()), ("match", (trajectory.pk,))):
        said = go(house.wim, name, *args).content.decode()
        assert "Sam Verhagen" in said and SECRET not in said
    said = go(house.wim, "match", trajectory.pk).content.decode()
    assert "Bel me eerst." in said and "Carla Dicht" in said and "too close" in said


def test_proposing_on_the_page(house, go):
    trajectory = house.asked()
    assert go(house.wim, "propose", trajectory.pk, send={}).status_code == 302 and not trajectory.proposals.exists()
    go(house.wim, "propose", trajectory.pk, send={"coach": [str(house.noor.pk), "x", str(house.noor.pk)]})
    assert [one.person for one in trajectory.proposals.current()] == [house.noor]
    refused = go(house.wim, "propose", trajectory.pk, send={"coach": [str(house.close.pk), str(house.bram.pk)]})
    assert refused.status_code == 302 and trajectory.proposals.current().count() == 1
    assert "too close" in go(house.wim, "match", trajectory.pk).content.decode()


def test_nobody_found_needs_a_sentence(house, go):
    trajectory = house.asked()
    empty = go(house.wim, "nobody_found", trajectory.pk, send={"sentence": ""})
    assert empty.status_code == 422 and fresh(trajectory).state == State.REQUESTED
    go(house.wim, "nobody_found", trajectory.pk, send={"sentence": "We vonden niemand."})
    assert fresh(trajectory).state == State.DECLINED
    assert "We vonden niemand." in go(house.sam, "request", trajectory.pk).content.decode()
    said = go(house.wim, "match", trajectory.pk).content.decode()
    assert "No coach was found" in said and "We vonden niemand." not in said


def test_a_coordinator_who_is_a_party_sees_a_number_only(house, go):
    house.sam = house.kim
    trajectory = house.intake(house.bram)
    assert go(house.kim, "match", trajectory.pk).status_code == 404
    assert "Bram Schouten" not in go(house.kim, "running").content.decode()
    assert "1 trajectory in which you have a part yourself" in go(house.kim, "running").content.decode()
    assert "Kim Nguyen" in go(house.wim, "running").content.decode()


def test_searching_and_narrowing(house, go):
    house.in_state(State.RUNNING)
    other = person("Lot Jansen", unit=house.care)
    house.sam = other
    house.asked()
    assert "Lot Jansen" not in go(house.wim, "running", query="?q=verhagen").content.decode()
    assert "Sam Verhagen" not in go(house.wim, "running", query="?state=requested").content.decode()
    for odd in ("?state=nonsense", "?page=99", "?page=x", "?q=%00"):
        assert "Sam Verhagen" in go(house.wim, "running", query=odd).content.decode()
    assert "Sam Verhagen" in go(house.wim, "running", query="?q=noor+sam").content.decode()


def test_pages_of_the_desk_take_twelve_queries_and_do_not_grow(house, client):
    profiled(house.noor, room_for=20)
    counts = {}
    for more in (2, 12):
        for number in range(more):
            house.sam = person(f"Klant {more} {number}", unit=house.care, manager=house.els)
            house.intake() if number % 2 else house.proposed()
        waiting = Trajectory.objects.requested().first()
        for name, args in (("requests", ()), ("coaches", ()), ("running", ()), ("match", (waiting.pk,))):
            counts.setdefault(name, []).append(queries_of(client, house.wim, reverse(f"trajectories:{name}", args=args)))
    assert all(small == large <= 12 for small, large in counts.values()), counts
