"""What becomes of a coach's own words that belong to no trajectory, once they have left? (R27)

A learning journal and questions that were never shared are private words: they stay for as long as those do, counted from the day on which
their writer was first seen to be gone. Shared questions stay: colleagues use them.
"""

from datetime import timedelta

from django.db import transaction

from coaching.clock import day_of
from coaching.day import due
from coaching.models import Erased, Organisation
from sessions.models import Learning, ReflectiveQuestion

AT_ONCE = 500  # rows in one transaction


@due
def forget_who_left(at):
    """Mark the words of who is gone, unmark those of who came back, and erase what has been marked for the whole term."""
    today, term = day_of(at), timedelta(days=Organisation.current().private_days)
    for rows in (Learning.objects.all(), ReflectiveQuestion.objects.filter(shared_at=None)):
        rows.filter(author__is_active=True, left_on__isnull=False).update(left_on=None)
        rows.filter(author__is_active=False, left_on=None).update(left_on=today)
        _erase(rows.filter(left_on__lt=today - term), at)


def _erase(rows, at):
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            rows.model.objects.filter(pk__in=keys).delete()
            Erased.objects.record(rows.model._meta.label_lower, keys, at=at)
