"""Everything that sessions keep."""

from sessions.models.actions import Action, Topic
from sessions.models.log import Intervention, Log, LogVersion, Takeaway
from sessions.models.private import Journal, Note, Stall
from sessions.models.session import CoachingSession

__all__ = ["Action", "CoachingSession", "Intervention", "Journal", "Log", "LogVersion", "Note", "Stall", "Takeaway", "Topic"]
