"""Everything that trajectories keeps."""

from trajectories.models.addenda import Addendum
from trajectories.models.agreement import Agreement, Assent, Commitment
from trajectories.models.checkins import CheckIn
from trajectories.models.distance import TooClose
from trajectories.models.endings import Ending
from trajectories.models.figures import Figures
from trajectories.models.follow_ups import FollowUp
from trajectories.models.goal_versions import GoalAssent, GoalVersion
from trajectories.models.goals import Goal
from trajectories.models.hand_overs import AnotherCoach, HandOver
from trajectories.models.letters import LetterTemplate
from trajectories.models.links import LinkInvitation, LinkKey
from trajectories.models.measurements import Measurement
from trajectories.models.outcomes import Lasting, Outcome, Remark
from trajectories.models.own_questions import OwnQuestion
from trajectories.models.parts import Client, Coach, Part, Sponsor
from trajectories.models.preparations import Preparation, PreparedLevel
from trajectories.models.question import Question
from trajectories.models.releases import Release, ReleasedLevel
from trajectories.models.reports import Report, ReportCount, ReportFile
from trajectories.models.requests import ForCoordinator, Proposal, Request, Wish
from trajectories.models.review import Review
from trajectories.models.signing import ReviewText, Signature
from trajectories.models.states import State
from trajectories.models.trajectory import Hold, Trajectory

__all__ = [
    "Addendum",
    "Agreement",
    "AnotherCoach",
    "Assent",
    "CheckIn",
    "Client",
    "Coach",
    "Commitment",
    "Ending",
    "Figures",
    "FollowUp",
    "ForCoordinator",
    "Goal",
    "GoalAssent",
    "GoalVersion",
    "HandOver",
    "Hold",
    "Lasting",
    "LetterTemplate",
    "LinkInvitation",
    "LinkKey",
    "Measurement",
    "Outcome",
    "OwnQuestion",
    "Part",
    "Preparation",
    "PreparedLevel",
    "Proposal",
    "Question",
    "Release",
    "ReleasedLevel",
    "Remark",
    "Report",
    "ReportCount",
    "ReportFile",
    "Request",
    "Review",
    "ReviewText",
    "Signature",
    "Sponsor",
    "State",
    "TooClose",
    "Trajectory",
    "Wish",
]
