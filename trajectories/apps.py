"""The agreement between people, from request to follow-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectoriesConfig(AppConfig):
    name = "trajectories"
    verbose_name = _("Trajectories")

    def ready(self):
        from coaching import imports, nav, staff  # noqa: PLC0415 apps must be loaded first
        from trajectories import changed, checked_by_link, dossier, needs, sources, turns  # noqa: F401, PLC0415 they add their lines to sources
        from trajectories.models.distance import after_a_change, before_a_change  # noqa: PLC0415
        from trajectories.models.leaving import after_leaving  # noqa: PLC0415
        from trajectories.models.parts import parts_of  # noqa: PLC0415

        imports.before.append(before_a_change)
        imports.after.append(after_a_change)
        staff.after_leaving.append(after_leaving)
        nav.parts_of.append(parts_of)
        sources.needed(needs.in_trajectories)
        sources.needed(needs.to_look_back)
