"""What happens to whom in the cast's story? One function per trajectory, in the order of time."""

from datetime import timedelta

from sessions.cast.closings import checked, closing, met, prepared, put_forward, signed
from sessions.cast.later import looked_back
from sessions.cast.story import DAY, Story
from sessions.models import CoachingSession, LogConsent, Method
from trajectories.models import CheckIn, Ending, HandOver, Release


def declined(cast, at):
    """Els asked it for Sam, who said no; Els has not read the sentence yet."""
    story = Story(cast, "declined", began=at - 200 * DAY)
    trajectory = story.asked(by=story.person("S"), letters=["sam"])
    trajectory.decline(by=story.person("K"), at=story.tick(), sentence=story.says("stop_sentence", ["sam", "els"]))


def stopped(cast, at):
    """Noor and Lot stopped; Els got one sentence, and what was shared is closed to her again."""
    story = Story(cast, "stopped", began=at - 150 * DAY)
    story.asked(by=story.person("K"))
    story.matched()
    story.question()
    story.agreed()
    goal = story.goal("shared_goal", "CK", share=True)
    story.session(shared=True, goals=[goal])
    story.fresh().stop(by=story.person("K"), at=story.tick(), reason="other_job", sentence=story.says("stop_sentence", "CKS"))
    Ending.objects.get(trajectory=story.trajectory).confirm(by=story.person("C"), at=story.tick())


def halted(cast, at):
    """Bram and Fay stopped; there was no sponsor."""
    story = Story(cast, "halted", began=at - 140 * DAY)
    story.asked(by=story.person("K"), sponsor=False)
    story.matched()
    story.fresh().stop(by=story.person("C"), at=story.tick(), reason="no_fit", sentence=story.says("stop_sentence", "CK"))


def closed(cast, at):
    """Bram, Pia and Els signed; the report is there, an addendum beside it, and they are asked once more."""
    story = Story(cast, "closed", began=at - 120 * DAY)
    goal = _to_running(story)
    Release.give(story.fresh(), by=story.person("K"), at=story.tick(), kind=Release.QUESTION, words=story.says("released_question", "CKS"))
    _sessions(story, goal)
    checked(story, goal)
    closing(story)
    for letter in "KSC":
        prepared(story, goal, by=letter, readers="CKS")
    met(story, goal)
    text = put_forward(story)
    story.keep("report", signed(story, text, "K", "C", "S", remark=story.says("report", "CKS")))
    looked_back(story, goal, at)


def pair(cast, at):
    """Noor and Fay closed with two: there was no sponsor."""
    story = Story(cast, "pair", began=at - 130 * DAY)
    story.asked(by=story.person("K"), sponsor=False)
    story.matched()
    story.question()
    story.agreed(readers="CK")
    goal = story.keep("goal", story.goal("private_goal", "CK"))
    story.yielded(story.session(shared=True, goals=[goal]))
    closing(story, letters="CK")
    for letter in "KC":
        prepared(story, goal, by=letter, readers="CK")
    met(story, goal, letters="CK")
    text = put_forward(story)
    story.keep("report", signed(story, text, "K", "C", remark=story.says("report", "CK")))


def meeting(cast, at):
    """Bram, Lot and Els have met; a text lies there, and Lot has signed it."""
    story = Story(cast, "meeting", began=at - 90 * DAY)
    goal = _to_running(story)
    _sessions(story, goal)
    checked(story, goal)
    _planned(story, at)
    closing(story)
    for letter in "KSC":
        prepared(story, goal, by=letter, readers="CKS")
    met(story, goal)
    text = put_forward(story)
    signed(story, text, "K", remark=story.says("text", "CKS"))


def closing_blind(cast, at):
    """Pia and Els have not handed in; Kim has, and nobody reads it yet."""
    story = Story(cast, "closing", began=at - 80 * DAY)
    goal = _to_running(story)
    _sessions(story, goal)
    closing(story)
    prepared(story, goal, by="K", readers="K")


def running(cast, at):
    """Sam was coached by Bram and sponsored by Tess before; now by Noor and Els, with a goal of every kind."""
    story = Story(cast, "running", began=at - 70 * DAY)
    people, bram = cast.people, cast.people["bram"]
    story.seats |= {"C": "bram", "S": "tess"}
    story.asked(by=story.person("K"), letters="K")
    story.matched()
    story.question(readers="K")
    before = story.session(shared=True, readers="K", name="before_")
    story.private(before, readers="")
    _hand_over(story, bram, people)
    story.seats |= {"C": "noor", "S": "els"}
    story.tick(days=1)
    story.question()
    story.agreed()
    shared = story.keep("goal_shared", story.goal("shared_goal", "CKS", share=True))
    story.keep("goal_private", story.goal("private_goal", "CK"))
    story.keep("goal_draft", story.goal("draft_goal", "CK", agree=False))
    story.commitment()
    Release.give(story.fresh(), by=story.person("K"), at=story.tick(), kind=Release.QUESTION, words=story.says("released_question", "CKS"))
    checked(story, shared)
    _methods(story)
    _sessions(story, shared)
    _planned(story, at)
    story.craft()
    story.keep("log_consent", LogConsent.give(story.fresh(), by=story.person("K"), at=story.tick()))
    story.keep("check_in", CheckIn.begin(story.fresh(), by=story.person("C"), at=story.tick()))


def _hand_over(story, bram, people):
    hand_over = HandOver.propose(story.fresh(), people["noor"], by=people["wim"], at=story.tick(days=1))
    hand_over.say_yes(by=people["noor"], at=story.tick())
    HandOver.objects.get(pk=hand_over.pk).say_yes(by=people["sam"], at=story.tick())
    story.fresh().name_sponsor(people["els"], by=people["sam"], at=story.tick())


def intake(cast, at):
    """Noor meets Pia; Otto was named as sponsor by Wim, and Pia has not confirmed him."""
    story = Story(cast, "intake", began=at - 20 * DAY)
    story.asked(by=story.person("K"), sponsor=False)
    story.matched()
    story.question()
    story.fresh().name_sponsor(cast.people["otto"], by=cast.people["wim"], at=story.tick())
    story.goal("draft_goal", "CK", agree=False)


def requested(cast, at):
    """Els asked it for Fay, who has not answered."""
    story = Story(cast, "requested", began=at - 5 * DAY)
    story.asked(by=cast.people["els"], letters=["fay", "els"])


def _to_running(story):
    story.asked(by=story.person("K"))
    story.matched()
    story.question()
    story.agreed()
    goal = story.keep("goal", story.goal("shared_goal", "CKS", share=True))
    story.keep("goal_private", story.goal("private_goal", "CK"))
    story.commitment()
    return goal


def _sessions(story, goal):
    """One shared log with the client's own words, one that is not shared, and what each keeps to themselves."""
    shared = story.session(shared=True, goals=[goal])
    story.yielded(shared)
    story.private(shared)
    story.journal()
    story.session(shared=False, name="second_", goals=[goal])
    story.cast.things[f"{story.name}.log_unshared"] = story.cast.things[f"{story.name}.second_log_unshared"]


def _methods(story):
    """A process model of Noor's own, and one of the organisation's."""
    question = {"key": "first", "words": "Wat heeft je aandacht?"}
    phases = [{"key": "one", "letter": "A", "title": "Aandacht", "questions": [question]}]
    facts = {"at": story.tick(), "about": "", "phases": phases}
    story.keep("method", Method.make(by=story.person("C"), name="Noors manier", **facts))
    story.keep("method_shared", Method.make(by=story.cast.people["wim"], name="Onze manier", shared=True, **facts))


def _planned(story, at):
    """One that is coming, and one that was called off."""
    facts = {"by": story.person("C"), "at": story.tick(), "minutes": 60}
    off = CoachingSession.plan(story.fresh(), starts_at=at + timedelta(days=11), **facts)
    story.fresh_session(off).cancel(by=story.person("K"), at=story.tick(), because=story.says("off_because", "CK"))
    story.keep("session_off", off)
    session = CoachingSession.plan(story.fresh(), starts_at=at + timedelta(days=4), place=story.says("place", "CK"), **facts)
    return story.keep("session_planned", session)


TALES = [declined, stopped, halted, pair, closed, meeting, closing_blind, running, intake, requested]
