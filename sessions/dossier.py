"""For how long are the words of sessions kept? (R27)"""

from sessions import models
from trajectories.dossier import CONTENT, ITS_OWN, PRIVATE, RECORD, Kept
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
    Kept(models.AskedQuestion, CONTENT),
    Kept(models.Steering, CONTENT),
    Kept(models.Log, CONTENT),
    Kept(models.CoachingSession, CONTENT, empties=("place", "off_because")),  # day and minutes stay with the coach
    Kept(models.LogConsent, RECORD),  # as long as who-with-whom: without it no name is left to consent to
    Kept(models.Flight, ITS_OWN),  # days and minutes stay, without a client
    Kept(models.Learning, ITS_OWN),  # until its writer has left, and the term of private words after that: sessions.leaving
    Kept(models.ReflectiveQuestion, ITS_OWN),  # the same, as long as it is not shared; a shared one stays
]
