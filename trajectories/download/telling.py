"""How is a row told to a person, and how to a machine? Opened rows as plain values (R27)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.zone import zone
from trajectories.download.rows import words_of
from trajectories.pages import signed
from trajectories.who_reads import said as names
from trajectories.who_reads import spoken

SOURCE = Path(__file__).with_name("labels.yaml")
NOT_TOLD = {"id", "version", "worded_at", "keep_until", "open_at"}
HEADS = ("heading", "title", "question", "who")  # what names the words beside it, in words that are kept as data
KEYS = {*HEADS, "key", "kind", "letter", "goal", "part", "language", "asked"}
LEVELS = {"level", "start_level"}


@dataclass(frozen=True)
class Piece:
    """One row, readable: when, by whom, `beside` (short facts), and `words` as (label or "", text)."""

    on: datetime | None
    by: str
    beside: tuple
    words: tuple


@cache
def labels():
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def kind_of(row):
    """What people call this kind of words."""
    name, language = names()["names"].get(row._meta.label_lower), spoken()
    name = name or labels()["other"].get(row._meta.model_name)
    return name[language][:1].upper() + name[language][1:] if name else row._meta.model_name


def piece(row, reader):
    """A row as its `reader`, a reader.Reader, may take it along."""
    language = spoken()
    words = []
    for field, text in _words(row, reader):
        label = labels()["words"].get(field, {}).get(language, "")
        words += [(label or head, one) for head, one in plain(decoded(text))]
    return Piece(moment_of(row, reader), writer_of(row, reader.writers), tuple(_beside(row, language, reader)), tuple(words))


def _words(row, reader):
    return [(name, text) for name, text in words_of(row) if reader.tells(row, name)]


def moment_of(row, reader):
    names = ("worded_at", "at", "changed_at", "shared_at")
    return next((at for name in names if (at := getattr(row, name, None)) and reader.tells(row, name)), None)


def writer_of(row, writers):
    seat = getattr(row, "seat_id", None) or getattr(getattr(row, "log", None), "seat_id", None)
    return writers.get(seat) or getattr(getattr(row, "by", None), "first_name", "")


def _beside(row, language, reader):
    if (goal := getattr(row, "goal", None)) and (number := reader.number_of(goal)):
        yield _("goal %(number)s") % {"number": number}
    if session := getattr(row, "session", None):
        yield _("session of %(day)s") % {"day": _shown("", session.starts_at)}
    for field in row._meta.concrete_fields:
        label, value = labels()["facts"].get(field.name), getattr(row, field.attname)
        if field.name == "kind":
            value = row.get_kind_display() if field.choices else None
        if label and value not in (None, "") and not field.is_relation and reader.tells(row, field.name):
            yield f"{label[language]}: {_shown(field.name, value)}"


def _shown(name, value):
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value, zone()), "j F Y H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return signed(value) if name in LEVELS else str(value)


def decoded(text):
    """Words that are kept as data, as that data; other words as they are."""
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def plain(value, head=""):
    """(what it answers, text) for every text in a value, in its order; of a text in two languages the reader's."""
    if isinstance(value, str):
        return [(head, value)] if value.strip() else []
    if isinstance(value, list | tuple):
        return [pair for one in value for pair in plain(one, head)]
    if not isinstance(value, dict):
        return []
    if spoken() in value and isinstance(value[spoken()], list):
        return plain(value[spoken()], head)
    head = next((value[name] for name in HEADS if isinstance(value.get(name), str) and value[name]), head)
    rest = {name: one for name, one in value.items() if name not in KEYS and not (name == "answer" and value.get("shown"))}
    found = [pair for one in rest.values() for pair in plain(one, head)]
    return found or ([("", head)] if isinstance(value.get("title"), str) and value["title"] else [])


def data(row, reader):
    """The same row for a machine: every field that is told by its own name, words included."""
    facts = {one.name: _raw(getattr(row, one.attname)) for one in row._meta.concrete_fields if _told(one) and reader.tells(row, one.name)}
    words = {name: decoded(text) for name, text in _words(row, reader)}
    return {"kind": row._meta.label_lower, "id": str(row.pk), "by": writer_of(row, reader.writers), "facts": facts, "words": words}


def _told(field):
    return not field.is_relation and field.name not in {"id"} and field.get_internal_type() != "BinaryField"


def _raw(value):
    return value.isoformat() if isinstance(value, date | datetime) else value if isinstance(value, int | list | dict | None) else str(value)
