"""Who has a seat, who had one, and what can each read? Drawn from the `reads` of the models, for the client's page (R25, R26)."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.clock import day_of
from trajectories.doors import CLIENT, COACH, COORDINATOR, PARTS, SPONSOR, WHOLE
from trajectories.models.states import State
from trajectories.who_reads import rules, sponsor_when, who_reads

ORDER = (CLIENT, COACH, SPONSOR, COORDINATOR)
REQUEST = "trajectories.request"
SHARED, WROTE, SINCE, TOGETHER, ALONG = "shared", "wrote", "since", "together", "along"  # why somebody reads not all of it


@dataclass(frozen=True)
class Audience:
    """Kinds of words with the same readers: `sees` for the stitches, `text` who that is; `partly` reads only what was shared of it."""

    kinds: str
    sees: str
    text: str
    partly: str = ""


@dataclass(frozen=True)
class Sitter:
    """Somebody with a seat, now or before; `reads` says what they read and since when."""

    part: str
    name: str
    role: str
    reads: str


def audiences(trajectory):
    """Every kind of words of this trajectory with who reads it now, from open to closed; empty seats are left out."""
    names = {CLIENT: _("you"), COORDINATOR: _("the coordinator")}
    names |= {part: trajectory.seat(part).first_name for part in (COACH, SPONSOR) if trajectory.seat(part)}
    asker = _asker(trajectory)
    if asker == SPONSOR:
        names[SPONSOR] = trajectory.unconfirmed_sponsor.first_name
    groups = {}
    for kind in who_reads():
        reads = rules()[kind.label] or {}
        wrote = asker if kind.label == REQUEST else ""
        readers = tuple(part for part in ORDER if part in names and (part == wrote or _reader(kind, part, trajectory)))
        limits = tuple(limit for part in readers if (limit := (part, WROTE) if part == wrote else _limit(kind, reads, part, trajectory)))
        if readers:
            groups.setdefault((readers, limits), []).append(kind.name)
    found = sorted(groups.items(), key=lambda one: (-len(one[0][0]), len(one[0][1]), one[1]))
    return [_audience(kinds, readers, limits, names, trajectory) for (readers, limits), kinds in found]


def _asker(trajectory):
    """As what somebody else asked for it, while the client has not answered: they read what they wrote, and nothing else."""
    client, proposed = trajectory.client, trajectory.unconfirmed_sponsor
    if trajectory.state != State.REQUESTED or trajectory.accepted_at or not client or trajectory.asked_by_id == client.person_id:
        return ""
    return SPONSOR if proposed and proposed.person_id == trajectory.asked_by_id else COORDINATOR


def _reader(kind, part, trajectory):
    """Whether this part reads some rows, in the state in which the trajectory is; who was only proposed reads nothing."""
    reads, when = rules()[kind.label] or {}, sponsor_when(kind.label)
    seated = part == COORDINATOR or trajectory.seat(part)
    return bool(seated) and part in reads and _may_hold(reads[part] & when if part == SPONSOR else reads[part], trajectory)


def _may_hold(rule, trajectory):
    """Whether any row can meet the rule, as far as the facts of the trajectory itself tell."""
    if rule.negated:
        return True
    found = [_may_hold(one, trajectory) if isinstance(one, Q) else _fits(one, trajectory) for one in rule.children]
    return all(found) if rule.connector == Q.AND else any(found)


def _fits(lookup, trajectory):
    if not (isinstance(lookup, tuple) and lookup[0].startswith("trajectory__")):
        return True
    name, value = lookup[0].removeprefix("trajectory__"), lookup[1]
    if name.endswith("__isnull"):
        return (getattr(trajectory, name.removesuffix("__isnull")) is None) == value
    return getattr(trajectory, name) is None if value is None else True


def _limit(kind, reads, part, trajectory):
    """(part, why): what keeps this part from some of the rows; None when they read all of them."""
    since = part == COACH and trajectory.coach.reads_since
    if since and not (kind.label == REQUEST and since == trajectory.intake_at):
        together = SPONSOR in reads and _may_hold(reads[SPONSOR], trajectory)
        if kind.older and getattr(trajectory.coach, f"reads_older_{kind.older}"):
            return (part, ALONG)
        if not (together and reads[SPONSOR] in WHOLE):
            return (part, TOGETHER if together else SINCE)
    return (part, SHARED) if part in PARTS and reads[part] not in WHOLE else None


def _audience(kinds, readers, limits, names, trajectory):
    joined = get_text_list(list(dict.fromkeys(kinds)), _("and"))
    sees = " ".join("desk" if part == COORDINATOR else part for part in readers)
    text = get_text_list([names[part] for part in readers], _("and"))
    return Audience(_first_up(joined), sees, _first_up(text), _limited(limits, names, trajectory))


def _limited(limits, names, trajectory):
    """What keeps some of them from some of it, in a sentence per reason."""
    said = {
        SHARED: _("%(names)s: what was shared or handed in"),
        WROTE: _("%(names)s: what they wrote themselves"),
        SINCE: _("%(names)s: from %(day)s on"),
        TOGETHER: _("%(names)s: from %(day)s on, and what all of you may read"),
        ALONG: _("%(names)s: from %(day)s on, and what you let along"),
    }
    day = _day(trajectory.coach.reads_since) if trajectory.coach and trajectory.coach.reads_since else ""
    parts = {why: [names[part] for part, reason in limits if reason == why] for _part, why in limits}
    return ". ".join(said[why] % {"names": _first_up(get_text_list(some, _("and"))), "day": day} for why, some in parts.items())


def _first_up(words):
    return words[:1].upper() + words[1:]


def sitters(parts):
    """Who sits here now and who did, in the order in which they came."""
    return [Sitter(part.part, part.name, part.get_part_display(), _reads(part)) for part in parts]


def _day(moment):
    return date_format(day_of(moment), "j F Y")


def _reads(part):
    if part.until_at:
        return _("from %(begin)s to %(end)s; reads nothing any more") % {"begin": _day(part.from_at), "end": _day(part.until_at)}
    if not part.confirmed_at and part.person_id == part.trajectory.asked_by_id:
        return _("asked for this; reads what they wrote themselves, and nothing else until you say yes")
    if not part.confirmed_at:
        return _("proposed; reads nothing until you have confirmed it")
    if not part.reads_since:
        return _("since %(begin)s") % {"begin": _day(part.from_at)}
    older = {
        "question": _("the question and your private goals"),
        "sessions": _("logs, actions and yield"),
        "check_ins": _("progress checks"),
    }
    given = [words for kind, words in older.items() if getattr(part, f"reads_older_{kind}")]
    since = _("since %(begin)s; of what is yours and older, only what all of you may read") % {"begin": _day(part.from_at)}
    return since + (_(", and %(kinds)s") % {"kinds": get_text_list(given, _("and"))} if given else "")
