"""Does the helper fill what is empty and only that, with a script and without, and keep it as a draft? (R5)"""

import html
import re

import pytest
from django.urls import reverse

from coaching.models import Draft
from tests.makers import make_person
from tests.trajectories.opening import goal_words, reads_english
from trajectories.models import Goal

pytestmark = pytest.mark.django_db


def at(name, row):
    return reverse(f"trajectories:{name}", args=[row.pk])


def typed(**other):
    return {name: str(value) for name, value in goal_words(**other).items()}


class TestHelper:
    """Four parts become proposals where nothing was typed; with and without a script."""

    PARTS = {"smart-activity": "zeg het", "smart-quantity": "twee keer per week", "smart-support": "Lotte", "smart-time": "vóór kerst"}

    def proposed(self, talk, client, **typed):
        client.force_login(talk.sam)
        return client.post(at("goal_new", talk), self.PARTS | {"propose": "1"} | typed)

    def value(self, page, name):
        found = re.search(rf'name="{name}"[^>]*?(?:value="([^"]*)"[^>]*>|>\s*([^<]*)</textarea>)', page)
        return html.unescape(found.group(1) or found.group(2) or "").strip()

    def test_it_fills_what_is_empty_and_writes_nothing_down(self, talk, client):
        answer = self.proposed(talk, client, plus_one="Van mijzelf.", why="Hierom.")
        page = answer.content.decode()
        assert answer.status_code == 200 and not Goal.objects.exists()
        assert self.value(page, "title") == self.value(page, "zero") == "Ik zeg het, twee keer per week, met Lotte, vóór kerst."
        assert self.value(page, "plus_one") == "Van mijzelf." and self.value(page, "why") == "Hierom."
        assert self.value(page, "minus_one") == "Ik zeg het, één keer per week, met Lotte, vóór kerst."

    def test_untouched_proposals_follow_and_reworded_ones_stay(self, talk, client):
        before = {f"smart-was_{name}": "Ik zeg het." for name in ("title", "zero")}
        page = self.proposed(talk, client, title="Ik zeg het.", zero="Ik zeg het nú.", **before).content.decode()
        assert self.value(page, "title").startswith("Ik zeg het, twee keer") and self.value(page, "zero") == "Ik zeg het nú."

    def test_the_proposals_are_kept_as_a_draft(self, talk, client):
        self.proposed(talk, client, key="0b0c9a6e-2f57-4f5e-9d0c-3c1f9b1a7d13", turn="3")
        page = client.get(at("goal_new", talk)).content.decode()
        assert self.value(page, "title").startswith("Ik zeg het, twee keer") and self.value(page, "smart-activity") == "zeg het"
        assert '<details class="smart" id="smart" open>' in page

    def test_without_an_activity_it_says_what_to_begin_with(self, talk, client):
        reads_english(talk.sam)
        page = self.proposed(talk, client, **{"smart-activity": " "}).content.decode()
        assert "Say first what you do then." in page and self.value(page, "title") == ""

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_pressed_with_nothing_typed_it_stays_open_and_says_so(self, talk, client, headers):
        reads_english(talk.sam)
        client.force_login(talk.sam)
        assert '<details class="smart" id="smart">' in client.get(at("goal_new", talk)).text
        page = client.post(at("goal_new", talk), dict.fromkeys(self.PARTS, "") | {"propose": "1"}, headers=headers).text
        assert '<details class="smart" id="smart" open>' in page and "Say first what you do then." in page

    def test_one_finishes_a_sentence_that_begins_with_i(self, talk, client):
        reads_english(talk.sam)
        page = self.proposed(talk, client, **{"smart-activity": "emails I answer at once"}).content.decode()
        assert '<span class="voice">I …</span><input type="text" name="smart-activity"' in page
        assert "This does not follow “I”" in page and self.value(page, "title") == ""

    def test_htmx_gets_the_fields_alone(self, talk, client):
        client.force_login(talk.sam)
        answer = client.post(at("goal_new", talk), self.PARTS | {"propose": "1"}, headers={"HX-Request": "true"})
        assert b"<html" not in answer.content and b'id="goal-words"' in answer.content and at("goals", talk).encode() in answer.content

    def test_while_one_types_the_sentence_is_said(self, talk, goal, client):
        client.force_login(talk.sam)
        for address in (at("goal_new", talk), at("goal_edit", goal)):
            answer = client.post(address, self.PARTS | {"sentence": "1"}, headers={"HX-Request": "true"})
            assert answer.content.decode().count("Ik zeg het, twee keer per week, met Lotte, vóór kerst.") == 1
        assert not Draft.objects.exists()

    def test_what_was_typed_in_the_helper_bars_nobody(self, talk, client):
        client.force_login(talk.sam)
        assert client.post(at("goal_new", talk), typed() | {"smart-activity": "\x00" + "x" * 5000}).status_code == 302

    def test_a_stranger_gets_no_sentence(self, talk, goal, client):
        client.force_login(make_person("Iris Mol"))
        assert client.post(at("goal_edit", goal), {"sentence": "1"}, headers={"HX-Request": "true"}).status_code == 404
