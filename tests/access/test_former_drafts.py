"""Does what was half written stay with the seat that it was written in, also for its writer who comes back to another? (R11)"""

import json

import pytest

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from tests.access.former import addresses, autosave, windows
from tests.access.test_canaries import readable
from tests.access.test_former_parties import hand_over_to
from tests.access.visiting import Visitor, text
from trajectories.download.rows import drafts
from trajectories.models import Trajectory

WORD = "halfgeschreven"


def handed_over(cast, key):
    hand_over_to(key)(cast, Trajectory.objects.get(pk=cast.things["running"].pk))


def forms_of(visitor, cast, trajectory):
    """The forms of this trajectory that keep themselves and that this person can open, with the word typed in every field."""
    found = {address: visitor.get(address) for address in sorted(addresses(cast, trajectory, "GET")) if readable(address)}
    forms = [form for address, page in found.items() if page.status_code == 200 for form in windows(page, address)]
    for form in forms:
        form.sends = {name: WORD if value == "Nog iets" else value for name, value in form.sends.items()}
    return forms


def kept_by(person):
    """The unposted drafts that hold the word."""
    rows = look(Draft.objects.readable_by(person).filter(posted_at=None), by=person, at=now())
    return {row.pk for row in rows if row.words and any(WORD in value for values in json.loads(row.words).values() for value in values)}


def holding(visitor, forms):
    """The addresses of `forms` at which this person reads the word."""
    return {form.address for form in forms if WORD in text(visitor.get(form.address))}


@pytest.fixture
def left(cast):
    """Noor typed in every form of Sam's trajectory, read it back, and handed it over to Pia."""
    trajectory, noor = cast.things["running"], Visitor("noor", cast.people["noor"])
    forms = forms_of(noor, cast, trajectory)
    assert {autosave(noor, form, turn=50).status_code for form in forms} == {200}
    kept = kept_by(cast.people["noor"])
    assert len(holding(noor, forms)) > 4 and len(kept) > 4 and kept <= {row.pk for row in drafts(cast.people["noor"])}
    handed_over(cast, "pia")
    return noor, forms, kept


def test_who_left_and_who_took_over_have_none_of_it(cast, left):
    noor, forms, kept = left
    assert not holding(noor, forms) and not holding(Visitor("pia", cast.people["pia"]), forms)
    assert not kept & {row.pk for row in drafts(cast.people["noor"])} and not kept_by(cast.people["pia"])


def test_who_comes_back_begins_empty(cast, left):
    noor, forms, kept = left
    handed_over(cast, "noor")
    anew = forms_of(noor, cast, cast.things["running"])
    assert not holding(noor, forms) and len(anew) > 4 and not [form.address for form in anew if form.sends.get("continues")]
    assert kept_by(cast.people["noor"]) == kept and not kept & {row.pk for row in drafts(cast.people["noor"])}


def test_a_tab_of_the_former_seat_keeps_nothing_in_the_new_one(cast, left):
    noor, forms, _kept = left
    handed_over(cast, "noor")
    stood = set(Draft.objects.values_list("pk", "turn", "saved_at"))
    assert {autosave(noor, form, turn=60).status_code for form in forms} <= {404, 409}  # 409: a log of before can no longer be changed
    assert set(Draft.objects.values_list("pk", "turn", "saved_at")) == stood
