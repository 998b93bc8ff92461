"""Does access that ends, end at the next request? Former parties, their sessions still open, ask for every address they knew (R25)."""

import pytest
from django.urls import resolve

from coaching import staff
from coaching.clock import now
from coaching.models import Draft, Person
from tests.access.former import addresses, autosave, everything, keys_of, look_around, of_it, standing, told_apart
from tests.access.notation import ENTER, LOGIN, NOBODY, routes
from tests.access.table import ROWS
from tests.access.test_access import asked
from tests.access.visiting import Visitor, found, outcome, text
from trajectories.models import HandOver, Trajectory
from trajectories.models.requests import propose

LOGGED_OUT = "/inloggen/"


class Change:
    """One way to lose one's part: who, in which trajectory, what happens before and then."""

    def __init__(self, key, trajectory, ends, before=None, words=True):
        self.key, self.name, self.ends, self.before, self.words = key, trajectory, ends, before, words

    def trajectory(self, cast):
        return Trajectory.objects.get(pk=cast.things[self.name].pk)


def hand_over_to(key):
    def ends(cast, trajectory):
        people = cast.people
        offer = HandOver.propose(trajectory, people[key], by=people["wim"], at=now())
        offer.say_yes(by=people[key], at=now())
        HandOver.objects.get(pk=offer.pk).say_yes(by=trajectory.client.person, at=now())

    return ends


def offered(cast, trajectory):
    HandOver.propose(trajectory, cast.people["pia"], by=cast.people["wim"], at=now())


def chosen(cast, trajectory):
    trajectory.accept(by=cast.people["fay"], at=now())
    proposal = propose(Trajectory.objects.get(pk=trajectory.pk), cast.people["bram"], by=cast.people["wim"], at=now())
    proposal.choose(by=cast.people["fay"], at=now())


def read_no(cast, trajectory):
    trajectory.decline(by=cast.people["fay"], at=now(), sentence="Nu niet.")
    Trajectory.objects.get(pk=trajectory.pk).read_decline(by=cast.people["els"], at=now())


CHANGES = {
    "a coach who handed over": Change("noor", "running", hand_over_to("pia")),
    "a coach in closing who handed over": Change("bram", "meeting", hand_over_to("pia")),
    "a sponsor who was replaced": Change("els", "running", lambda c, t: t.name_sponsor(c.people["otto"], by=c.people["sam"], at=now())),
    "a coach without a match": Change("noor", "intake", lambda c, t: t.no_match(by=c.people["pia"], at=now())),
    "who was offered it and said no": Change(
        "pia", "running", lambda c, t: t.hand_overs.open().get().say_no(by=c.people["pia"], at=now()), before=offered, words=False
    ),
    "who was asked to take over when it was stopped": Change(
        "pia", "running", lambda c, t: t.stop(by=c.people["sam"], at=now(), reason="no_time"), before=offered, words=False
    ),
    "a chosen coach who passed by": Change(
        "bram", "requested", lambda c, t: t.proposals.chosen().get().pass_by(by=c.people["bram"], at=now()), before=chosen, words=False
    ),
    "a chosen coach when it was stopped": Change(
        "bram", "requested", lambda c, t: t.stop(by=c.people["fay"], at=now(), reason="no_time"), before=chosen, words=False
    ),
    "who asked it and read the no": Change("els", "requested", read_no),
    "who asked it and took that back": Change("els", "requested", lambda c, t: t.withdraw(by=c.people["els"], at=now())),
}


@pytest.fixture(scope="module")
def looked():
    """(person, trajectory) -> what they know of it as the story was told: it is the same for each change that begins there."""
    return {}


@pytest.fixture
def opened(cast, looked):
    """A person of the cast with everything they know of a trajectory, and a draft in each form that stands open."""

    def look(change):
        trajectory, visitor = change.trajectory(cast), Visitor(change.key, cast.people[change.key])
        if change.before:
            change.before(cast, trajectory)
        at = (change.key, change.name, change.before)
        known = looked[at] = looked.get(at) or look_around(visitor, cast, trajectory, words_of_it(cast, change.name))
        mine = [window for window in known.windows if of_it(trajectory, [window.address])]
        assert [autosave(visitor, window, turn=50).status_code for window in mine] == [200] * len(mine)
        return trajectory, visitor, known, mine

    return look


OF_NO_TRAJECTORY = {"own_question", "shared_question", "learning"}  # a coach's own bank and journal go where the coach goes (R15)


def words_of_it(cast, name):
    return tuple(sorted({one["word"] for one in cast.secrets if one["trajectory"] == name and one["what"] not in OF_NO_TRAJECTORY}))


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in CHANGES.items()])
def test_every_address_they_knew_is_shut(change, cast, opened):
    """The same bytes as of what is not there, nothing saved; and on homes, lists, a feed, a download: no word of it and no way to it."""
    trajectory, visitor, known, mine = opened(change)
    shut, keys, words = of_it(trajectory, known.pages), keys_of(trajectory), words_of_it(cast, change.name)
    others = [address for address in known.pages if address not in shut]
    assert shut and len(others) > 5 and (known.words or not change.words), "before it, they could"
    change.ends(cast, change.trajectory(cast))
    stood = everything()
    assert told_apart(visitor, "GET", shut) == []
    assert told_apart(visitor, "POST", addresses(cast, trajectory, "POST")) == []
    assert {window.address: autosave(visitor, window, turn=60).status_code for window in mine} == {window.address: 404 for window in mine}
    assert everything() == stood
    for address in others:
        said = text(visitor.get(address))
        assert not found(words, said), address
        assert not [key for key in keys if key in said], address


def test_the_coach_who_hands_over_had_drafts_open(cast, opened):
    """A check that cannot fail is no check: there are forms whose autosaves are replayed above."""
    _trajectory, _visitor, known, mine = opened(CHANGES["a coach who handed over"])
    assert len(mine) > 4 and Draft.objects.filter(author=cast.people["noor"], turn=50).count() == len(mine)
    assert len(known.words) > 20


@pytest.mark.parametrize(("key", "name"), [("noor", "running"), ("sam", "running"), ("els", "running"), ("wim", "")])
def test_who_is_deactivated_is_logged_out_everywhere(key, name, cast, opened):
    """A coach, a client, a sponsor, a coordinator who leave: every address says to log in first, and nothing is saved."""
    _trajectory, visitor, known, mine = opened(Change(key, name or "running", None))
    others = set(look_around(Visitor(NOBODY), cast, Trajectory(), ()).pages)  # open to who is not logged in
    staff.deactivate(cast.people[key], by=cast.people["ada"], at=now())
    stood = everything()
    lost = [address for address in known.pages if address not in others and not address.startswith(LOGGED_OUT)]
    assert len(lost) > 5
    for address in lost:
        for fragment in (False, True):
            assert outcome(visitor.get(address, fragment=fragment), "GET", fragment=fragment) == LOGIN, address
    assert [autosave(visitor, window, turn=60).status_code for window in mine] == [401] * len(mine)
    assert everything() == stood


LOST_ROLES = [("wim", {"coordinates": False}, "O"), ("ada", {"administers": False}, "A")]


@pytest.mark.parametrize(("key", "facts", "letter"), LOST_ROLES)
def test_a_role_that_is_taken_away_ends_at_the_next_request(key, facts, letter, cast):
    visitor, plain = Visitor(key, cast.people[key]), Visitor("iris", cast.people["iris"])
    rows = [row for row in ROWS if letter in row.enter and "E" not in row.enter and row.route in routes()]
    theirs = [(row, row.address(cast)) for row in rows if key in row.people(row.enter)]
    assert {outcome(visitor.get(at), "GET", fragment=False) for row, at in theirs if row.method == "GET"} == {ENTER}
    other = Person.objects.create_user("jan@cast.example", None, name="Jan Beheer", administers=True)
    staff.change(cast.people[key], by=other, at=now(), **facts)
    stood = everything()
    for row, address in theirs:
        for fragment in (False, True):
            here, nothing = asked(visitor, row, address, fragment), asked(plain, row, address, fragment)
            assert here[0] == nothing[0] == 404, address
    assert everything() == stood


READ_ONLY = {
    "sessions:journal": "the client's own pages, until they are erased",
    "sessions:log": "a session held before can be logged for a fortnight",
    "sessions:share": "and that log be shared",
    "sessions:log_throw_away": "or thrown away by its coach, as long as it is not shared",
    "sessions:action_done": "actions stay the client's",
    "sessions:takeaway": "as does what it yielded",
    "trajectories:ending_confirm": "the sentence for the sponsor",
}


@pytest.mark.parametrize("key", ["noor", "sam", "els"])
def test_who_stopped_reads_and_changes_nothing(key, cast, opened):
    """Closed, stopped and declined are read-only but for what domain.md names; the sponsor keeps date, sentence and agreement."""
    trajectory, visitor, known, _mine = opened(Change(key, "running", None))
    Trajectory.objects.get(pk=trajectory.pk).stop(by=cast.people["sam"], at=now(), reason="no_time", sentence="Er is te weinig ruimte.")
    stood = standing(trajectory)
    for address in addresses(cast, trajectory, "POST"):
        if resolve(address).view_name not in READ_ONLY:
            visitor.send(address, {"words": "Nog iets", "sentence": "Nog iets", "level": "1"}, headers={})
    assert standing(trajectory) == stood
    if key == "els":
        left = found(tuple(known.words), "".join(text(visitor.get(at)) for at in known.pages))
        kinds = {secret["what"] for secret in cast.secrets if secret["word"] in left}
        assert kinds <= {"agreement"} and known.words - left
