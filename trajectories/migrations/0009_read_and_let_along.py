"""Of older words goes along what the client had read; who asked for another coach is kept."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

KINDS = ("question", "sessions", "check_ins")


def from_the_change_on(apps, schema_editor):
    """What was let go along before had no moment: it was everything up to the change of coach."""
    parts = apps.get_model("trajectories", "Part").objects
    for kind in KINDS:
        parts.filter(**{f"let_{kind}": True}).update(**{f"reads_older_{kind}": F("reads_since")})
    for row in apps.get_model("trajectories", "HandOver").objects.all():
        row.older = {kind: (row.client_said_at or row.proposed_at).isoformat() for kind in row.older}
        row.save(update_fields=["older"])


class Migration(migrations.Migration):
    dependencies = [("trajectories", "0008_report_files")]

    operations = [
        *(migrations.RenameField("part", f"reads_older_{kind}", f"let_{kind}") for kind in KINDS),
        *(migrations.AddField("part", f"reads_older_{kind}", models.DateTimeField(null=True)) for kind in KINDS),
        migrations.AlterField("handover", "older", models.JSONField(default=dict)),
        migrations.RunPython(from_the_change_on, migrations.RunPython.noop),
        *(migrations.RemoveField("part", f"let_{kind}") for kind in KINDS),
        migrations.CreateModel(
            name="AnotherCoach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("part", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "trajectory",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="asked_over", to="trajectories.trajectory"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(("ended_at", None)), fields=("trajectory", "part"), name="asked_once_per_part")
                ],
            },
        ),
    ]
