"""Which questions can be answered by a link in a mail, without an account, and what does such a page know? (R18)

Less than after logging in: goals by number and outside name, the neutral words of the scale; nothing that anybody said before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from trajectories.answering import Answered, lines
from trajectories.models import LinkInvitation
from trajectories.questionnaires import questionnaire

kinds = {}  # name -> Kind; sessions adds its own when it is ready


@dataclass(frozen=True)
class Kind:
    """One kind of questions asked by link.

    `row(thing)` gives what is asked about while it can still be answered, or None; `pages(row, at=)` the pages; `hand_in(row, given, by=,
    at=)` writes the answers down, and raises Refused when it is too late. `inside` is the page after logging in, by name.
    """

    name: str
    questions: str
    inside: str
    row: Callable
    pages: Callable
    hand_in: Callable


def path_of(letter, *, at):
    """The path of the link in a mail: with a secret of its own, or, when there is nothing to ask any more, the page itself."""
    try:
        match = resolve(letter.url)
    except Resolver404:
        return letter.url
    kind = next((kind for kind in kinds.values() if kind.inside == match.view_name), None)
    row = kind and kind.row(match.kwargs["pk"])
    seat = row and row.trajectory.client
    if not seat or seat.person_id != letter.person_id:
        return letter.url
    return reverse("trajectories:link", args=[LinkInvitation.invite(seat, kind=kind.name, thing=row.pk, at=at)])


@dataclass
class Visit:
    """One browser that came in by a link: what it may see of one invitation, and what was typed so far."""

    invitation: LinkInvitation
    key: str
    at: object
    words: dict = field(default_factory=dict)

    def __post_init__(self):
        self.words = self.invitation.typed(at=self.at)

    @property
    def kind(self):
        return kinds[self.invitation.kind]

    @cached_property
    def row(self):
        return self.kind.row(self.invitation.thing)

    @cached_property
    def asked(self):
        """The questionnaire: its title and how many minutes it takes."""
        return questionnaire(self.kind.questions)

    @cached_property
    def pages(self):
        return self.kind.pages(self.row, at=self.at)

    @property
    def secret(self):
        """By which the forms of this visit are known as ours."""
        return f"{self.invitation.pk} {self.key}"

    @property
    def own(self):
        """What was typed in this browser, name -> text."""
        return {name: said[1] for name, said in self._said() if said[0] == self.key}

    @property
    def elsewhere(self):
        """Names of questions that were answered in another one: that they were, and no more."""
        return {name for name, said in self._said() if said[0] != self.key and said[1]}

    def _said(self):
        return [(name, said) for name, said in self.words.items() if not name.startswith("turn:")]

    @property
    def lines(self):
        """The answers that this browser gave."""
        return lines(self.pages, self.own, shared=())

    @property
    def first_open(self):
        """The number of the first page without an answer; the one after the last when all have one."""
        given = {name for name, said in self._said() if said[1]}
        waiting = (page.number for page in self.pages if not any(asked.name in given for asked in page.asked))
        return next(waiting, len(self.pages) + 1) if given else 1

    def keep(self, said, *, window, turn=None):
        """Keep one page (name -> text)."""
        facts = {"visit": self.key, "window": window, "turn": turn, "at": self.at}
        self.invitation.keep({name: answer.replace("\x00", "") for name, answer in said.items()}, **facts)

    def send(self, *, with_elsewhere):
        """Hand everything in. A robot that opens and sends what it finds has answered nothing, and says nothing about another's answers."""
        if self.elsewhere and not with_elsewhere:
            raise Refused(_("Say first that what was answered in another browser may go along."))
        given = lines(self.pages, {name: said[1] for name, said in self._said()}, shared=())
        if not given:
            raise Refused(_("You have not answered anything yet. One answer is enough."))
        try:
            self.kind.hand_in(self.row, Answered(given), by=self.invitation.seat.person, at=self.at)
        except Refused as refusal:
            raise Refused(_("This cannot be sent now. Log in to see how it stands.")) from refusal
        LinkInvitation.close(self.invitation.kind, self.invitation.thing, at=self.at)


def visit(key, browser, *, at):
    """The visit of a browser to an invitation that stands and can still be answered, or None."""
    invitation = LinkInvitation.standing_at(key, at=at)
    found = invitation and Visit(invitation, browser, at)
    return found if found and found.row else None
