"""What can a site administrator set for the whole organisation?"""

from functools import partial

from django.db import transaction

from coaching import zone
from coaching.models import Organisation


@transaction.atomic
def change(*, by, at, logo=None, no_logo=False, **facts):
    """Keep name, colour, time zone, terms and days off; `logo` is a picture that logo.redrawn() made, None leaves the one there is."""
    row = Organisation.objects.select_for_update().order_by("pk").first() or Organisation()
    before = row.time_zone
    for name, value in facts.items():
        setattr(row, name, value)
    if logo or no_logo:
        row.logo = logo
    row.save()
    if row.time_zone != before:
        transaction.on_commit(partial(_moved, at))
    return row


def _moved(at):
    """Days fall elsewhere from now on; a planned session keeps what the clock on the wall says (R28)."""
    zone.forget()
    for follows in zone.after_moving:
        follows(at)


def logo():
    """The logo (PNG bytes), or None."""
    return Organisation.objects.order_by("pk").values_list("logo", flat=True).first()
