"""For how long are the words of sessions kept? (R27)"""

from sessions import models
from trajectories.dossier import CONTENT, PRIVATE, Kept
from trajectories.sources import dossier

dossier[:0] = [  # erased before what they hang on
    Kept(models.Note, PRIVATE, "seat__trajectory"),
    Kept(models.Stall, PRIVATE, "seat__trajectory"),
    Kept(models.Journal, PRIVATE, "seat__trajectory"),
    Kept(models.Intervention, CONTENT),
    Kept(models.LogVersion, CONTENT),
    Kept(models.Action, CONTENT),
    Kept(models.Takeaway, CONTENT),
    Kept(models.Topic, CONTENT),
    Kept(models.Steering, CONTENT),
    Kept(models.Log, CONTENT),
    Kept(models.CoachingSession, CONTENT, empties=("place",)),  # day and minutes stay with the coach
]
