"""Is what a list would change told in full, whatever the order of its rows? Property tests on random organisations."""

from random import Random
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.imports.circles import circles
from coaching.imports.known import Known, Someone
from coaching.imports.near import index, nearest
from coaching.imports.plan import digest
from coaching.imports.sentences import SAYS
from coaching.imports.sentences import said as sentence
from tests.coaching.staff_list import as_csv, listed, look, said

HEAD = ["naam", "e-mail", "onderdeel", "valt onder", "manager", "personeelsnummer"]


@st.composite
def organisations(draw):
    """Rows of a sound organisation: trees of units and of managers, of any shape and depth."""
    size, units = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    above = [draw(st.integers(0, number - 1)) if number else None for number in range(units)]
    rows = []
    for number in range(size):
        unit = number % units
        boss = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
        told = (
            {"mail": f"p{boss}@x.nl", "number": f"N{boss}", "name": f"Piet {'x' * boss} Puk"}[
                draw(st.sampled_from(["mail", "number", "name"]))
            ]
            if boss is not None
            else ""
        )
        rows.append(
            [
                f"Piet {'x' * number} Puk",
                f"p{number}@x.nl",
                f"Deel {unit}",
                "" if above[unit] is None else f"Deel {above[unit]}",
                told,
                f"N{number}",
            ]
        )
    return rows


def shape(plan):
    """What a plan makes of the organisation, without the keys that it made up."""
    names = {key: name for key, (name, _above) in plan.units.items()}
    emails = {one.key: one.email for one in plan.added}
    people = {(one.email, names[one.unit], emails.get(one.manager)) for one in plan.added}
    return people, {(name, names.get(above)) for name, above in plan.units.values()}


def after(plan, known=None):
    """What is known once a plan has been carried out."""
    units = {key: (name, above) for key, (name, above) in (known.units if known else {}).items()} | plan.units
    units |= {key: (units[key][0], above) for key, above in plan.moved.items()}
    people = dict(known.people) if known else {}
    for one in plan.added:
        line = one.line
        people[one.key] = Someone(one.key, line.name, one.email, line.number, line.function, one.unit, one.manager, True, False)
    for one, fields in plan.changed:
        people[one.key] = people[one.key]._replace(**{name: value for name, (_before, value) in fields.items()})
    return Known(people.values(), [(key, name, above) for key, (name, above) in units.items()])


@given(organisations(), st.randoms(use_true_random=False))
def test_order_does_not_matter(rows, random):
    one = look(as_csv([HEAD, *rows]).encode())
    mixed = list(rows)
    random.shuffle(mixed)
    assert not one.refused and len(one.added) == len(rows)
    assert shape(look(as_csv([HEAD, *mixed]).encode())) == shape(one)


@given(organisations(), st.randoms(use_true_random=False))
def test_the_same_file_twice_changes_nothing(rows, random):
    raw = as_csv([HEAD, *rows]).encode()
    known = after(look(raw))
    again = look(raw, known)
    assert again.changes == 0 and len(again.same) == len(rows) and not again.absent and not again.refused
    random.shuffle(rows)
    assert look(as_csv([HEAD, *rows]).encode(), known).changes == 0


@given(organisations(), organisations())
def test_two_lists_one_after_the_other(first, second):
    """Whatever the second list says: what it does not refuse is so afterwards, nobody is above themselves, and a third reading rests."""
    known = after(look(as_csv([HEAD, *first]).encode()))
    raw = as_csv([HEAD, *second]).encode()
    plan = look(raw, known)
    then = after(plan, known)
    assert circles({key: one.manager for key, one in then.people.items()}, then.people) == []
    assert circles({key: above for key, (_name, above) in then.units.items()}, then.units) == []
    assert look(raw, then).changes == 0
    assert {one.email for one in known.people.values()} - {row[1] for row in second} == {known.people[key].email for key in plan.absent}


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20), st.integers(0, 99))
def test_any_managers_at_all(edges, seed):
    """Circles, gaps and doubles: every row is either in or refused with a sentence, and what is in is a tree."""
    Random(seed).shuffle(edges)
    plan = look(as_csv([HEAD, *([f"P {a}", f"p{a}@x.nl", "Deel", "", f"p{b}@x.nl", ""] for a, b in edges)]).encode())
    assert circles({one.key: one.manager for one in plan.added}, [one.key for one in plan.added]) == []
    inside = {one.key for one in plan.added}
    assert all(one.manager is None or one.manager in inside for one in plan.added)
    assert len(plan.added) + len(plan.refused) + len([n for n in plan.remarks if n.says == "again"]) == len(edges)
    assert all(str(sentence(note)) for note in plan.refused + plan.remarks)


def test_a_chain_of_thirty_managers():
    rows = [
        [f"P {n}", f"p{n}@x.nl", f"Deel {n}", f"Deel {n + 1}" if n < 29 else "", f"p{n + 1}@x.nl" if n < 29 else "", ""] for n in range(30)
    ]
    plan = look(as_csv([HEAD, *rows]).encode())
    assert len(plan.added) == 30 and len(plan.units) == 30 and not plan.refused


CASES = {
    "manager_unknown": ("A;a@x.nl;Zorg;;weg@x.nl",),
    "manager_refused": ("A;a@x.nl;Zorg;;b@x.nl", "B;b@x.nl;Zorg;;weg@x.nl"),
    "manager_two": ("A;a@x.nl;Zorg;;Jan", "Jan;j@x.nl;Zorg;;", "Jan;k@x.nl;Zorg;;"),
    "manager_circle": ("A;a@x.nl;Zorg;;b@x.nl", "B;b@x.nl;Zorg;;a@x.nl"),
    "unit_circle": ("A;a@x.nl;Zorg;Huis;", "B;b@x.nl;Huis;Zorg;"),
    "unit_elsewhere": ("A;a@x.nl;Zorg;Huis;", "B;b@x.nl;Zorg;Thuis;"),
    "double": ("A;a@x.nl;Zorg;;", "B;a@x.nl;Zorg;;"),
    "no_name": (";a@x.nl;Zorg;;",),
    "no_email": ("A;;Zorg;;",),
    "no_unit": ("A;a@x.nl;;;",),
    "lost_letters": ("S?reyya;a@x.nl;Zorg;;",),
}


@pytest.mark.parametrize("says", CASES)
def test_refused_with_a_sentence(says):
    plan = look(listed(*CASES[says]))
    assert says in said(plan.refused).values()
    assert all("%(" not in sentence(note) for note in plan.refused)


def someone(name="Jan", email="jan@x.nl", **facts):
    usual = {"number": "", "function": "", "unit": None, "manager": None, "active": True, "fixed": False}
    return Someone(**{"key": uuid4(), "name": name, "email": email} | usual | facts)


def here(*people, units=()):
    return Known(people, units)


def test_a_new_address_is_known_by_the_staff_number():
    head, zorg = "naam;e-mail;onderdeel;personeelsnummer", uuid4()
    units = [(zorg, "Zorg", None)]
    plan = look(listed("Jan;nieuw@x.nl;Zorg;7", head=head), here(someone(number="7", unit=zorg), units=units))
    assert [fields for _one, fields in plan.changed] == [{"email": ("jan@x.nl", "nieuw@x.nl")}]


def test_whoever_chose_a_password_keeps_their_address():
    """Else a list could take over somebody's account."""
    head, zorg = "naam;e-mail;onderdeel;personeelsnummer", uuid4()
    known = here(someone(number="7", unit=zorg, fixed=True), units=[(zorg, "Zorg", None)])
    plan = look(listed("Jan;nieuw@x.nl;Zorg;7", head=head), known)
    assert plan.changes == 0 and said(plan.remarks) == {2: "address_own"} and len(plan.same) == 1


def test_numbers_and_addresses_of_others():
    head, jan, piet = "naam;e-mail;onderdeel;personeelsnummer", someone(number="7"), someone("Piet", "piet@x.nl", number="8")
    plan = look(listed("Jan;piet@x.nl;Zorg;7", "Kees;jan@x.nl;Zorg;9", head=head), here(jan, piet))
    assert said(plan.refused) == {2: "email_taken", 3: "number_differs"} and not plan.absent


def test_who_is_absent_and_who_only_mistyped():
    jan, piet, anna, weg = (
        someone(),
        someone("Piet Puk", "piet@x.nl"),
        someone("Anna", "anna@x.nl"),
        someone("Weg", "weg@x.nl", active=False),
    )
    plan = look(listed("Jan;jan@x.nl;Zorg;;", "Piet Puk;piet@;Zorg;;"), here(jan, piet, anna, weg))
    assert plan.absent == [anna.key]


def test_whoever_left_is_absent():
    jan = someone()
    plan = look(listed("Jan;jan@x.nl;Zorg;01-01-2020", head="naam;e-mail;onderdeel;uit dienst"), here(jan))
    assert plan.absent == [jan.key] and plan.changes == 0


def test_a_unit_that_looks_mistyped():
    zorg, poli = uuid4(), uuid4()
    known = here(units=[(zorg, "Zorg", None), (poli, "Poli Interne", zorg)])
    plan = look(listed("A;a@x.nl;Poli Inteme;;", "B;b@x.nl;poli  interne;;", "C;c@x.nl;Poli Intern;Zorg;"), known)
    assert said(plan.refused) == {2: "unit_near"} and plan.refused[0].facts == ("Poli Interne",)
    assert [one.unit for one in plan.added][0] == poli and len(plan.units) == 1


def test_names_that_lie_near():
    names = index(["Poli Interne", "Wijkteam 1", "Team A", "Geriatrie"])
    assert nearest("Poli Intrne", names) == "Poli Interne" and nearest("Geratrie", names) == "Geriatrie"
    assert nearest("Wijkteam 2", names) is None and nearest("Team B", names) is None and nearest("Chirurgie", names) is None


def test_a_manager_named_by_somebody_elses_old_name():
    """Who is renamed in the list is found by the new name."""
    zorg = uuid4()
    jan = someone("Jan Oud", unit=zorg)
    plan = look(
        listed("Jan Nieuw;jan@x.nl;Zorg;;", "A;a@x.nl;Zorg;;Jan Nieuw", "B;b@x.nl;Zorg;;Jan Oud"), here(jan, units=[(zorg, "Zorg", None)])
    )
    assert said(plan.refused) == {4: "manager_unknown"} and plan.added[0].manager == jan.key


def test_the_fingerprint_is_of_what_is_promised():
    raw = listed("A;a@x.nl;Zorg;;b@x.nl", "B;b@x.nl;Zorg;Huis;")
    assert digest(look(raw), Known()) == digest(look(raw), Known())
    assert digest(look(raw), Known()) != digest(look(raw.replace(b"A;a", b"C;a")), Known())


def test_every_sentence_can_be_said():
    assert all(str(text % {"a": 1, "b": 2, "c": 3}) for text in SAYS.values())
