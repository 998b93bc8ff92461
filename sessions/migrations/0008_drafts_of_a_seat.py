"""What was half written lies with the seat it was written from (R11): drafts of before get the seat in which their author sat then."""

from django.db import migrations
from django.db.models import Q

OF = {  # the name of a place -> (app, model) of the thing that it is about
    "agreement": ("trajectories", "Trajectory"),
    "goal:new": ("trajectories", "Trajectory"),
    "question": ("trajectories", "Trajectory"),
    "action_add": ("trajectories", "Trajectory"),
    "session_new": ("trajectories", "Trajectory"),
    "note": ("trajectories", "Trajectory"),
    "goal": ("trajectories", "Goal"),
    "prepare": ("trajectories", "Review"),
    "log": ("coaching_sessions", "CoachingSession"),
    "action": ("coaching_sessions", "Action"),
    "intervention": ("coaching_sessions", "Intervention"),
}


def to_their_seat(apps, schema_editor):
    """A question of one's own bank has a place of the same name: what is of no trajectory stays as it is."""
    Draft, Part = apps.get_model("coaching", "Draft"), apps.get_model("trajectories", "Part")
    for draft in Draft.objects.only("pk", "author", "place", "saved_at"):
        name, _colon, key = draft.place.rpartition(":")
        things = apps.get_model(*OF[name]).objects.filter(pk=key) if name in OF else None
        trajectories = things.values_list("pk" if OF[name][1] == "Trajectory" else "trajectory", flat=True) if things is not None else ()
        then = Q(until_at=None) | Q(until_at__gte=draft.saved_at)
        seats = Part.objects.filter(then, trajectory__in=list(trajectories), person=draft.author_id, from_at__lte=draft.saved_at)
        if seat := seats.order_by("-from_at").first():
            Draft.objects.filter(pk=draft.pk).update(place=f"{name}:{seat.pk}:{key}")


class Migration(migrations.Migration):

    dependencies = [
        ('coaching', '0013_follow_up_again'),
        ('coaching_sessions', '0007_answers_after_a_session'),
        ('trajectories', '0016_released_against_a_version'),
    ]

    operations = [migrations.RunPython(to_their_seat, migrations.RunPython.noop)]
