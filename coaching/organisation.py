"""What can a site administrator set for the whole organisation?"""

from django.db import transaction

from coaching.models import Organisation


@transaction.atomic
def change(*, by, logo=None, no_logo=False, **facts):
    """Keep name, colour, terms and days off; `logo` is a picture that logo.redrawn() made, None leaves the one there is."""
    row = Organisation.objects.select_for_update().order_by("pk").first() or Organisation()
    for name, value in facts.items():
        setattr(row, name, value)
    if logo or no_logo:
        row.logo = logo
    row.save()
    return row


def logo():
    """The logo (PNG bytes), or None."""
    return Organisation.objects.order_by("pk").values_list("logo", flat=True).first()
