"""Who agreed to which version, and when does it hold? (R4, R7, R27)"""

from datetime import timedelta
from json import dumps

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.models import Organisation, Person
from coaching.refusals import Refused, Stale
from coaching.templatetags.house import day_full
from tests.makers import make_person
from tests.trajectories.opening import agreed, fresh, opened, proposed, reads_english, terms
from trajectories.agreement_text import GETS, NEVER, compared, conversations, differences, freeze, length, sections
from trajectories.doors import SPONSOR
from trajectories.models import Agreement, Part, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened()


def text(frozen, key, language="nl"):
    return next(one for one in frozen[language] if one["key"] == key)


class TestText:
    def test_it_names_the_parties_and_the_terms_in_both_languages(self, talk):
        frozen = freeze(talk.trajectory, terms(), Organisation(name="De Linde", content_months=9, follow_up_again_months=6))
        assert "Na 3 en 6 maanden" in text(frozen, "evaluation")["body"] and "After 3 and 6" in text(frozen, "evaluation", "en")["body"]
        assert "Vijf gesprekken van een uur" in text(frozen, "sessions")["body"]
        assert "Five conversations of an hour" in text(frozen, "sessions", "en")["body"]
        assert "na 9 maanden" in text(frozen, "retention")["body"] and "na 90 dagen" in text(frozen, "retention")["body"]
        assert "Noor heeft een inspanningsverplichting" in text(frozen, "effort")["body"]

    def test_every_placeholder_is_filled_in(self, talk):
        for opening in (talk, opened(sponsor=False)):
            frozen = freeze(opening.trajectory, terms(own_words="Eén {accolade} mag."), Organisation.current())
            said = [f"{one['heading']} {one['body']} {one['points']}" for sections in frozen.values() for one in sections]
            assert [words for words in said if "{" in words and "accolade" not in words] == []

    def test_two_parties_have_no_sponsors_part(self):
        keys = {one["key"] for one in freeze(opened(sponsor=False).trajectory, terms(), Organisation.current())["nl"]}
        assert "roles_two" in keys and not keys & {"roles", "sponsor_part", GETS, NEVER}

    def test_who_are_called_the_same_get_their_whole_name(self, talk):
        talk.els.name = "Sam de Wit"
        talk.els.save()
        frozen = freeze(talk.trajectory, terms(), Organisation.current())
        assert text(frozen, GETS)["heading"] == "Dit krijgt Sam de Wit"

    def test_without_a_coach_there_is_nothing_to_agree(self, talk):
        talk.seat("coach").leave(at=now())
        with pytest.raises(Refused, match="no coach"):
            freeze(talk.trajectory, terms(), Organisation.current())

    def test_numbers_as_people_say_them(self):
        assert conversations(1, "nl") == "Eén gesprek" and conversations(13, "en") == "13 conversations"
        assert length(90, "nl") == "anderhalf uur" and length(50, "en") == "50 minutes"

    def test_two_texts_word_by_word(self):
        old, new = compared("Vijf gesprekken", "Zes gesprekken")
        assert old == ((True, "Vijf"), (False, " gesprekken")) and new == ((True, "Zes"), (False, " gesprekken"))

    def test_what_three_say_otherwise_than_two_stands_beside_it(self, talk):
        two, three = (Agreement(frozen=dumps(freeze(one.trajectory, terms(), Organisation.current()))) for one in (self.two(), talk))
        found = differences(sections(two), sections(three))
        headings = [one.heading for one in found]
        assert len(headings) == len(set(headings)) and {"Who does what", "When you look"} <= set(headings)
        assert all(one.old and one.new for one in found if one.heading in ("Who does what", "When you look"))

    @staticmethod
    def two():
        return opened(sponsor=False)

    def test_the_same_text_has_no_differences(self):
        assert differences([], []) == []


class TestVersions:
    def test_the_last_yes_puts_it_in_force(self, talk):
        version = proposed(talk)
        version.agree(by=talk.sam, at=now())
        assert fresh(version).in_force_at is None and talk.trajectory.state == State.INTAKE
        fresh(version).agree(by=talk.els, at=now())
        assert fresh(version).in_force_at and talk.trajectory.state == State.AGREED

    def test_a_second_yes_of_one_changes_nothing(self, talk):
        version = proposed(talk)
        for _time in range(2):
            fresh(version).agree(by=talk.sam, at=now())
        assert version.assents.count() == 2

    def test_until_all_agree_the_old_one_holds(self, talk):
        first = agreed(talk)
        proposed(talk, sessions=6)
        assert talk.trajectory.agreements.in_force().get() == first

    def test_an_older_version_is_no_longer_agreed_to(self, talk):
        first = proposed(talk)
        proposed(talk, sessions=6)
        with pytest.raises(Refused, match="newer version"):
            first.agree(by=talk.sam, at=now())

    def test_the_sponsor_puts_nothing_forward(self, talk):
        with pytest.raises(Refused):
            proposed(talk, by=talk.els)

    def test_two_at_once_are_told_apart(self, talk):
        proposed(talk)
        with pytest.raises(Stale):
            Agreement.propose(talk.trajectory, by=talk.sam, at=now(), frozen={}, base=0, **terms())

    def test_a_sponsor_who_is_not_confirmed_comes_first(self):
        alone = opened(sponsor=False)
        Part.objects.create(trajectory=alone.trajectory, person=make_person("Otto Prins"), part=SPONSOR, from_at=now())
        with pytest.raises(Refused, match="not confirmed the sponsor"):
            proposed(alone)

    def test_what_was_read_stays_when_the_terms_change(self, talk):
        version = agreed(talk)
        Organisation(name="Anders", content_months=3).save()
        assert fresh(version).frozen == version.frozen

    def test_renewed_it_names_those_of_now(self, talk):
        talk.sam.name = "Sami Bakker"
        version = agreed(talk)
        talk.sam.save()
        renewed = version.renew(by=talk.noor, at=now())
        assert renewed.number == 2 and "Sami leert" in renewed.frozen

    def test_nothing_after_the_end(self, talk):
        version = proposed(talk)
        talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
        with pytest.raises(Refused, match="stopped"):
            version.agree(by=talk.sam, at=now())
        with pytest.raises(Refused, match="stopped"):
            proposed(talk)


class TestPages:
    @pytest.fixture
    def place(self, talk):
        return reverse("trajectories:agreement", args=[talk.pk])

    @pytest.fixture
    def editing(self, talk):
        return reverse("trajectories:agreement_edit", args=[talk.pk])

    def filled(self, **other):
        return {name: value or "" for name, value in terms(**other).items()}

    def test_putting_forward_and_agreeing(self, talk, client, place, editing):
        client.force_login(talk.noor)
        assert client.get(editing).status_code == 200
        assert client.post(editing, self.filled()).url == place
        for person in (talk.sam, talk.els):
            client.force_login(person)
            assert b'name="read" value="1"' in client.get(place).content
            client.post(reverse("trajectories:agree", args=[talk.pk]), {"read": "1"})
        assert talk.trajectory.state == State.AGREED

    def test_both_versions_stand_side_by_side(self, talk, client, place):
        agreed(talk)
        proposed(talk, sessions=6)
        client.force_login(talk.els)
        answer = client.get(place).content.decode()
        assert "<del>Vijf</del>" in answer or "<del>Five</del>" in answer
        assert 'name="read" value="2"' in answer

    def test_the_whole_proposal_says_what_the_sponsor_gets_and_never_gets(self, client):
        talk = opened(sponsor=False)
        agreed(talk)
        els = make_person("Els de Boer")
        talk.trajectory.name_sponsor(els, by=talk.sam, at=now())
        proposed(talk, place="Kamer 3")
        Person.objects.update(language="en")
        client.force_login(talk.sam)
        whole = client.get(reverse("trajectories:agreement", args=[talk.pk])).content.decode()
        whole = whole.split("Read the whole proposal")[1].split("</details>")[0]
        assert "This is what Els gets" in whole and "The shared goals, from now to then" in whole
        assert "This is what Els never gets" in whole and "Noor’s notes" in whole

    def test_also_before_any_holds(self, talk, client, place):
        Person.objects.update(language="en")
        proposed(talk)
        client.force_login(talk.els)
        assert "<ins>" not in client.get(place).content.decode()
        proposed(talk, sessions=6)
        answer = client.get(place).content.decode()
        assert "What differs from version 1" in answer and "<del>Five</del>" in answer and "<ins>Six</ins>" in answer
        assert "holds now" not in answer and "<ins>" not in client.get(place, {"version": "1"}).content.decode()

    def test_the_sponsor_is_led_to_what_waits_for_their_yes(self, talk, client, place):
        Person.objects.update(language="en")
        home = reverse("trajectories:sponsor", args=[talk.pk])
        client.force_login(talk.els)
        assert "say yes" not in client.get(home).content.decode()
        version = proposed(talk)
        assert "Read the agreement, and say yes" in client.get(home).content.decode()
        version.agree(by=talk.els, at=now())
        assert "and say yes" not in client.get(home).content.decode()
        client.force_login(talk.sam)
        along = client.get(reverse("trajectories:look_along", args=[talk.pk])).content.decode()
        assert "and say yes" not in along

    def test_who_reads_along_is_who_is_there(self, client):
        for two, said in ((True, "You both read this"), (False, "All three")):
            talk = opened(sponsor=not two)
            Person.objects.update(language="en")
            client.force_login(talk.sam)
            answer = client.get(reverse("trajectories:agreement", args=[talk.pk])).content.decode()
            assert said in answer and ("All three" in answer) != two

    def test_an_older_version_can_be_read(self, talk, client, place):
        agreed(talk)
        agreed(talk, place="Kamer 3")
        client.force_login(talk.sam)
        assert "Kamer 2.14" in client.get(place, {"version": "1"}).content.decode()
        assert "Kamer 2.14" not in client.get(place).content.decode()

    @pytest.mark.parametrize("read", [{}, {"read": "x"}, {"read": "7"}])
    def test_agreeing_to_nothing_is_refused(self, talk, client, read):
        version = proposed(talk)
        client.force_login(talk.sam)
        assert client.post(reverse("trajectories:agree", args=[talk.pk]), read).status_code == 302
        assert version.assents.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"minutes": "9"},
            {"minutes": "veel"},
            {"sessions": "0"},
            {"place": ""},
            {"starts_on": "ooit"},
            {"ends_on": str(today() - timedelta(1))},
            {"ends_on": "9999-12-31"},
            {"ends_on": str(today() + timedelta(1100))},
            {"starts_on": "0001-01-01", "ends_on": "0001-02-01"},
            {"starts_on": "9998-12-31", "ends_on": "9999-12-31"},
        ],
    )
    def test_what_was_typed_comes_back(self, talk, client, editing, wrong):
        client.force_login(talk.sam)
        answer = client.post(editing, self.filled(own_words="Dit typte ik.") | wrong)
        assert answer.status_code == 422 and "Dit typte ik." in answer.content.decode()
        assert not Agreement.objects.exists()

    def test_another_put_one_forward_meanwhile(self, talk, client, editing):
        proposed(talk, place="Kamer van Noor")
        client.force_login(talk.sam)
        answer = client.post(editing, self.filled(place="Kamer van Sam") | {"base": "0"})
        assert answer.status_code == 409
        assert "Kamer van Noor" in answer.content.decode() and "Kamer van Sam" in answer.content.decode()

    @pytest.mark.parametrize(("writer", "says"), [("noor", "Noor changed it"), ("sam", "in another window")])
    def test_it_says_who_changed_it_and_shows_days_as_days(self, talk, client, editing, writer, says):
        reads_english(talk.sam)
        proposed(talk, by=getattr(talk, writer), place="De bibliotheek")
        client.force_login(talk.sam)
        mine, theirs_ends = today() + timedelta(70), today() + timedelta(90)
        answer = client.post(editing, self.filled(ends_on=mine) | {"base": "0"})
        assert answer.status_code == 409
        yours, theirs = answer.content.decode().split('id="theirs"')
        assert [one for one in ("Noor changed it", "in another window") if one in yours] == [says]
        assert f'<p class="voice">{day_full(mine)}</p>' in yours and f'<p class="voice">{day_full(theirs_ends)}</p>' in theirs
        assert str(mine) not in theirs and str(theirs_ends) not in theirs

    def test_hidden_from_who_has_no_seat(self, talk, client, place, editing):
        client.force_login(make_person("Iris Mol"))
        assert [client.get(one).status_code for one in (place, editing)] == [404, 404]
        assert client.post(reverse("trajectories:agree", args=[talk.pk]), {"read": "1"}).status_code == 404
        client.force_login(talk.els)
        assert client.get(editing).status_code == 404

    def test_the_menu_leads_on(self, talk, client, place):
        client.force_login(talk.sam)
        assert client.get(reverse("trajectories:my_agreement")).url == place
        client.force_login(talk.noor)
        assert client.get(reverse("trajectories:my_agreement")).url == reverse("sessions:now")
