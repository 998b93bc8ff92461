"""Who gets the letter of an agreement or a report, and who decides how it looks?"""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coaching.models import Trace
from tests.makers import make_person
from tests.trajectories.issued_story import issued
from tests.trajectories.letter_parts import letter, said_by, words_of
from trajectories.bounds import one_at_a_time
from trajectories.doors import CLIENT, PARTS
from trajectories.models import LetterTemplate, Trajectory


@pytest.fixture
def story(db):
    return issued()


def at(name, story):
    return reverse(f"trajectories:{name}", args=[story.trajectory.pk])


def test_who_reads_the_pdf_gets_the_letter_and_leaves_a_trace(client, story):
    for part in PARTS:
        client.force_login(story.people[part])
        answer = client.get(at("report_docx", story))
        assert answer["Content-Type"].endswith("wordprocessingml.document") and "{{" not in words_of(answer.content)
        assert story.people[CLIENT].name in said_by(answer.content) and story.people[CLIENT].name not in answer["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert all(person.name not in archive.read("docProps/core.xml").decode() for person in story.people.values())
    assert {one.person_id for one in Trace.objects.filter(act="printed")} == {one.pk for one in story.people.values()}
    client.force_login(make_person("Iris"))
    assert client.get(at("report_docx", story)).status_code == 404


def test_one_letter_at_a_time(client, story):
    client.force_login(story.people[CLIENT])
    with one_at_a_time(story.people[CLIENT]):
        assert client.get(at("report_docx", story))["Location"] == at("report", story)
    assert client.get(at("report_docx", story)).status_code == 200


def test_the_agreement_is_a_letter_for_its_parties(cast, client):
    running = Trajectory.objects.get(pk=cast.things["running"].pk)
    place = reverse("trajectories:agreement_docx", args=[running.pk])
    agreed = [one["word"] for one in cast.secrets if one["what"] == "agreement" and one["trajectory"] == "running"]
    for seat in running.seats:
        client.force_login(seat.person)
        said = said_by(client.get(place).content)
        assert all(one.person.name in said for one in running.seats) and agreed and all(word in said for word in agreed)
    client.force_login(cast.people["iris"])
    assert client.get(place).status_code == 404


@pytest.mark.django_db
def test_a_site_administrator_puts_up_a_template_and_takes_it_away(client, story):
    admin = make_person("Ada", administers=True)
    client.force_login(admin)
    page = reverse("trajectories:letter", args=["report"])
    assert client.get(reverse("trajectories:letters")).status_code == client.get(page).status_code == 200
    own = letter("Van het huis: {{ number }}")
    assert client.post(page, {"file": SimpleUploadedFile("eigen.docx", own)})["Location"] == reverse("trajectories:letters")
    assert client.get(reverse("trajectories:letter_template", args=["report"])).content == own
    client.force_login(story.people[CLIENT])
    assert said_by(client.get(at("report_docx", story)).content) == f"Van het huis: {story.report.number}"
    assert client.post(reverse("trajectories:letter_remove", args=["report"])).status_code == 404
    client.force_login(admin)
    client.post(reverse("trajectories:letter_remove", args=["report"]))
    assert not LetterTemplate.objects.exists()
    assert client.get(reverse("trajectories:letter", args=["other"])).status_code == 404


@pytest.mark.django_db
def test_what_is_refused_is_said_and_nothing_is_kept(client):
    client.force_login(make_person("Ada", administers=True))
    page = reverse("trajectories:letter", args=["agreement"])
    for raw in (b"PK", letter("{{ nothing }}"), b"x" * 3_000_000):
        answer = client.post(page, {"file": SimpleUploadedFile("a.docx", raw)})
        assert answer.status_code == 422
    assert client.post(page).status_code == 422 and not LetterTemplate.objects.exists()
