"""Which bytes are signed? One text always gives the same JSON, and its code is a keyed hash of exactly that."""

import hmac
import json
import types
import unicodedata
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import get_args, get_origin, get_type_hints

from trajectories.report.value import ReportText

LIMIT = 100_000  # characters: a text of some fifty pages; more would cost the server seconds to print
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U
LENGTH = 20
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
UNSEEN = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}  # turn or hide text without being seen


def to_json(text):
    """`text` as canonical JSON: sorted keys, no floats, NFC, nothing invisible. Raises ValueError beyond LIMIT characters."""
    words = json.dumps(_plain(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(words) > LIMIT:
        raise ValueError(f"A report holds at most {LIMIT} characters.")
    return words


def from_json(words, kind=ReportText):
    """The `ReportText` (or another `kind` of text) of `to_json`. Raises ValueError for anything that does not fit; fields added later get
    their default."""
    return _built(kind, json.loads(words))


def code(text_json, key):
    """The check code of a signed text: 20 characters (100 bits) of HMAC-SHA256 under `key` (bytes), in Crockford's base 32 (R24)."""
    digest = hmac.digest(key, b"rode draad report\0" + text_json.encode(), "sha256")
    bits = int.from_bytes(digest) >> (256 - 5 * LENGTH)
    return "".join(DIGITS[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))


def grouped(code):
    """A code as it is printed: four groups of five."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def same_code(typed, code):
    """Whether someone typed `code`: spaces, dashes, case and the look-alikes O, I and L are forgiven. Constant time."""
    return hmac.compare_digest(read_code(typed).encode(), code.encode())


def read_code(typed):
    """What someone meant by a typed code; characters that no code holds are dropped."""
    return "".join(sign for sign in typed.upper().translate(MISREAD) if sign in DIGITS)


def number(year, serial):
    """The number of a report: `number(2026, 7)` is "RD-2026-0007"."""
    return f"RD-{year:04d}-{serial:04d}"


def plain(words):
    """Words as they are signed and printed: NFC, one kind of line end, no control characters and nothing that reorders unseen."""
    words = words.replace("\r\n", "\n").translate({0x0D: "\n", 0x2028: "\n", 0x2029: "\n", 0x09: " "})
    return unicodedata.normalize("NFC", "".join(filter(_seen, words))).strip()


def _seen(sign):
    point = ord(sign)
    if sign == "\n":
        return True
    if unicodedata.category(sign) in ("Cc", "Cs") or point in UNSEEN:
        return False
    return point & 0xFFFE != 0xFFFE and not 0xFDD0 <= point <= 0xFDEF


def _plain(value):
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, str):
        return plain(value)
    if value is None or type(value) is int:
        return value
    raise ValueError(f"A signed text holds no {type(value).__name__}.")


def _built(kind, value):
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        kind = next(one for one in get_args(kind) if one is not types.NoneType)
    if is_dataclass(kind):
        return _record(kind, value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_built(get_args(kind)[0], one) for one in value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind in (str, int) and type(value) is kind:
        return value
    raise ValueError(f"Expected {kind}, found {type(value).__name__}.")


def _record(kind, value):
    known = {field.name: field for field in fields(kind)}
    if not isinstance(value, dict) or not value.keys() <= known.keys():
        raise ValueError(f"This is no {kind.__name__}.")
    needed = {name for name, field in known.items() if field.default is MISSING}
    if not needed <= value.keys():
        raise ValueError(f"Of {kind.__name__} is missing: {', '.join(sorted(needed - value.keys()))}.")
    hints = get_type_hints(kind)
    return kind(**{name: _built(hints[name], one) for name, one in value.items()})
