"""What travels with a letter besides its sentence and its link? An app says it per kind, when the letter is written to be sent."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

by_kind = {}


@dataclass(frozen=True)
class Enclosure:
    """`words` stand under the sentence; `calendar` (bytes, iCalendar) is read by the mail program, as `method` (RFC 6047)."""

    words: str
    calendar: bytes
    method: str

    @property
    def text(self):
        return self.calendar.decode()


def enclosing(*kinds):
    """Register `function(letter, at)` -> Enclosure, or None when the letter tells of what is no more: then it is dropped."""

    def register(function):
        by_kind.update(dict.fromkeys(kinds, function))
        return function

    return register


def enclosure_of(letter, at):
    """The Enclosure of a letter; False when its kind has none, None when it must not leave any more."""
    return by_kind[letter.kind](letter, at) if letter.kind in by_kind else False


class Invite(EmailMultiAlternatives):
    """A mail whose second reading is for the calendar."""

    def __init__(self, *words, enclosure, **facts):
        super().__init__(*words, **facts)
        self.calendar_method = enclosure.method
        self.attach_alternative(enclosure.text, "text/calendar")

    def message(self, **facts):
        message = super().message(**facts)
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                part.set_param("method", self.calendar_method)
        return message
