"""Which story do tests and checks from outside play? `build(at)` tells it, by the verbs, in an empty database (architecture 23)."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse

from coaching.drafts import keep
from coaching.models import CalendarChoice
from coaching.models.calendars import hashed
from sessions.cast.people import PASSWORD, make_people
from sessions.cast.tales import TALES
from sessions.record import log_place
from trajectories.models import Figures, Goal, LinkInvitation, LinkKey

# Coach, client and sponsor of each trajectory; "-" for an empty or unconfirmed seat.
SEATS = {
    "declined": "- sam els",
    "stopped": "noor lot els",
    "halted": "bram fay -",
    "pair": "noor fay -",  # closed with two
    "running": "noor sam els",  # Bram coached Sam before, Tess was sponsor before
    "closing": "pia kim els",  # nobody reads another's preparation yet; Kim also coordinates
    "meeting": "bram lot els",  # all have handed in, a text is put forward
    "closed": "bram pia els",  # signed, with a report
    "intake": "noor pia -",  # Otto is proposed as sponsor, not confirmed by Pia
    "requested": "- fay els",  # Els asked for it; Fay has not answered
}

FEED = "lots-eigen-adres"  # the secret in the address of Lot's feed
LINK = "sams-vragen-zonder-inloggen"  # the secret in the mail that asks Sam for a progress check


@dataclass
class Cast:
    """The people, what they wrote and where it stands. `things` by the names of the table of rights; `secrets` with their readers."""

    people: dict
    things: dict = field(default_factory=dict)
    secrets: list = field(default_factory=list)
    pages: dict = field(default_factory=dict)
    password: str = PASSWORD
    SEATS = SEATS


def build(at):
    """Tell the whole story so that it ends at moment `at`; gives the Cast."""
    cast = Cast(make_people())
    for tale in TALES:
        tale(cast, at)
    _drafts(cast, at)
    _figures(at)
    _feed(cast, at)
    _by_link(cast, at)
    cast.pages = dict(_pages(cast))
    return cast


def _figures(at):
    """A closed half-year of ten clients, half of whom asked for it themselves."""
    clients = range(10)
    halves = {"client": set(clients[:5]), "sponsor": set(clients[5:])}
    Figures.keep(date(2025, 1, 1), date(2025, 6, 30), clients=clients, partitions={"asked": halves, "unit": {"": set(clients)}}, at=at)


def _feed(cast, at):
    """Lot reads her appointments at a secret address, without the place."""
    facts = {"way": "feed", "token": hashed(FEED), "token_at": at}
    CalendarChoice.objects.create(person=cast.people["lot"], **facts)


def _drafts(cast, at):
    """What Noor and Bram were typing when they were called away."""
    for key, thing in (("noor", "running.session_planned"), ("bram", "meeting.session_planned")):
        word = f"kanarie{'gh' if key == 'noor' else 'kl'}drieftdrftmn"
        cast.secrets.append({"word": word, "what": "draft", "trajectory": thing.split(".")[0], "readers": [key]})
        words, session = {"note": [f"Halverwege {word}"], "takeaway": [f"Nog {word}"]}, cast.things[thing]
        place = log_place(session.trajectory.coach.pk, session.pk)
        keep(uuid.uuid4(), words, by=cast.people[key], place=place, base=0, turn=1, at=at - timedelta(hours=1))


def _by_link(cast, at):
    """Sam gave a goal a name for outside; the questions lie in her mail, and somebody who had that mail typed in an answer."""
    sam, goal = cast.people["sam"], cast.things["running.goal_private"]
    named, typed = (f"kanarie{one}bvnlnkmtlnk" for one in ("rs", "tg"))
    cast.secrets.append({"word": named, "what": "outside_name", "trajectory": "running", "readers": ["noor", "sam"]})
    cast.secrets.append({"word": typed, "what": "typed_by_link", "trajectory": "running", "readers": []})
    Goal.objects.get(pk=goal.pk).name_outside(by=sam, at=at - timedelta(hours=2), words=f"Het {named}")
    check_in = cast.things["running.check_in"]
    facts = {"seat": check_in.trajectory.client, "kind": "check_in", "thing": check_in.pk, "made_at": at}
    invitation = LinkInvitation.objects.create(**facts)
    LinkKey.objects.create(trace=hashed(LINK), invitation=invitation, until_at=at + timedelta(days=14))
    invitation.keep({"yield_so_far": f"Iemand typte {typed}"}, visit="elders", window="1", turn=None, at=at - timedelta(hours=1))


PAGES = {
    "home": ("coaching:home", ""),
    "today": ("sessions:today", ""),
    "now": ("sessions:now", ""),
    "commissioned": ("trajectories:commissioned", ""),
    "requests": ("trajectories:requests", ""),
    "running": ("trajectories:running", ""),
    "coaches": ("trajectories:coaches", ""),
    "trajectory": ("trajectories:trajectory", "running"),
    "sponsor": ("trajectories:sponsor", "running"),
    "goals": ("trajectories:goals", "running"),
    "goal": ("trajectories:goal", "running.goal_shared"),
    "session_log": ("sessions:session", "running.log_shared"),
    "check_in": ("trajectories:check_in", "running.check_in"),
    "check_in_handed_in": ("trajectories:check_in", "running.check_in_handed_in"),
    "review": ("trajectories:meeting", "meeting"),
    "text": ("trajectories:text", "meeting"),
    "draft_report": ("trajectories:draft_report", "meeting"),
    "report": ("trajectories:report_pdf", "closed"),
}


def _pages(cast):
    for name, (route, thing) in PAGES.items():
        try:
            yield name, reverse(route, args=[cast.things[thing].pk] if thing else [])
        except NoReverseMatch:
            continue
    for name, trajectory in cast.things.items():
        if "." not in name:
            yield f"trajectory_{name}", reverse("trajectories:trajectory", args=[trajectory.pk])


def as_json(cast):
    """The seam for any check from outside: login, people, secrets with their readers, pages."""
    parts = {key: sorted(name for name, seats in SEATS.items() if key in seats.split()) for key in cast.people}
    people = [{"key": key, "email": one.email, "password": cast.password, "part": parts[key]} for key, one in cast.people.items()]
    return json.dumps({"login": reverse("coaching:login"), "people": people, "secrets": cast.secrets, "pages": cast.pages}, indent=2)
