"""What happens between coach and client."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "coaching_sessions"  # django.contrib.sessions owns the label "sessions"
    verbose_name = _("Sessions")

    def ready(self):
        for source in ("thread", "numbers", "needs", "dossier", "places", "touches", "older", "calendar", "yielded_by_link"):
            import_module(f"sessions.{source}")
