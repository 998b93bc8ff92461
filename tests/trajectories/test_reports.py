"""Is the report made once, from what was signed, and can a copy be checked? (R24)"""

import hashlib
import io
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from coaching.attempts import TooOften
from coaching.clock import day_of, now
from coaching.day import run
from coaching.models import Trace
from coaching.refusals import Refused
from coaching.tasks import carry_out
from coaching.traces import look
from tests.makers import make_person
from tests.trajectories.closing_story import (
    all_in,
    begin,
    fresh,
    hand_in,
    make_signed,
    make_story,
    put_forward,
    review_of,
    said,
    settle,
    sign,
)
from tests.trajectories.issued_story import bytes_of, issued
from trajectories import bounds
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR
from trajectories.models import CheckIn, Release, Report, ReportFile, ReviewText, Trajectory
from trajectories.models.reports import claim
from trajectories.report import canonical
from trajectories.report.gather import gather
from trajectories.report.make import code_key, make_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(name, story):
    return reverse(f"trajectories:{name}", args=[story.trajectory.pk])


@pytest.fixture
def signed():
    story = make_story()
    story.report = make_signed(story, own_levels=True)
    return story


@pytest.fixture
def made():
    return issued()


def words_of(pdf):
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_the_hash_is_of_the_kept_bytes_and_the_code_of_the_signed_text(made):
    pdf = bytes_of(made)
    assert pdf.startswith(b"%PDF") and hashlib.sha256(pdf).hexdigest() == made.report.sha256
    text = look([ReviewText.objects.get()], by=made.people[CLIENT], at=now())[0]
    assert made.report.code == canonical.code(text.words, code_key()) and len(made.report.code) == 20


def test_it_is_made_once(made):
    before = bytes_of(made)
    make_files(made.report.pk)
    assert bytes_of(made) == before


def test_the_same_rows_give_the_same_bytes(made):
    before = bytes_of(made)
    Report.objects.update(pdf=None, claimed_at=None)
    ReportFile.objects.all().delete()
    make_files(made.report.pk)
    assert until_the_seal(bytes_of(made)) == until_the_seal(before)


def until_the_seal(pdf):
    """The bytes as they were drawn; the seal comes after them."""
    return pdf[: pdf.index(b"%%EOF")]


def test_two_do_not_make_it_both(signed):
    assert claim(signed.report.pk, at=now()) and not claim(signed.report.pk, at=now())
    make_files(signed.report.pk)
    assert Report.objects.get().pdf is None
    assert claim(signed.report.pk, at=now() + timedelta(minutes=6))


def test_the_day_makes_what_was_left_unmade(signed):
    assert run(now()) == []
    assert Report.objects.get().sha256


def test_a_name_that_changes_or_a_person_who_leaves_changes_nothing_in_it(signed):
    before = {part: one.name for part, one in signed.people.items()}
    for one in signed.people.values():
        type(one).objects.filter(pk=one.pk).update(name="Iemand Anders", is_active=False)
    make_files(signed.report.pk)
    signed.people[CLIENT].is_active = True
    said = words_of(bytes_of(signed))
    assert all(before[part] in said for part in PARTS) and "Iemand" not in said


def test_own_levels_are_printed_only_when_all_consent(made):
    assert b"%PDF" in bytes_of(made)[:8]
    text = canonical.from_json(look([ReviewText.objects.get()], by=made.people[CLIENT], at=now())[0].words)
    assert {one.part for one in text.goals[0].own} == set(PARTS)


def test_the_question_stands_in_it_only_when_it_was_released():
    story = settle(all_in(begin(make_story())))
    text = canonical.from_json(gather(review_of(story), number="RD-2026-0001", by=story.people[CLIENT], at=now()))
    assert text.question is None and text.sessions == 0 and text.minutes == 60
    facts = {"kind": Release.QUESTION, "words": "Hoe blijf ik bij mezelf?", "shared_at": now() - timedelta(minutes=1)}
    Release.objects.create(trajectory=story.trajectory, worded_at=now(), **facts)
    again = canonical.from_json(gather(review_of(story), number="RD-2026-0001", by=story.people[COACH], at=now()))
    assert again.question == "Hoe blijf ik bij mezelf?"


def test_private_goals_stay_out():
    story = make_story()
    type(story.goals[1]).objects.filter(pk=story.goals[1].pk).update(shared_at=None)
    story.goals = story.goals[:1]
    settle(all_in(begin(story)))
    text = canonical.from_json(gather(review_of(story), number="", by=story.people[COACH], at=now()))
    assert [goal.number for goal in text.goals] == [1]


# pages


@pytest.mark.parametrize("name", ["report_pdf", "report_white"])
def test_everyone_who_signed_downloads_the_same_file(client, made, name):
    got = set()
    for part in PARTS:
        client.force_login(made.people[part])
        answer = client.get(at(name, made))
        assert answer["Content-Disposition"].endswith(f'-{made.report.number}.pdf"')
        got.add(answer.content)
    assert len(got) == 1 and hashlib.sha256(got.pop()).hexdigest() in {made.report.sha256, ReportFile.objects.get(kind="white").sha256}
    client.force_login(make_person("Iris"))
    assert client.get(at(name, made)).status_code == 404
    assert Trace.objects.filter(act="exported").count() == 3


def test_the_archival_file_is_the_clients_alone(client, made):
    for part, status in ((CLIENT, 200), (COACH, 404), (SPONSOR, 404)):
        client.force_login(made.people[part])
        answer = client.get(at("report_archive", made))
        assert answer.status_code == status
        assert (at("report_archive", made) in client.get(at("report", made)).text) is (part == CLIENT)
    assert not ReportFile.objects.of_kind("archive").readable_by(made.people[COACH]).exists()
    with pikepdf.open(io.BytesIO(bytes_of(made, "archive"))) as document:
        assert len(document.attachments) == 1


def test_until_it_is_there_the_page_looks_again(client, signed):
    client.force_login(signed.people[CLIENT])
    assert "hx-get" in client.get(at("report", signed)).text
    for name in ("report_pdf", "report_white", "report_archive"):
        assert client.get(at(name, signed)).status_code == 404
    make_files(signed.report.pk)
    fragment = client.get(at("report", signed), headers={"HX-Request": "true"})
    assert "hx-get" not in fragment.text and at("report_pdf", signed) in fragment.text and "<html" not in fragment.text


def test_the_page_says_how_far_it_is(signed):
    report, signed_at = signed.report, Trajectory.objects.get().closed_at
    assert report.making(signed_at) == "waits"
    claim(report.pk, at=signed_at)
    report = Report.objects.get()
    assert report.making(signed_at + timedelta(seconds=5)) == "drawn" and report.making(signed_at + timedelta(minutes=2)) == "late"


def test_what_goes_wrong_lets_another_try_at_once(signed, monkeypatch):
    monkeypatch.setattr("trajectories.report.make.sealed", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_files(signed.report.pk)
    assert Report.objects.get().pdf is None and ReportFile.objects.count() == 0
    monkeypatch.undo()
    make_files(signed.report.pk)
    assert Report.objects.get().sha256 and ReportFile.objects.count() == 2


def test_it_is_made_beside_the_signing(settings):
    """With a worker the last signature leaves a line in the queue, and nothing is drawn."""
    settings.TASKS_BY = "worker"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    story = make_story()
    report = make_signed(story)
    assert report.making(now()) == "waits"
    (waiting,) = [row for row in DBTaskResult.objects.all() if str(report.pk) in row.args_kwargs["args"][1]]
    carry_out.call(*waiting.args_kwargs["args"])
    assert Report.objects.get().sha256


def test_the_draft_is_there_from_the_meeting_on(client):
    story = begin(make_story())
    hand_in(story, COACH)
    client.force_login(story.people[COACH])
    assert client.get(at("draft_report", story)).status_code == 409
    hand_in(story, CLIENT), hand_in(story, SPONSOR)
    draft = client.get(at("draft_report", story))
    assert draft.content.startswith(b"%PDF") and "RD-" not in draft["Content-Disposition"]
    settle(story)
    put_forward(story)
    assert client.get(at("draft_report", story)).content.startswith(b"%PDF")
    assert ("trajectories.reviewtext", "exported") in Trace.objects.filter(person_id=story.people[COACH].pk).values_list("kind", "act")


@pytest.mark.parametrize(("sponsor", "shared", "told"), [(True, False, None), (True, True, "shared"), (False, False, "handed in")])
def test_the_cover_tells_a_sponsor_the_day_of_a_check_only_once_something_of_it_was_shared(sponsor, shared, told):
    story = make_story(sponsor=sponsor)
    client, days = story.people[CLIENT], {"handed in": now() - timedelta(days=20), "shared": now() - timedelta(days=9)}
    check = CheckIn.begin(story.trajectory, by=client, at=now() - timedelta(days=21))
    check.hand_in(by=client, at=days["handed in"], answers=[said("Het gaat")], levels=[])
    if shared:
        Release.give(fresh(story.trajectory), by=client, at=days["shared"], kind=Release.CHECK_IN, words="Het gaat", check_in=check)
    settle(all_in(begin(story, two_because="" if sponsor else "Niemand vroeg erom.")))
    text = gather(review_of(story), number="x", by=story.people[COACH], at=now(), act="exported")
    mid = [moment.on for moment in canonical.from_json(text).moments if moment.kind == "mid"]
    assert mid == ([day_of(days[told])] if told else [])


def test_a_sponsor_without_part_gets_the_report_only_when_the_client_gives_it(client):
    story = begin(make_story(), at=now() - timedelta(days=30))
    hand_in(story, COACH), hand_in(story, CLIENT)
    for part in (COACH, CLIENT):
        review_of(story).go_without_sponsor(by=story.people[part], at=now())
    settle(story)
    put_forward(story)
    sign(story, COACH), make_files(sign(story, CLIENT).pk)
    els = Client()
    els.force_login(story.people[SPONSOR])
    for name in ("report", "report_pdf", "report_white", "report_archive", "text", "meeting", "draft_report", "prepare"):
        assert els.get(at(name, story)).status_code == 404
    assert els.post(at("report_release", story)).status_code == 404
    client.force_login(story.people[CLIENT])
    client.post(at("report_release", story))
    assert els.get(at("report", story)).status_code == 404  # for half a minute
    client.post(at("report_release", story), {"what": "undo"})
    assert Report.objects.get().released_at is None
    client.post(at("report_release", story))
    Report.objects.update(released_at=now() - timedelta(seconds=1))
    assert els.get(at("report", story)).status_code == 200
    assert (
        "was er niet bij" in " ".join(words_of(els.get(at("report_pdf", story)).content).split())
        and els.get(at("text", story)).status_code == 404
    )
    assert els.get(at("report_white", story)).status_code == 200 and els.get(at("report_archive", story)).status_code == 404
    with pytest.raises(Refused):
        Report.objects.get().take_back(by=story.people[CLIENT], at=now())


def test_six_drafts_a_minute(client):
    story = settle(all_in(begin(make_story())))
    client.force_login(story.people[CLIENT])
    statuses = [client.get(at("draft_report", story)).status_code for _try in range(7)]
    assert statuses == [200] * 6 + [429]
    client.force_login(story.people[COACH])
    assert client.get(at("draft_report", story)).status_code == 200


def test_whoever_waits_too_long_for_another_is_told(monkeypatch):
    monkeypatch.setattr(bounds, "PATIENCE", 0.01)
    with bounds.one_at_a_time(make_person("Sam")), pytest.raises(TooOften, match="Others"), bounds.one_at_a_time(make_person("Els")):
        pass
    with bounds.one_at_a_time(make_person("Noor")):
        pass
