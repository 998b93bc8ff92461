"""How does the organisation word its questionnaires, and what does it ask besides? (R18) No trajectory, and no answer, is seen here."""

import uuid

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coaching.refusals import Refused

MOST = 10  # own questions in one questionnaire: it stays a matter of minutes


class OwnQuestionQuerySet(models.QuerySet):
    def readable_by(self, person):
        """Who administers the organisation; what is asked reaches the others as a questionnaire."""
        return self.filter(pk__isnull=False) if getattr(person, "administers", False) and person.is_active else self.none()

    editable_by = readable_by

    def of(self, questionnaire):
        return self.filter(questionnaire=questionnaire)

    def added(self):
        """Questions of the organisation's own; the others word one that comes with the application."""
        return self.exclude(kind="")

    def in_order(self):
        return self.order_by("worded_at", "pk")


class OwnQuestion(models.Model):
    """Other words for the question `key`; or, when it has a `kind`, a question of the organisation's own.

    `options` of a choice: [[value, Dutch, English]]. What was answered keeps its own copy, so nothing here changes an old answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.CharField(max_length=30)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, blank=True)
    label_nl = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    hint_nl = models.CharField(max_length=200, blank=True)
    hint_en = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=list)
    worded_at = models.DateTimeField()
    objects = OwnQuestionQuerySet.as_manager()
    dossier = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="one_wording_per_question"),
            models.CheckConstraint(condition=~Q(kind="choice") | ~Q(options=[]), name="a_choice_has_options"),
        ]

    @classmethod
    @transaction.atomic
    def word(cls, questionnaire, key, *, by, at, **words):
        """Ask a question that comes with the application in other words, from now on."""
        _administers(by)
        cls.objects.update_or_create(questionnaire=questionnaire, key=key, defaults=words | {"worded_at": at, "kind": "", "options": []})

    @classmethod
    @transaction.atomic
    def add(cls, questionnaire, *, by, at, kind, **words):
        """Ask something of the organisation's own, of one of five kinds, after the others."""
        _administers(by)
        if cls.objects.of(questionnaire).added().count() >= MOST:
            raise Refused(_("There are ten questions of your own here already. Take one away first: it stays a matter of minutes."))
        return cls.objects.create(questionnaire=questionnaire, key=f"own_{uuid.uuid4().hex[:12]}", kind=kind, worded_at=at, **words)

    @transaction.atomic
    def reword(self, *, by, at, **words):
        """Other words for a question of one's own; its kind stays."""
        _administers(by)
        for name, value in words.items():
            setattr(self, name, value)
        self.save()

    @transaction.atomic
    def remove(self, *, by):
        """From now on it is not asked, or asked as it came. Answers that were given keep their question."""
        _administers(by)
        self.delete()


def _administers(person):
    if not (person.administers and person.is_active):
        raise Refused(_("This is not yours to do."))
