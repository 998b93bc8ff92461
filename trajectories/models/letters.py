"""In which form does the organisation send its letters? A .docx of its own per kind, put there by a site administrator."""

from django.db import models, transaction

KINDS = [("agreement", "agreement"), ("report", "report")]


class LetterTemplate(models.Model):
    """A template that was checked before it was kept (trajectories.word.template). It holds placeholders and nobody's words."""

    kind = models.CharField(max_length=10, unique=True, choices=KINDS)
    docx = models.BinaryField()
    put_at = models.DateTimeField()

    def __str__(self):
        return self.kind

    @classmethod
    def put(cls, kind, docx, *, by, at):
        """Use this one from now on for letters of `kind`; `docx` was checked."""
        cls.objects.update_or_create(kind=kind, defaults={"docx": docx, "put_at": at})

    @classmethod
    @transaction.atomic
    def take_away(cls, kind, *, by):
        """Back to the form that comes with the application."""
        cls.objects.filter(kind=kind).delete()


def own(kind):
    """The organisation's own template of this kind, or None."""
    return LetterTemplate.objects.filter(kind=kind).first()


def since():
    """Since when each kind has a template of the organisation's own: {kind: moment}."""
    return dict(LetterTemplate.objects.values_list("kind", "put_at"))
