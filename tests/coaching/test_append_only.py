"""What was traced stays: no change, and no deletion before its day; and the triggers are really there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from coaching.append_only import TABLES
from coaching.clock import now, today
from coaching.models import Trace

pytestmark = pytest.mark.django_db


def line(keep_until):
    thing = "00000000-0000-4000-8000-000000000001"
    facts = {"person_id": thing, "act": "opened", "kind": "x", "thing": thing, "hour": now()}
    return Trace.objects.create(keep_until=keep_until, **facts)


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_a_line_does_not_change():
    row = line(today() + timedelta(days=1))
    refused(lambda: Trace.objects.filter(pk=row.pk).update(act="changed"))
    refused(lambda: (setattr(row, "act", "changed"), row.save()))
    assert Trace.objects.get().act == "opened"


def test_a_line_goes_only_when_its_day_has_passed():
    refused(line(today()).delete)
    line(today() - timedelta(days=2)).delete()
    assert Trace.objects.count() == 1


def test_every_guarded_table_has_its_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        present = {name for (name,) in cursor.fetchall()}
    for table in TABLES:
        assert f"{table}_unchanged" in present
