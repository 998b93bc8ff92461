"""Is in what somebody takes along all that is theirs, and nothing that is another's? (R25, R26, R27)"""

import io
import json
import re
import zipfile

import pytest
from django.apps import apps

from coaching.clock import now
from coaching.models import Draft, Trace
from coaching.sealed import sealed_fields
from tests.access.notation import CAST, EVERYONE
from tests.access.visiting import Visitor, _of_pdf, body, found, words_of
from tests.conftest import undone
from trajectories.doors import COACH, SPONSOR, WHOLE
from trajectories.download.rows import chapters, drafts, kinds, own
from trajectories.models import HandOver, Trajectory
from trajectories.who_reads import rules

ADDRESS = "/mijn-gegevens/"
OF_A_COACH = {"private_note", "stall", "unshared_log", "session_log", "intervention", "draft"}  # what coaches of the story write themselves


def taken(cast, key, password=None):
    """The answer to somebody who asks for their file."""
    return Visitor(key, cast.people[key]).send(ADDRESS, {"password": password or cast.password}, headers={})


def unpacked(response):
    with zipfile.ZipFile(io.BytesIO(body(response))) as file:
        return {name: file.read(name) for name in file.namelist()}


def read(files):
    """All that can be read in it, the reports and the names of the files included."""
    told = [_of_pdf(content) if name.endswith(".pdf") else content.decode() for name, content in files.items()]
    return "\n".join([*files, *told])


@pytest.fixture(scope="module")
def files(cast_of_the_module):
    """What everyone takes along; what that leaves behind is undone."""
    cast = cast_of_the_module
    with undone():
        return {key: unpacked(taken(cast, key)) for key in sorted(EVERYONE)}


@pytest.mark.parametrize("key", sorted(EVERYONE))
def test_nobody_takes_along_what_they_may_not_read(key, cast, files):
    told = {secret["word"]: secret["what"] for secret in cast.secrets}
    assert {told[word] for word in found(words_of(cast, key), read(files[key]))} == set()


def seat(cast, key, trajectory):
    return dict(zip(cast.SEATS[trajectory].split(), ("coach", "client", "sponsor"), strict=True)).get(key, "")


@pytest.mark.parametrize("key", sorted(EVERYONE))
def test_clients_and_sponsors_take_along_all_that_they_read(key, cast, files):
    mine = [one for one in cast.secrets if key in one["readers"] and seat(cast, key, one["trajectory"]) in ("client", "sponsor")]
    said = read(files[key])
    assert {f"{one['what']} {one['word']}" for one in mine if one["word"] not in said} == set()
    if key in ("sam", "pia", "els"):
        assert len(mine) > 10


@pytest.mark.parametrize("key", ["noor", "bram"])
def test_coaches_take_along_what_they_wrote_and_leave_the_clients_words(key, cast, files):
    said, coached = (
        read(files[key]),
        [one for one in cast.secrets if seat(cast, key, one["trajectory"]) == "coach" and key in one["readers"]],
    )
    there = {what: [one["word"] in said for one in coached if one["what"] == what] for what in {one["what"] for one in coached}}
    assert {what for what in OF_A_COACH if not all(there.get(what, [True]))} == set()
    clients = ("question", "private_goal", "check_in", "journal")
    running = {one["word"] for one in coached if one["trajectory"] == "running" and one["what"] in clients}  # no report yet that says them
    assert (running or key != "noor") and {word for word in running if word in said} == set()


@pytest.mark.parametrize("key", ["bram", "tess"])
def test_former_parties_take_along_nothing_of_it(key, cast, files):
    trajectory = cast.things["running"]
    assert str(trajectory.pk) not in read(files[key])


def test_a_draft_comes_along_as_long_as_its_place_is_open(cast):
    noor, trajectory = cast.people["noor"], Trajectory.objects.get(pk=cast.things["running"].pk)
    session = str(cast.things["running.session_planned"].pk)
    assert session in {draft.place.split(":")[-1] for draft in drafts(noor)}
    offer = HandOver.propose(trajectory, cast.people["pia"], by=cast.people["wim"], at=now())
    offer.say_yes(by=cast.people["pia"], at=now())
    HandOver.objects.get(pk=offer.pk).say_yes(by=cast.people["sam"], at=now())
    assert Draft.objects.filter(author=noor, place__endswith=session).exists()
    assert session not in {draft.place.split(":")[-1] for draft in drafts(noor)}


def test_names_of_files_hold_nobodys_name(cast, files):
    response = taken(cast, "sam")
    names = [*files["sam"], *files["pia"], response["Content-Disposition"]]
    assert (
        f"{cast.things['closed.addendum'].number}.pdf" in files["pia"] and len([one for one in files["pia"] if one.endswith(".pdf")]) == 2
    )
    people = [part for person in cast.people.values() for part in person.name.split() if len(part) > 2]
    assert not [name for name in names for part in people if part.lower() in name.lower()]
    assert re.fullmatch(r'attachment; filename="rode-draad-\d{4}-\d\d-\d\d\.zip"', response["Content-Disposition"])
    assert response["Cache-Control"] == "no-store"


def test_the_data_can_be_read_by_a_machine(files):
    data = json.loads(files["sam"]["rode-draad.json"])
    [running] = [one for one in data["trajectories"] if one["your_part"] == "client" and one["state"] == "running"]
    assert data["account"]["name"] == "Sam Verhagen" and len(running["rows"]) > 20 and running["looks"]
    assert all(row["kind"] in rules() for row in running["rows"])


def test_taking_along_leaves_traces_but_not_of_ones_own(cast):
    taken(cast, "sam")
    traces = Trace.objects.filter(act="exported", person_id=cast.people["sam"].pk)
    found = {trace.kind for trace in traces}
    assert {"trajectories.question", "coaching_sessions.log", "trajectories.agreement"} <= found
    assert not found & {"coaching_sessions.journal", "coaching.draft"} and {trace.part for trace in traces} == {"client"}


@pytest.mark.parametrize("password", ["", "iets anders dan het is"])
def test_without_the_password_there_is_no_file(password, cast):
    response = Visitor("sam", cast.people["sam"]).send(ADDRESS, {"password": password}, headers={})
    assert response.status_code == 422 and "html" in response["Content-Type"]
    assert not Trace.objects.filter(act="exported").exists()


def test_five_an_hour_and_reading_makes_none(cast):
    assert [taken(cast, "iris").status_code for _time in range(6)] == [200] * 5 + [429]
    assert taken(cast, "sam").status_code == 200
    assert "html" in Visitor("iris", cast.people["iris"]).get(ADDRESS)["Content-Type"]


def test_every_kind_of_words_is_looked_at(cast):
    """A kind that is added comes along by itself: in a trajectory by its door, outside one by its author."""
    papers, nobodys = {"Report", "ReportFile", "Addendum"}, {"Import", "LinkInvitation", "Certificate"}
    outside = {"Draft"} | papers | nobodys  # taken by a way of their own, or nobody's words
    sealed = {model for model in apps.get_models() if sealed_fields(model) and model.__name__ not in outside and not model._meta.proxy}
    authored = {model for model in sealed if any(one.name in ("author", "owner") for one in model._meta.concrete_fields)}
    assert sealed - authored <= set(kinds())
    assert list(own(cast.people["iris"])) == [] and len(chapters(cast.people["sam"])) > 1
    assert {label for label, reads in rules().items() if reads and COACH in reads and reads.get(SPONSOR) in WHOLE} >= {
        "trajectories.agreement"
    }


def test_everyone_of_the_cast_can(files):
    assert set(files) == EVERYONE and set(CAST) > EVERYONE
