"""How do words lie in the database? Sealed: AES-256-GCM, bound to their row; only traces.look() opens them (architecture 19, 20)."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class StillSealed(Exception):
    """Somebody tried to show words that nobody opened."""


class Box(bytes):
    """What a column holds: key name (2 bytes), nonce (12), ciphertext. Showing it is a mistake, and says so."""

    def __str__(self):
        raise StillSealed

    def __repr__(self):
        return "<sealed>"


class Sealed(models.Field):
    """What save() and bulk_create() seal. `seal` is the field's name for ever: tables and columns may be renamed, it may not."""

    def __init__(self, *args, seal=None, **kwargs):
        self.seal = seal
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"seal": self.seal}

    def get_internal_type(self):
        return "BinaryField"

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError("Sealed words cannot be searched; open them first.")
        return super().get_lookup(lookup_name)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Box(value)

    def pre_save(self, model_instance, add):
        return self.sealed(model_instance)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None:
            return None
        if not isinstance(value, Box):
            raise TypeError(f"{self.seal}: only save() and bulk_create() know the row to seal for.")
        return connection.Database.Binary(bytes(value))

    def clean(self, value, model_instance):
        return value if isinstance(value, Box) else super().clean(value, model_instance)

    def to_python(self, value):
        return Box(base64.b64decode(value["sealed"])) if isinstance(value, dict) else value

    def value_to_string(self, obj):
        box = self.sealed(obj)
        return None if box is None else {"sealed": base64.b64encode(bytes(box)).decode()}

    def sealed(self, row):
        """The box for what `row` holds now; what is sealed already stays as it is. A new nonce every time."""
        words = getattr(row, self.attname)
        if words is None or isinstance(words, Box):
            return words
        name, key = next(iter(settings.SEALING_KEYS.items()))
        nonce = os.urandom(12)
        return Box(name.encode() + nonce + AESGCM(key).encrypt(nonce, self.to_bytes(words), self._row(row)))

    def opened(self, row):
        """What lies in `row`'s box. Raises KeyError for a key that is gone, InvalidTag for a box that was moved or changed."""
        box = getattr(row, self.attname)
        if not isinstance(box, Box):
            return box
        key = settings.SEALING_KEYS[bytes(box[:2]).decode()]
        return self.of_bytes(AESGCM(key).decrypt(bytes(box[2:14]), bytes(box[14:]), self._row(row)))

    def _row(self, row):
        return f"{self.seal}:{row.pk}".encode()


class SealedText(Sealed):
    """Words that people write."""

    def to_bytes(self, words):
        return words.encode()

    def of_bytes(self, raw):
        return raw.decode()

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.CharField, "widget": forms.Textarea, "max_length": 20_000} | kwargs)


class SealedBytes(Sealed):
    """The bytes of a document."""

    def to_bytes(self, words):
        return bytes(words)

    def of_bytes(self, raw):
        return raw


def sealed_fields(model):
    """The sealed columns of a model or row."""
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


def open_boxes(row):
    """Put the words of every loaded box of `row` in its place. Only traces.look() and the rotation of keys call this."""
    for field in sealed_fields(row):
        if field.attname not in row.get_deferred_fields():
            setattr(row, field.attname, field.opened(row))
    return row


def reseal(row):
    """Seal `row` again under the current key (manage.py key rotate); nobody reads it on the way."""
    open_boxes(row).save(update_fields=[field.name for field in sealed_fields(row)])
