"""The people, and what everything stands on."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = _("People")

    def ready(self):
        for part in ("checks", "open_views", "attempts", "outbox"):
            import_module(f"coaching.{part}")
