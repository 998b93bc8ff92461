from django.db import migrations

from coaching.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("coaching", "0002_traces_and_drafts")]
    operations = [append_only("coaching_trace")]
