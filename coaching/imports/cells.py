"""What does one cell say? The same words, however they were typed, and never a formula."""

import re
import unicodedata
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

WIDE = 200  # letters that a name, function or unit may have
AS_TEXT = re.compile(r'^="(.*)"$')  # how spreadsheets write 00123 in a CSV so that it stays so
NOTHING = {"", "-", "–", "—", "nvt", "n.v.t.", "n.v.t", "n/a", "na", "geen", "none", "null", "onbekend", "#n/b", "#n/a"}
LOST = re.compile(r"\ufffd|\w\?\w|Ã[\u0080-\u00bf\u0152-\u2122]|Å[\u0080-\u00bf\u0152-\u2122]")
INVISIBLE = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
LIGATURES = str.maketrans({"ĳ": "ij", "Ĳ": "IJ", "ﬁ": "fi", "ﬂ": "fl"})
PLAIN = re.compile(r"[ -~]*")
MAIL = EmailValidator()
SIMPLE_MAIL = re.compile(r"[a-z0-9][a-z0-9_+-]*(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
ENGLISH = {"mar": 3, "maa": 3, "may": 5, "oct": 10}
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
IN_WORDS = re.compile(r"(?:[a-z]+\.? )?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})")
SERIAL = re.compile(r"[2-6]\d{4}")  # how a spreadsheet counts days, since 30 December 1899
MIDNIGHT = re.compile(r"[ t]00:00(:00(\.0+)?)?z?$")


def cleaned(cell):
    """The words of a cell: one way of writing each letter, single spaces, nothing that cannot be seen."""
    if not cell:
        return ""
    text = cell.strip()
    if PLAIN.fullmatch(text):
        if text[:2] == '="':
            text = AS_TEXT.sub(r"\1", text).strip()
        return text if "  " not in text else " ".join(text.split())
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(LIGATURES))
    return " ".join(AS_TEXT.sub(r"\1", text).split())


def is_nothing(text):
    """Whether people wrote this to say that there is nothing."""
    return text.casefold() in NOTHING


def is_formula(text):
    """Whether a spreadsheet would run this. A telephone number or a lone dash would not."""
    return text[:1] in "=@+-" and len(text) > 1 and (text[0] in "=@" or not text[1:2].isdigit())


def lost_letters(text):
    """Whether a letter was lost when the file was saved in other letters."""
    return bool(LOST.search(text))


def address(text):
    """An e-mail address in small letters, or None when it is none."""
    found = text.casefold().removeprefix("mailto:").strip("<>")
    if SIMPLE_MAIL.fullmatch(found) and len(found) < 255:
        return found
    try:
        MAIL(found)
    except ValidationError:
        return None
    return found if len(found) < 255 else None


def in_order(name):
    """ "Vries, Jan de" as "Jan de Vries"; any other name as it is."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def alike(text):
    """A name as people recognise it: without capitals, accents, stops, and the many signs for an apostrophe."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
        text = text.replace("’", "'").replace("‘", "'").replace("`", "'").replace("´", "'").replace("ı", "i")
    return " ".join(text.casefold().replace(".", " ").split())


def day(text):
    """The date that a cell names, the Dutch way (day first), or None."""
    said = MIDNIGHT.sub("", text.casefold().strip())
    try:
        if found := YEAR_FIRST.fullmatch(said):
            return date(*map(int, found.groups()))
        if found := DAY_FIRST.fullmatch(said):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if (found := IN_WORDS.fullmatch(said)) and (month := _month(found[2])):
            return date(_year(found[3]), month, int(found[1]))
    except ValueError:
        return None
    return date(1899, 12, 30) + timedelta(days=int(said)) if SERIAL.fullmatch(said) else None


def _year(text):
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word):
    short = word[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else ENGLISH.get(short)
