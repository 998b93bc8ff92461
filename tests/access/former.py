"""What could somebody reach before their part ended, and what do the same addresses say after it, asked from the session that stayed open?

The addresses come from the table of rights, and so from every route there is: a route that is added is asked here by itself.
"""

import html
import re
import uuid
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

from django.apps import apps
from django.db.models import UUIDField
from django.urls import reverse

from tests.access.notation import ENTER, MOVED, Row, routes, thing
from tests.access.table import ROWS
from tests.access.test_access import asked
from tests.access.test_canaries import LINK, readable
from tests.access.visiting import body, found, outcome, text
from tests.guards.models import ours

ENOUGH = 1500  # addresses per person; more than the cast's story has
NOTHING = uuid.UUID(int=7)  # a key that no row has
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ANYWHERE = re.compile(r"(?:https?|webcals?)://[^/\s\"'<>]+(/[^\s\"'<>]*)")  # spelled out on a page, as the address of a feed is
KEEPS = re.compile(r"<form\b[^>]*\bdata-keeps\b[^>]*>.*?</form>", re.S)
ACTION = re.compile(r"<form\b[^>]*\baction=\"([^\"]*)\"")
HIDDEN = re.compile(r"<input type=\"hidden\" name=\"(key|base|turn|continues|continued_turn)\" value=\"([^\"]*)\"")
FIELD = re.compile(r"<(?:textarea|input(?! type=\"(?:hidden|file|submit))[^>]*)\b[^>]*\bname=\"([^\"]+)\"")
UNKNOWN = object  # a route whose rows name no thing is tried with one of each kind
PASSING = {"sessions.session"}  # log-ins


@dataclass
class Window:
    """A form that keeps what is typed, as it stands open in somebody's browser."""

    address: str
    sends: dict


@dataclass
class Known:
    """What one person could open: the addresses, the secret words on them, the forms that stand open."""

    pages: list = field(default_factory=list)
    words: set = field(default_factory=set)
    windows: list = field(default_factory=list)


def inside(trajectory):
    """Model -> keys of all its rows that belong to this trajectory, the trajectory among them."""
    rows = {type(trajectory): [trajectory.pk]}
    for model in ours():
        names = {one.name for one in model._meta.concrete_fields}
        path = "trajectory" if "trajectory" in names else "seat__trajectory" if "seat" in names else ""
        if path and isinstance(model._meta.pk, UUIDField):
            rows[model] = list(model._base_manager.filter(**{path: trajectory.pk}).values_list("pk", flat=True))
    return rows


def keys_of(trajectory):
    return {str(key) for keys in inside(trajectory).values() for key in keys}


def keyed(cast):
    """(route, method, what it takes besides pk) -> the models whose key it takes, as the table's rows name them."""
    kinds = {}
    for row in ROWS:
        if row.route in routes() and (row.at or "pk" in row.path):
            more = tuple(sorted((name, value) for name, value in row.path.items() if name != "pk"))
            kinds.setdefault((row.route, row.method, more), set()).add(type(thing(cast, row.at)) if row.at else UNKNOWN)
    return kinds


def addresses(cast, trajectory, method):
    """Every address that the application has for the rows of this trajectory."""
    rows = inside(trajectory)
    for (route, asked_by, more), models in keyed(cast).items():
        if asked_by == method:
            of_each = {model: keys[:1] for model, keys in rows.items()} if models == {UNKNOWN} else rows
            keys = {key for model, keys in of_each.items() if UNKNOWN in models or model in models for key in keys}
            yield from (reverse(route, kwargs={"pk": key} | dict(more)) for key in sorted(keys, key=str))


def look_around(visitor, cast, trajectory, words):
    """Everything that this person opens of a trajectory and beside it, wherever links lead."""
    known, done = Known(), set()
    beside = (row.address(cast) for row in ROWS if row.method == "GET" and not row.at and row.route in routes())
    waiting = [*addresses(cast, trajectory, "GET"), *beside]
    while waiting and len(done) < ENOUGH:
        address = waiting.pop(0)
        if address in done or not readable(address):
            continue
        done.add(address)
        response = visitor.get(address)
        if outcome(response, "GET", fragment=False) in (ENTER, MOVED):
            known.pages.append(address)
            known.words |= found(words, text(response))
            waiting += _leads(response)
            known.windows += windows(response, address)
    return known


def _leads(response):
    """Where an answer leads: by itself, by its links, by an address that it spells out."""
    leads = [response["Location"]] if response.get("Location", "").startswith("/") else []
    if "html" in response.get("Content-Type", "") and not response.streaming:
        page = html.unescape(response.content.decode())
        leads += [*LINK.findall(page), *ANYWHERE.findall(page)]
    return leads


def windows(response, address):
    """The forms on a page that keep themselves, with something typed in every field of words."""
    page = body(response).decode() if "html" in response.get("Content-Type", "") else ""
    for form in KEEPS.findall(page):
        action, sends = ACTION.match(form), {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
        if "key" in sends:
            typed = {name: "Nog iets" for name in FIELD.findall(form) if name not in sends}
            yield Window(html.unescape(action.group(1)) if action and action.group(1) else address, typed | sends)


def of_it(trajectory, addresses):
    """Those of the addresses that carry a key of one of this trajectory's rows."""
    keys = keys_of(trajectory)
    return [address for address in addresses if keys & set(KEY.findall(address))]


def autosave(visitor, window, *, turn):
    """What the script of a page that still stands open sends by itself."""
    return visitor.send(window.address, window.sends | {"turn": str(turn)}, headers={"X-Keep": "1"})


def told_apart(visitor, method, addresses):
    """Those of the addresses that this person can tell from what is not there, and why; none when they cannot.

    Addresses that differ by a key have the same missing one beside them, which is asked once.
    """
    row, offences = Row("", method, sends={"words": "Nog iets"}), []
    nothing_there = cache(lambda missing, fragment: asked(visitor, row, missing, fragment))
    for address in addresses:
        for fragment in (False, True):
            here, nothing = asked(visitor, row, address, fragment), nothing_there(KEY.sub(str(NOTHING), address), fragment)
            if here != nothing or here[0] not in (404, 405):
                way = f"{method} {address}{' (fragment)' if fragment else ''}"
                offences.append(f"{way}: {here[0]} with {here[3]} queries, missing: {nothing[0]} with {nothing[3]}")
    return offences


def everything():
    """What stands in the database, but for log-ins, to see whether anything was saved: a hash per table."""
    ours_and_others = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    return {model._meta.label: _stands(model) for model in ours_and_others if model._meta.label_lower not in PASSING}


def _stands(model):
    rows = sorted(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in model._base_manager.values_list())
    return sha256("\n".join(rows).encode()).hexdigest()


def standing(trajectory):
    """The same for the rows of one trajectory: model -> its rows."""
    rows = inside(trajectory)
    return {model._meta.label: sorted(map(repr, model._base_manager.filter(pk__in=keys).values_list())) for model, keys in rows.items()}
