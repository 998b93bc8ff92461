"""Are client and sponsor asked whether it lasted, does each say it alone, and does one page of it come beside the report? (R20, R20b)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of, end_of, months_after, now
from coaching.models import Letter, Organisation
from coaching.refusals import Refused
from coaching.traces import look
from tests.makers import make_person
from tests.trajectories.looked_back import HALF_A_MINUTE, answer
from trajectories import looking_back
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Addendum, FollowUp, Measurement, Release, Report
from trajectories.report import verify_report
from trajectories.report.addendum import of_json
from trajectories.report.gather_addendum import gather
from trajectories.report.make import make_files


def falls_due(story):
    """The morning on which it is three months ago that all signed."""
    day = months_after(day_of(story.trajectory.closed_at), 3)
    return end_of(day, after=-1) + timedelta(hours=8)


def test_three_months_after_closing_both_are_asked_once(story):
    at = falls_due(story)
    looking_back.ask(at - timedelta(days=1))
    assert not FollowUp.objects.exists()
    for _ in range(2):
        looking_back.ask(at)
    assert sorted(FollowUp.objects.values_list("part", "months")) == [(CLIENT, 3), (SPONSOR, 3)]
    letters = Letter.objects.filter(kind__startswith="follow_up")
    assert sorted(letters.values_list("kind", "person__name")) == [("follow_up", "Sam Bakker"), ("follow_up_sponsor", "Els de Groot")]
    looking_back.ask(at + timedelta(days=5))
    assert FollowUp.objects.count() == 2


def test_a_second_time_where_the_site_administrator_set_it(story):
    at = falls_due(story)
    looking_back.ask(at)
    six = end_of(months_after(day_of(story.trajectory.closed_at), 6), after=-1) + timedelta(hours=8)
    looking_back.ask(six)
    assert set(FollowUp.objects.values_list("months", flat=True)) == {3}
    Organisation.objects.update_or_create(defaults={"name": "Huis", "follow_up_again_months": 6})
    looking_back.ask(six)
    assert sorted(FollowUp.objects.values_list("months", "part")) == [(3, CLIENT), (3, SPONSOR), (6, CLIENT), (6, SPONSOR)]


def test_nobody_is_asked_while_the_words_are_being_erased(story):
    Organisation.objects.update_or_create(defaults={"name": "Huis", "follow_up_months": 12, "report_months": 12})
    looking_back.ask(end_of(months_after(day_of(story.trajectory.closed_at), 12)))
    assert not FollowUp.objects.exists()


def test_who_closed_long_ago_is_not_asked_any_more(story):
    looking_back.ask(falls_due(story) + timedelta(days=40))
    assert not FollowUp.objects.exists()


def test_without_a_report_nobody_is_asked(story):
    trajectory = Report.objects.get().trajectory
    trajectory.ended_as = "other"
    trajectory.save()
    looking_back.ask(falls_due(story))
    assert not FollowUp.objects.exists()
    with pytest.raises(Refused):
        FollowUp.ask(trajectory, months=3, at=now())


def test_two_reminders_at_most_and_none_for_who_answered(asked):
    answer(asked, SPONSOR)
    for day in range(30):
        looking_back.remind(now() + timedelta(days=day))
    kinds = list(Letter.objects.filter(kind__startswith="follow_up").order_by("kind").values_list("kind", flat=True))
    assert kinds == ["follow_up"] * 3 + ["follow_up_sponsor"]


def test_one_hands_in_once_for_oneself_and_in_time(asked):
    story = asked.story
    with pytest.raises(Refused, match="niet aan jou"):
        asked.client.hand_in(by=asked.people[SPONSOR], at=now(), answers=[{}])
    with pytest.raises(Refused, match="Eén antwoord"):
        asked.client.hand_in(by=asked.people[CLIENT], at=now(), answers=[])
    with pytest.raises(Refused, match="voorbij"):
        answer(asked, CLIENT, at=now() + timedelta(days=30))
    answer(asked, CLIENT, levels=[(story.goals[0], 0)])
    with pytest.raises(Refused, match="ingevuld"):
        answer(asked, CLIENT)


def test_its_levels_join_the_line_of_the_goal(asked):
    """Kind, who, when, version (R19)."""
    goal = asked.story.goals[0]
    row = answer(asked, CLIENT, levels=[(goal, 0)])
    measured = Measurement.objects.get(moment="follow_up")
    assert (measured.goal_id, measured.level, measured.seat_id, measured.thing) == (goal.pk, 0, row.seat_id, row.pk)
    assert measured.version_of_goal == goal.versions.get(number=1) and measured.worded_at == row.handed_in_at
    assert not Measurement.objects.readable_by(asked.people[SPONSOR]).filter(moment="follow_up").exists()


def test_who_reads_what(asked):
    """The coach what is handed in, the client all of it, the sponsor their own and the client's copy, half a minute later."""
    people, goal = asked.people, asked.story.goals[0]

    def reads(part):
        return set(FollowUp.objects.readable_by(people[part]).values_list("part", flat=True))

    assert (reads(COACH), reads(CLIENT), reads(SPONSOR)) == (set(), {CLIENT}, {SPONSOR})
    answer(asked, CLIENT, levels=[(goal, 0)])
    answer(asked, SPONSOR)
    assert (reads(COACH), reads(CLIENT), reads(SPONSOR)) == ({CLIENT, SPONSOR}, {CLIENT, SPONSOR}, {SPONSOR})
    copies = Release.objects.readable_by(people[SPONSOR]).of_follow_ups()
    assert not copies.exists()
    Release.objects.update(shared_at=now() - HALF_A_MINUTE)
    assert [row.words for row in look(copies, by=people[SPONSOR], at=now())] == ["Het loopt nog"]
    assert copies.get().levels.get().level == 0


def test_the_addendum_comes_when_both_have_answered(asked):
    report = Report.objects.get()
    make_files(report.pk)
    before = Report.objects.values().get()
    answer(asked, CLIENT, "Vrijdag liet ik het liggen", levels=[(asked.story.goals[0], 0)])
    looking_back.issue(now() + HALF_A_MINUTE)
    assert not Addendum.objects.exists(), "the sponsor still has time"
    answer(asked, SPONSOR, "Ik zie het elke week")
    looking_back.issue(now())
    assert not Addendum.objects.exists(), "it can still be undone"
    for _ in range(2):
        looking_back.issue(now() + HALF_A_MINUTE)
    addendum = Addendum.objects.get()
    assert addendum.number == f"{report.number}-A1"
    look([addendum], by=asked.people[CLIENT], at=now())
    text = of_json(addendum.words)
    assert [(one.part, [said.words for said in one.answers]) for one in text.voices] == [
        (CLIENT, ["Vrijdag liet ik het liggen"]),
        (SPONSOR, ["Ik zie het elke week"]),
    ]
    assert [(one.outcome, one.now) for one in text.goals] == [(1, 0)] and not text.silent
    assert Report.objects.values().get() == before and before["sha256"]


def test_the_addendum_of_one_voice_comes_when_the_term_has_run_out(asked):
    answer(asked, SPONSOR)
    looking_back.issue(asked.client.ends_at - timedelta(minutes=1))
    assert not Addendum.objects.exists()
    looking_back.issue(asked.client.ends_at)
    addendum = look(Addendum.objects.all(), by=asked.people[CLIENT], at=now())[0]
    assert of_json(addendum.words).silent == (CLIENT,)


def test_what_the_client_keeps_stands_nowhere(asked):
    """Not switched on, or taken back: not in the addendum, and the sponsor gets no copy."""
    answer(asked, CLIENT, "Dit houd ik voor ons tweeën", seen=False)
    answer(asked, SPONSOR)
    assert not Release.objects.of_follow_ups().exists()
    rows = list(FollowUp.objects.with_trajectory().in_order())
    assert "tweeën" not in gather(Report.objects.get(), rows=rows, number="RD-2026-0001-A1", at=now())


def test_nobody_said_anything_and_there_is_no_addendum(asked):
    answer(asked, CLIENT, seen=False)
    looking_back.issue(asked.client.ends_at)
    assert not Addendum.objects.exists()


def test_within_half_a_minute_it_can_be_undone(asked):
    answer(asked, CLIENT)
    release = Release.objects.of_follow_ups().get()
    release.take_back(by=asked.people[CLIENT], at=now())
    answer(asked, SPONSOR)
    looking_back.issue(now() + HALF_A_MINUTE)
    addendum = look(Addendum.objects.all(), by=asked.people[CLIENT], at=now())[0]
    assert of_json(addendum.words).silent == (CLIENT,)


def test_the_page_is_sealed_and_known_by_number_and_by_file(added, client):
    addendum, report = added.addendum, Report.objects.get()
    client.force_login(added.people[SPONSOR])
    answered = client.get(reverse("trajectories:addendum_pdf", args=[addendum.pk]))
    assert answered.status_code == 200 and answered.content.startswith(b"%PDF") and b"/ByteRange" in answered.content
    assert f"{addendum.number}.pdf" in answered["Content-Disposition"] and "Sam" not in answered["Content-Disposition"]
    told = verify_report.of_paper(number=addendum.number, code=addendum.code)
    assert (told.issued, told.whole, told.beside, told.number) == (True, False, report.number, addendum.number)
    assert verify_report.of_file(sha256=addendum.sha256).whole
    assert not verify_report.of_paper(number=addendum.number, code=report.code).issued
    assert not verify_report.of_paper(number=report.number, code=addendum.code).issued
    page = client.post(reverse("trajectories:verify"), {"number": addendum.number.lower(), "code": addendum.code})
    assert report.number in page.content.decode() and page.context["found"].beside


def test_who_gets_it_and_who_hears_of_it(added, client):
    """Whoever reads the report; coach and client by mail, the sponsor finds it (R30)."""
    for part, person in added.people.items():
        client.force_login(person)
        assert client.get(reverse("trajectories:addendum_pdf", args=[added.addendum.pk])).status_code == 200, part
    client.force_login(make_person("Vreemde Vogel"))
    assert client.get(reverse("trajectories:addendum_pdf", args=[added.addendum.pk])).status_code == 404
    told = Letter.objects.filter(unique_key__startswith="addendum:").values_list("person__name", flat=True)
    assert sorted(told) == ["Noor Visser", "Sam Bakker"]


def test_a_sponsor_who_does_not_read_the_report_does_not_read_the_addendum(added):
    Report.objects.update(signed_by=2)
    assert not Addendum.objects.readable_by(added.people[SPONSOR]).exists()
    assert Addendum.objects.readable_by(added.people[CLIENT]).exists()


def test_it_is_checked_after_erasure(added):
    from trajectories.erasure import erase  # noqa: PLC0415

    erase(now() + timedelta(days=800))
    gone = Addendum.objects.get()
    assert (gone.pdf, gone.words, gone.trajectory) == (None, None, None)
    assert not FollowUp.objects.exists()
    assert verify_report.of_file(sha256=gone.sha256).beside == Report.objects.get().number
