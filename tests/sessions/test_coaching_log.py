"""Is the coaching log what a professional body asks for, and does it name only who said yes? (R27, R29)"""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from coaching.clock import now
from coaching.erasures import replay
from coaching.models import Erased, Trace
from coaching.refusals import Refused
from sessions.coaching_log import letter, lines
from sessions.models import Flight, LogConsent
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import as_
from tests.trajectories.report_paper import elements, pages, reads
from tests.trajectories.report_paper import opened as as_document
from trajectories.erasure import erase
from trajectories.models import Trajectory

pytestmark = pytest.mark.django_db
HEAD = ["Client", "Individual or group", "Number", "Start", "End", "Paid hours", "Unpaid hours"]
BEFORE = {"kind": "prior", "on": date(2019, 3, 1), "until_on": date(2020, 6, 30), "minutes": 2_400}


def held(trajectory, *days, minutes=60):
    for ago in days:
        session = make_session(trajectory, starts_at=now() - ago * DAY)
        session.hold_it(by=trajectory.coach.person, at=now(), when=(session.starts_at, minutes, ""))


@pytest.fixture
def noor():
    return make_person("Noor Visser", coach=True, language="en")


@pytest.fixture
def sams(noor):
    trajectory = make_trajectory(noor, make_person("Sam Bakker", language="en"))
    held(trajectory, 30, 16, 2)
    return trajectory


@pytest.fixture
def lots(noor):
    trajectory = make_trajectory(noor, make_person("Lot Jansen"))
    held(trajectory, 20, minutes=50)
    return trajectory


def sheet(coach, query=""):
    answer = as_(coach).get(f"/vlieguren/logboek.xlsx{query}")
    assert answer.status_code == 200 and "Noor" not in answer["Content-Disposition"]
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


def give(trajectory):
    return LogConsent.give(Trajectory.objects.get(pk=trajectory.pk), by=trajectory.client.person, at=now())


def test_the_columns_and_the_hours(noor, sams, lots):
    Flight.enter(
        [{"kind": "prior", "on": date(2019, 3, 1), "until_on": date(2020, 6, 30), "minutes": 2_400, "people": 9, "paid": False}], by=noor
    )
    Flight.enter([{"kind": "supervision", "on": date(2021, 1, 1), "until_on": date(2021, 1, 1), "minutes": 90}], by=noor)
    rows = sheet(noor)
    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == ["Before Rode Draad", "Client 1", "Client 2", "Together"]
    assert rows[1][1:3] == ["individual", 9] and [day.date() for day in rows[1][3:5]] == [date(2019, 3, 1), date(2020, 6, 30)]
    assert [row[5:] for row in rows[1:]] == [[0, 40], [3, 0], [0.83, 0], [3.83, 40]]
    assert [row[5:] for row in sheet(noor, "?here=unpaid")[2:4]] == [[0, 3], [0, 0.83]]


def test_a_name_stands_there_only_while_its_owner_says_so(noor, sams, lots):
    assert "Sam" not in str(sheet(noor))
    consent = give(sams)
    rows = sheet(noor)
    assert [row[0] for row in rows[1:3]] == ["Sam Bakker", "Client 2"] and "Lot" not in str(rows)
    consent.withdraw(by=sams.client.person, at=now())
    rows = sheet(noor)
    assert [row[0] for row in rows[1:3]] == ["Client 1", "Client 2"]
    give(sams)
    assert "Sam Bakker" in str(sheet(noor))


def test_it_is_for_that_coachs_log_alone(noor, sams):
    bram = make_person("Bram Smit", coach=True, language="en")
    other = make_trajectory(bram, sams.client.person)
    held(other, 5)
    give(sams)
    assert "Sam" not in str(sheet(bram)) and "Sam Bakker" in str(sheet(noor))


def test_the_yes_outlasts_the_seat_and_can_then_be_withdrawn(noor, sams):
    consent, sam = give(sams), sams.client.person
    sams.parts.get(part="coach").leave(at=now())
    assert "Sam Bakker" in str(sheet(noor))
    place = f"/traject/{sams.pk}/naam-in-logboek/"
    assert "Noor Visser" in as_(sam).get(place).content.decode()
    as_(sam).post(place, {"withdraw": str(consent.pk)})
    assert "Sam" not in str(sheet(noor))
    with pytest.raises(Refused):
        LogConsent.give(Trajectory.objects.get(pk=sams.pk), by=sam, at=now())


def test_the_client_alone_decides_on_a_screen_of_their_own(noor, sams):
    place, sam = f"/traject/{sams.pk}/naam-in-logboek/", sams.client.person
    assert as_(noor).get(place).status_code == as_(noor).post(place, {"give": "1"}).status_code == 404
    with pytest.raises(Refused):
        LogConsent.give(Trajectory.objects.get(pk=sams.pk), by=noor, at=now())
    said = as_(sam).get(place).content.decode()
    assert "This is what Noor gets" in said and "Sam Bakker, if you say yes" in said and "no goals and no levels" in said
    for _press in range(2):
        as_(sam).post(place, {"give": "1"})
    row = LogConsent.objects.get()
    assert (row.coach, row.client) == (noor, sam) and row.given_at and "You said yes on" in as_(sam).get(place).content.decode()
    with pytest.raises(Refused):
        row.withdraw(by=noor, at=now())
    for sent in ("nonsense", str(sams.pk)):
        as_(sam).post(place, {"withdraw": sent})
    assert LogConsent.objects.standing().exists()
    as_(sam).post(place, {"withdraw": str(row.pk)})
    assert not LogConsent.objects.standing().exists() and LogConsent.objects.get().withdrawn_at


def test_an_older_backup_does_not_bring_a_withdrawn_yes_back(sams):
    consent = give(sams)
    consent.withdraw(by=sams.client.person, at=now())
    LogConsent.objects.update(withdrawn_at=None)  # as the backup had it
    replay()
    assert not LogConsent.objects.standing().exists()


def test_taking_a_name_along_leaves_a_trace(noor, sams, lots):
    sheet(noor)
    assert not Trace.objects.filter(act="exported").exists()
    consent = give(sams)
    sheet(noor)
    trace = Trace.objects.get(act="exported")
    assert (trace.person_id, trace.part, trace.thing, trace.dossier) == (noor.pk, "coach", consent.pk, sams.pk)


def test_a_name_that_would_be_run_is_harmless(noor, sams):
    type(sams.client.person).objects.filter(pk=sams.client.person.pk).update(name='=HYPERLINK("http://x")')
    give(Trajectory.objects.get(pk=sams.pk))
    assert sheet(noor)[1][0] == '\'=HYPERLINK("http://x")'


def test_who_forgets_who_was_with_whom_forgets_the_name_too(noor, sams):
    give(sams)
    sams.parts.filter(part="client").delete()
    rows = sheet(noor)
    assert rows[1][0] == "Client 1" and rows[1][5] == 3 and letter(noor).clients == 1


def test_the_yes_goes_with_who_was_with_whom_and_the_hours_stay(noor, sams):
    consent, ended = give(sams), now() - 3 * 365 * DAY
    facts = dict.fromkeys(("accepted_at", "intake_at", "agreed_at", "started_at", "closing_at", "closed_at"), ended)
    Trajectory.objects.filter(pk=sams.pk).update(**facts)
    erase(now())
    assert not LogConsent.objects.exists() and Erased.objects.filter(thing=str(consent.pk)).exists()
    assert not sams.parts.filter(part="client").exists() and sheet(noor)[1][0] == "Client 1" and letter(noor).minutes == 180


def test_one_year_of_it(noor, sams):
    Flight.enter([{"kind": "other", "on": date(2020, 5, 1), "until_on": date(2020, 5, 1), "minutes": 60}], by=noor)
    assert [row[0] for row in sheet(noor, "?year=2020")[1:]] == ["Outside Rode Draad", "Together"]
    assert as_(noor).get("/vlieguren/logboek.xlsx?year=1850").url == "/vlieguren/"


@reads
def test_the_log_on_paper_is_accessible_and_names_nobody_beside(noor, sams, lots):
    give(sams)
    answer = as_(noor).get("/vlieguren/logboek.pdf")
    said = " ".join(pages(answer.content))
    for words in (*HEAD, "Noor Visser", "Sam Bakker", "Client 2", "0.83", "Together 3.83"):
        assert words in said
    assert "Lot" not in said
    with as_document(answer.content) as document:
        kinds = [str(element.S) for element in elements(document)]
        beside = bytes(document.Root.Metadata.read_bytes()).decode() + str(dict(document.docinfo))
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "en"
    assert kinds.count("/H1") == 1 and "/TH" in kinds and not [name for name in ("Noor", "Sam") if name in beside]
    assert "Noor" not in answer["Content-Disposition"]


@reads
def test_the_letter_says_hours_clients_and_period_and_no_names(noor, sams, lots):
    Flight.enter([BEFORE], by=noor)
    give(sams)
    told = letter(noor)
    assert (told.minutes, told.sessions, told.clients) == (230, 4, 2)
    said = " ".join(pages(as_(noor).get("/vlieguren/brief.pdf").content))
    assert "Noor Visser" in said and "3.83" in said and "Sessions held" in said
    assert not [name for name in ("Sam", "Bakker", "Lot", "Jansen", "Client 1", "40") if name in said.replace("2040", "")]


def test_without_a_session_here_there_is_no_letter(noor):
    Flight.enter([BEFORE], by=noor)
    assert letter(noor) is None and as_(noor).get("/vlieguren/brief.pdf").url == "/vlieguren/"
    assert [line.client for line in lines(noor, at=now())]


@pytest.mark.parametrize("file", ["logboek.xlsx", "logboek.pdf", "brief.pdf"])
def test_nobody_else_makes_it(file, sams):
    for person in (sams.client.person, make_person("Wim Postma", coordinates=True), make_person("Ada Brink", administers=True)):
        assert as_(person).get(f"/vlieguren/{file}").status_code == 404


def test_while_somebody_looks_along_no_client_is_named(noor, sams):
    give(sams)
    client = as_(noor)
    assert "Sam Bakker" in client.get("/vlieguren/").content.decode()
    client.post("/rustig/", {"on": "1"})
    said = client.get("/vlieguren/").content.decode()
    assert "Sam" not in said and "3 coaching hours" in said and "a colleague" in said and "Nobody has said yes" not in said
