from django.conf import settings
from django.db import migrations

from coaching.append_only import append_only
from coaching.keys import mark


def remember(apps, editor):
    """A database knows from its making on which key it is sealed with."""
    name, key = next(iter(settings.SEALING_KEYS.items()))
    apps.get_model("coaching", "KeyMark").objects.get_or_create(name=name, defaults={"mark": mark(key)})


class Migration(migrations.Migration):
    dependencies = [("coaching", "0005_keys_and_erasures")]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop), append_only("coaching_erased")]
