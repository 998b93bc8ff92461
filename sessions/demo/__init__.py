"""What does a development run begin with? A believable organisation, told by the verbs, dated around today so that it never looks stale."""

from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import yaml
from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from coaching.models import Letter, Person
from sessions.demo import agreeing, between, closing, conversations, craft, later, looking, opening
from sessions.demo.days import Days
from sessions.demo.figures import count_periods
from sessions.demo.methods import make_methods
from sessions.demo.methods import read as methods_of_the_house
from sessions.demo.people import make_people, rest_the_coaches
from sessions.demo.tale import Tale

SOURCE = Path(__file__).with_name("merwestede.yaml")
CHAPTERS = (opening, agreeing, conversations, craft, between, closing, later, looking)


@dataclass(frozen=True)
class Loaded:
    """How many people and trajectories there are now, and in which states."""

    people: int
    states: tuple


def load(*, today, language="nl"):
    """Tell all of it in `language`, as if today were `today`; None when somebody lives here already."""
    with transaction.atomic(), override(language):
        if Person.objects.exists():
            return None
        data = said(_source(), language)
        days = Days(today)
        people = make_people(data, language)
        tales = [Tale(row, people, days) for row in data["trajectories"]]
        for at, tale, act, row in _in_time(tales):
            act(tale, row, at=at)
        count_periods(today, [person.unit.name for person in _one_of_each_unit(people)])
        rest_the_coaches(data["coaches"], people, days)
        make_methods(said(methods_of_the_house(), language), people, days)
        _nothing_to_send()
    return Loaded(len(people), tuple(sorted({str(tale.fresh().state) for tale in tales})))


def _source():
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(SOURCE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  either one is a safe loader


def said(data, language):
    """The same data with every {nl, en} replaced by the words of one language."""
    if isinstance(data, dict):
        return data[language] if set(data) == {"nl", "en"} else {key: said(value, language) for key, value in data.items()}
    return [said(value, language) for value in data] if isinstance(data, list) else data


def _in_time(tales):
    """The acts of all tales together, in the order in which they happen."""
    acts = []
    for tale in tales:
        found = [event for chapter in CHAPTERS for event in chapter.events(tale.row)]
        acts += [(at, tale, act, row) for at, act, row in tale.timed(found)]
    return sorted(acts, key=itemgetter(0))


def _one_of_each_unit(people):
    """A client of each of the first three units that have one."""
    found = {person.unit_id: person for person in people.values() if person.unit_id and person.unit.parent_id}
    return list(found.values())[:3]


def _nothing_to_send():
    """What the letters of the past told has been read long ago: the page with letters shows them, and none leaves."""
    Letter.objects.waiting().update(sent_at=F("due_at"))
