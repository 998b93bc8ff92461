"""How is "twice a week" said when it is a little more, or a little less? Only where that can be said well; else not at all (R5)."""

import re

from django.utils.translation import pgettext

MOST_IN_WORDS = 12


def varied(quantity, by):
    """`quantity` with its first number `by` steps better (more) or worse; "" where it has none, or would become bad language.

    After "within" or "at most" the smaller number is the better one: "within three days" becomes "within two days".
    """
    found = _number(quantity)
    if found is None:
        return ""
    start, end, number = found
    limited = any(_ends(quantity[:start], words) for words in _limits())
    changed = number + by * _step(number) * (-1 if limited else 1)
    if changed < 1 or changed > _most(quantity[end:]) or (1 in (number, changed) and not _keeps_its_form(quantity[end:])):
        return ""
    return f"{quantity[:start]}{_written(changed, quantity[start:end])}{quantity[end:]}"


def _number(text):
    """(start, end, value) of the first number in digits or in words; None for none, or for one that is a time, a date or a fraction."""
    names = _names()
    for match in re.finditer(r"\w+", text):
        word = match.group().lower()
        value = int(word) if word.isascii() and word.isdigit() and len(word) < 5 else names.get(word)
        if value is not None:
            before, after = text[: match.start()], text[match.end() :]
            hours = any(_ends(before, words) for words in _clocks())
            part = before[-1:] in set(".,:/–-") or re.match(r"[.,:/–-]\w", after)
            return None if hours or part else (match.start(), match.end(), value)
    return None


def _ends(text, words):
    """Whether the last words of a text are these."""
    return f" {text.lower().rstrip()}".endswith(f" {words}")


def _most(rest):
    """The number that this one is a part of ("four out of five"), if there is one; a hundred of what is counted in per cents."""
    if rest.lstrip().startswith("%"):
        return 100
    found = _number(rest) if re.match(rf"\s*({'|'.join(map(re.escape, _parts()))})\b", rest, re.IGNORECASE) else None
    return found[2] if found else 10_000


def _step(number):
    return 1 if number <= MOST_IN_WORDS else 5 if number <= 30 else 10


def _written(number, like):
    """In digits or in words, as it was."""
    words = {value: word for word, value in reversed(_names().items())}
    return str(number) if like.isdigit() or number not in words else words[number]


def _keeps_its_form(rest):
    """Whether what is counted is said the same for one as for more; not known of "day", known of "per cent"."""
    following = re.match(r"\s*(%|\w+)", rest)
    alike = pgettext("said the same after one and after two", "per % percent of out").split()
    return bool(following) and following.group(1).lower() in alike


def _names():
    """Number words -> numbers; what stands twice is another spelling of the same."""
    names = pgettext("number words from one to twelve", "one two three four five six seven eight nine ten eleven twelve").split()
    also = pgettext("another spelling of one, or -", "-").split()
    return {word: number for number, word in enumerate(names, 1)} | dict.fromkeys((word for word in also if word != "-"), 1)


def _limits():
    """Words after which less is better."""
    words = pgettext(
        "words after which a smaller number is better, with commas",
        "within,at most,no more than,not more than,no more often than,not more often than,no longer than,less than,under,before",
    )
    return words.split(",")


def _clocks():
    """Words after which a number is a time or a day."""
    return pgettext("words after which a number is a time, with commas", "at,on,from,until,after").split(",")


def _parts():
    return pgettext("words between a number and what it is a part of, with commas", "of,out of").split(",")
