"""Everything that sessions keep."""

from sessions.models.actions import Action, Topic
from sessions.models.log import Intervention, Log
from sessions.models.log_versions import LogVersion
from sessions.models.methods import Method
from sessions.models.private import Journal, Note, Stall
from sessions.models.session import CoachingSession
from sessions.models.steering import Steering
from sessions.models.takeaway import Takeaway

__all__ = [
    "Action",
    "CoachingSession",
    "Intervention",
    "Journal",
    "Log",
    "LogVersion",
    "Method",
    "Note",
    "Stall",
    "Steering",
    "Takeaway",
    "Topic",
]
