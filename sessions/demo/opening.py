"""How does a trajectory of the demo begin? Asked, accepted or declined, matched, and the seat taken."""

from sessions.demo.days import clock
from sessions.demo.tale import Event
from trajectories.models.requests import ask, propose


def events(row):
    yield Event(row["requested"]["day"], clock("09:15"), _ask, row["requested"])
    for name, time, act in (
        ("talks_first", "11:05", _talk_first),
        ("accepted", "12:20", _accept),
        ("declined", "17:05", _decline),
        ("sponsor_invited", "08:50", _name_sponsor),
    ):
        if name in row:
            yield Event(row[name]["day"], clock(time), act, row[name])
    if "matched" in row:
        yield Event(row["matched"]["day"], clock("10:20"), _propose, row["matched"])
    if "intake" in row:
        yield Event(row["matched"]["day"] + 1, clock("16:40"), _choose)
        yield Event(row["intake"]["day"], clock(row["intake"]["at"]), _take_seat)


def _ask(tale, row, *, at):
    sponsor = None if "sponsor_invited" in tale.row else tale.sponsor
    words = {"about": row["text"], "wishes": row.get("wishes", ""), "for_coordinator": row.get("for_coordinator", "")}
    tale.trajectory = ask(client=tale.client, by=tale.people[row["by"]], at=at, sponsor=sponsor, **words).pk


def _talk_first(tale, row, *, at):
    tale.fresh().talk_first(by=tale.client, at=at)


def _accept(tale, row, *, at):
    tale.fresh().accept(by=tale.client, at=at)


def _decline(tale, row, *, at):
    tale.fresh().decline(by=tale.client, at=at, sentence=row["text"])


def _name_sponsor(tale, row, *, at):
    tale.fresh().name_sponsor(tale.sponsor, by=tale.client, at=at)


def _propose(tale, row, *, at):
    for key in row.get("coaches", [tale.row["coach"]]):
        propose(tale.fresh(), tale.people[key], by=tale.people[row["by"]], at=at)


def _choose(tale, row, *, at):
    tale.fresh().proposals.get(person=tale.coach).choose(by=tale.client, at=at)


def _take_seat(tale, row, *, at):
    tale.fresh().take_seat(by=tale.coach, at=at)
