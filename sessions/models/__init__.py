"""Everything that sessions keep."""

from sessions.models.actions import Action
from sessions.models.consents import LogConsent
from sessions.models.flights import Flight
from sessions.models.interventions import Intervention
from sessions.models.invitations import Invitation
from sessions.models.learning import Learning
from sessions.models.log import Log
from sessions.models.log_versions import LogVersion
from sessions.models.methods import Method
from sessions.models.private import Journal, Note, Stall
from sessions.models.questions import AskedQuestion, Favourite, ReflectiveQuestion
from sessions.models.session import CoachingSession
from sessions.models.steering import Steering
from sessions.models.takeaway import Takeaway
from sessions.models.topics import Topic

__all__ = [
    "Action",
    "AskedQuestion",
    "CoachingSession",
    "Favourite",
    "Flight",
    "Intervention",
    "Invitation",
    "Journal",
    "Learning",
    "Log",
    "LogConsent",
    "LogVersion",
    "Method",
    "Note",
    "ReflectiveQuestion",
    "Stall",
    "Steering",
    "Takeaway",
    "Topic",
]
