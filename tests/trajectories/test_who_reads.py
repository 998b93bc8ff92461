"""Do we tell the sponsor what the doors do? (R4, architecture 2)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.opening import DAY, drawn_up, opened, said_yes
from trajectories.doors import SPONSOR
from trajectories.who_reads import LANGUAGES, rules, said, sponsor_never_sees, sponsor_sees, who_reads


def test_every_kind_of_words_has_a_name():
    assert set(said()["names"]) == set(rules())


def test_every_kind_of_words_is_told_to_the_sponsor_or_kept_from_them():
    told = {label for which in ("sees", "never") for line in said()[which] for label in line["models"]}
    unsaid = {"trajectories.request"}  # their own words
    assert told == set(rules()) - unsaid


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_borne_out_by_the_rules(language):
    names = {"client": "Sam", "coach": "Noor", "language": language}
    assert len(sponsor_sees(**names)) == len(said()["sees"])
    assert len(sponsor_never_sees(**names)) == len(said()["never"])
    assert "{" not in " ".join(str(line) for line in sponsor_sees(**names) + sponsor_never_sees(**names))


def test_a_line_goes_when_the_rule_changes(monkeypatch):
    changed = dict(rules()) | {"coaching_sessions.action": {SPONSOR: "now readable"}}
    monkeypatch.setattr("trajectories.who_reads.rules", lambda: changed)
    assert len(sponsor_never_sees()) == len(said()["never"]) - 1


def test_who_reads_what():
    kinds = {kind.label: kind for kind in who_reads("en")}
    assert kinds["coaching_sessions.log"].parts == {"coach", "client"}
    assert kinds["coaching_sessions.journal"].own and not kinds["coaching_sessions.journal"].parts
    assert kinds["trajectories.goal"].parts == {"coach", "client", "sponsor"}


@pytest.mark.django_db
def test_the_list_of_goals_says_truthfully_who_reads_along(client):
    talk = opened(state="running")
    talk.sam.language = "en"
    talk.sam.save()
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    place = reverse("trajectories:goals", args=[talk.pk])
    client.force_login(talk.sam)
    assert "what is shared of it" not in client.get(place).content.decode()
    goal.share(by=talk.sam, at=now() - DAY)
    assert "Sam and Noor; Els what is shared of it" in client.get(place).content.decode()
