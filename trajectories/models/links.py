"""Which links in mails ask questions without an account, and what was typed behind them? (R18; security.md, Links in mail)"""

import hashlib
import json
import secrets
import uuid

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from coaching.clock import day_of, end_of
from coaching.day import due
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.models.parts import Part

DAYS = 14
POSTED = "posted"


def hashed(token):
    """What we keep of the secret in an address: who reads the table cannot follow the link."""
    return hashlib.sha256(token.encode()).hexdigest()


class LinkInvitationQuerySet(models.QuerySet):
    def readable_by(self, person):
        """What is typed behind a link is a draft of the invitation, not of a person: nobody who logs in reads it."""
        return self.none()

    def standing(self, at):
        """Neither handed in nor run out, of a client who still has the seat, in a trajectory that goes on."""
        keys = LinkKey.objects.filter(invitation=OuterRef("pk"), until_at__gt=at)
        ended = {f"seat__trajectory__{fact}_at": None for fact in ("closed", "stopped", "declined")}
        seated = {"seat__until_at": None, "seat__confirmed_at__isnull": False, "seat__person__is_active": True}
        return self.filter(Exists(keys), ended_at=None, **ended, **seated).select_related("seat__person", "seat__trajectory")

    def of(self, kind, thing):
        return self.filter(kind=kind, thing=thing)


class LinkInvitation(models.Model):
    """One set of questions asked by link. `words`: name -> [visit, answer], and per window how far its autosaves came.

    A visit is one browser that came in by the link: it reads back what was typed in it, of the others only that there is an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Part, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    thing = models.UUIDField()
    made_at = models.DateTimeField()
    words = SealedText(seal="link_words", null=True)
    saved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    objects = LinkInvitationQuerySet.as_manager()
    dossier = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing", "seat"], name="one_link_invitation")]

    def private_to(self, person):
        return True

    @classmethod
    @transaction.atomic
    def invite(cls, seat, *, kind, thing, at):
        """A new secret (43 characters, 256 random bits) that leads to these questions until the end of the fourteenth day; told once."""
        row, _made = cls.objects.get_or_create(seat=seat, kind=kind, thing=thing, defaults={"made_at": at})
        token = secrets.token_urlsafe(32)
        LinkKey.objects.create(trace=hashed(token), invitation=row, until_at=end_of(day_of(at), after=DAYS))
        return token

    @classmethod
    def at(cls, token, *, at):
        """The invitation to which this secret leads now, or None: used, run out and never given are one."""
        return cls.objects.standing(at).filter(Exists(LinkKey.objects.filter(_leads(at), trace=hashed(token)))).first()

    @classmethod
    def standing_at(cls, key, *, at):
        """The invitation with this key while it stands, or None."""
        return cls.objects.standing(at).filter(pk=key).first()

    @classmethod
    def was_answered(cls, key):
        """Whether the questions of the invitation with this key have been handed in."""
        return cls.objects.filter(pk=key, ended_at__isnull=False).exists()

    @classmethod
    def close(cls, kind, thing, *, at):
        """It was answered, here or after logging in: every link to it is used up, and what was typed behind them goes."""
        cls.objects.of(kind, thing).filter(ended_at=None).update(ended_at=at, words=None)
        LinkKey.objects.filter(invitation__kind=kind, invitation__thing=thing).delete()

    def typed(self, *, at):
        """What was typed so far, name -> [visit, answer], opened for whoever came in by the link."""
        return _read(look([self], by=self.seat, at=at)[0])

    @transaction.atomic
    def keep(self, said, *, visit, window, turn, at):
        """Keep answers (name -> text) of one page. `turn` counts a window's autosaves, None is the press of a button.

        A late autosave changes nothing, and an empty answer nothing of what another visit typed.
        """
        row = type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk, ended_at=None).first()
        if row is None:
            return
        words, name = _read(look([row], by=row.seat, at=at)[0]), f"turn:{window}"
        if turn is not None and not _later(words.get(name), turn):
            return
        for question, answer in said.items():
            if answer or words.get(question, [visit])[0] == visit:
                words[question] = [visit, answer]
        row.words, row.saved_at = json.dumps(words | {name: POSTED if turn is None else turn}), at
        row.save(update_fields=["words", "saved_at"])


class LinkKey(models.Model):
    """The hash of the secret in one mail. A second mail about the same questions brings a second key."""

    trace = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(LinkInvitation, models.CASCADE, related_name="+")
    until_at = models.DateTimeField()
    dossier = None


def _leads(at):
    return models.Q(invitation=OuterRef("pk"), until_at__gt=at)


def _read(row):
    return json.loads(row.words) if row.words else {}


def _later(seen, turn):
    return seen != POSTED and turn > (seen or 0)


@due
def forget_links(at):
    """Keys that ran out, and invitations to which no key leads any more, with what was typed behind them."""
    LinkKey.objects.filter(until_at__lte=at).delete()
    LinkInvitation.objects.filter(~Exists(LinkKey.objects.filter(invitation=OuterRef("pk")))).delete()
