"""Is the agreement on paper what each agreed to, readable by everyone, and neutral to who finds the file? (R4, R7, R26)"""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now
from coaching.models import Person, Trace
from tests.makers import make_person
from tests.trajectories.opening import agreed, opened, proposed
from tests.trajectories.report_paper import alternatives, elements, pages, reads
from tests.trajectories.report_paper import opened as as_document
from trajectories.models import Commitment
from trajectories.report.agreement import as_pdf, printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NAMES = ("Noor", "Sam", "Els", "Visser", "Bakker", "Kamer")


@pytest.fixture
def talk():
    return opened()


def place(talk, **asked):
    return reverse("trajectories:agreement_pdf", args=[talk.pk], query=asked)


def words(pdf):
    return " ".join(pages(pdf))


class TestPaper:
    @pytest.fixture
    def pdf(self, talk):
        agreed(talk, own_words="Elke keer de vraag hardop.")
        Commitment.promise(talk.trajectory, by=talk.els, at=now(), words="Geen rooster op dinsdag.")
        return as_pdf(printed(talk.trajectory, talk.els, at=now()))

    @reads
    def test_it_says_what_was_agreed_and_by_whom(self, pdf):
        said = words(pdf)
        for words_ in ("Agreement between three", "Five conversations of an hour", "Kamer 2.14", "obligation of effort"):
            assert words_ in said
        for words_ in ("This is what Els gets", "This is what Els never gets", "Noor’s notes", "Elke keer de vraag", "Geen rooster"):
            assert words_ in said
        assert said.count("Agreed in Rode Draad on") == 3 and "Draft" not in said and "Agreed by all on" in said
        assert "Each read it and agreed for themselves" in said

    def test_the_file_is_tagged_and_names_nobody(self, pdf):
        with as_document(pdf) as document:
            metadata = bytes(document.Root.Metadata.read_bytes()).decode()
            everything = metadata + str(dict(document.docinfo))
            assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "en"
            assert "<pdfuaid:part>1</pdfuaid:part>" in re.sub(r"\s", "", metadata) or 'pdfuaid:part="1"' in metadata
            assert str(document.docinfo["/Title"]) == "Agreement, version 1" and "/Author" not in document.docinfo
            kinds = [str(element.S) for element in elements(document)]
        assert [name for name in NAMES if name in everything] == []
        assert kinds.count("/H1") == 1 and kinds.index("/H1") < kinds.index("/H2") < kinds.index("/H3")
        assert all(alternatives(pdf))

    def test_the_same_version_gives_the_same_bytes(self, talk, pdf):
        assert as_pdf(printed(talk.trajectory, talk.noor, at=now())) == pdf

    @reads
    def test_in_dutch_too(self, talk, pdf):
        with override("nl"):
            said = words(as_pdf(printed(talk.trajectory, talk.sam, at=now())))
        assert "Afspraken tussen drie" in said and "Dit krijgt Els nooit" in said and "inspanningsverplichting" in said

    @reads
    def test_between_two_there_is_no_sponsors_part(self):
        alone = opened(sponsor=False)
        agreed(alone)
        said = words(as_pdf(printed(alone.trajectory, alone.sam, at=now())))
        assert "Agreement between two" in said and "never gets" not in said and said.count("Agreed in Rode Draad on") == 2


@reads
class TestVersions:
    def test_not_agreed_by_all_says_so_on_every_page(self, talk):
        proposed(talk)
        paper = printed(talk.trajectory, talk.sam, at=now())
        said = pages(as_pdf(paper))
        assert all("Draft, not agreed by all yet" in page for page in said) and "Not agreed yet" in said[-1]
        assert "Each reads it and agrees for themselves" in " ".join(said) and "Each read it" not in " ".join(said)
        assert paper.file_name == "Agreement-draft-1"

    def test_without_a_number_the_one_in_force(self, talk):
        agreed(talk)
        proposed(talk, sessions=6)
        assert printed(talk.trajectory, talk.sam, at=now()).row.number == 1
        assert printed(talk.trajectory, talk.sam, at=now(), wanted=2).draft

    def test_an_older_one_says_that_another_holds_and_asks_nobody(self, talk):
        agreed(talk)
        agreed(talk, sessions=6)
        talk.trajectory.name_sponsor(make_person("Otto Prins"), by=talk.sam, at=now())
        said = words(as_pdf(printed(talk.trajectory, talk.sam, at=now(), wanted=1)))
        assert "Now version 2 holds" in said and "Els de Boer The sponsor then" in said and "Otto" not in said


class TestPage:
    @pytest.fixture(autouse=True)
    def read_in_english(self, talk):
        Person.objects.update(language="en")

    def test_each_party_gets_it_and_it_is_traced_as_printed(self, talk, client):
        agreed(talk)
        for person in talk.everyone:
            client.force_login(person)
            answer = client.get(place(talk))
            assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
            assert answer["Content-Disposition"] == 'attachment; filename="Agreement-1.pdf"'
            left = {(one.kind, one.act) for one in Trace.objects.filter(person_id=person.pk).exclude(act="changed")}
            assert left == {("trajectories.agreement", "printed")}

    def test_hidden_from_who_has_no_seat(self, talk, client):
        agreed(talk)
        for name in ("Iris Mol", "Wim Postma"):
            client.force_login(make_person(name, coordinates=name.startswith("Wim")))
            assert client.get(place(talk)).status_code == 404

    @pytest.mark.parametrize("asked", [{"version": "9"}, {"version": "x"}, {}])
    def test_what_is_not_there_is_said_on_the_page_of_the_agreement(self, talk, client, asked):
        client.force_login(talk.sam)
        answer = client.get(place(talk, **asked), follow=True)
        assert answer.redirect_chain and "no agreement to print" in answer.content.decode()
        assert client.post(place(talk)).status_code == 405
