"""How is one trajectory of the cast told? By the verbs, with a secret word in everything that somebody writes."""

import hashlib
from datetime import date, timedelta

from coaching.models import Organisation
from coaching.traces import look
from sessions.models import (
    Action,
    AskedQuestion,
    CoachingSession,
    Flight,
    Intervention,
    Journal,
    Learning,
    Log,
    Note,
    ReflectiveQuestion,
    Stall,
    Takeaway,
    Topic,
)
from trajectories.agreement_text import freeze
from trajectories.models import Agreement, Commitment, Goal, GoalVersion, Question, Trajectory
from trajectories.models.requests import ask, propose

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Story:
    """One trajectory: who sits where, and the verbs in short. Time moves on by a minute with every act, so that nothing coincides."""

    def __init__(self, cast, name, *, began):
        self.cast, self.name, self.at = cast, name, began
        self.trajectory = None
        self.seats = dict(zip("CKS", cast.SEATS[name].split(), strict=True))

    def person(self, letter):
        return self.cast.people.get(self.seats[letter])

    def tick(self, **more):
        self.at += timedelta(**more) if more else MINUTE
        return self.at

    def says(self, what, readers):
        """A sentence that holds a word which occurs nowhere else; `readers` in letters (C, K, S, O, R) or keys of people."""
        word = "kanarie" + hashlib.sha256(f"{self.name}{what}{len(self.cast.secrets)}".encode()).hexdigest()[:10].translate(LETTERS)
        keys = [key for one in readers for key in (self.desk() if one == "O" else [self.seats.get(one, one)])]
        self.cast.secrets.append({"word": word, "what": what, "trajectory": self.name, "readers": [key for key in keys if key != "-"]})
        return f"Dit gaat over {word} en wat ervan komt."

    def desk(self):
        """Who coordinates and has no seat here."""
        return [key for key in ("wim", "kim") if key not in self.seats.values()]

    def keep(self, name, thing):
        """Give a thing its name in the table of rights."""
        self.cast.things[f"{self.name}.{name}" if name else self.name] = thing
        return thing

    def asked(self, *, by, letters="CK", wishes="KO", sponsor=True):
        """The request; then the trajectory is the story's own."""
        self.trajectory = ask(
            client=self.person("K"),
            by=by,
            at=self.tick(),
            about=self.says("request", letters),
            sponsor=self.person("S") if sponsor else None,
            wishes=self.says("wishes", wishes),
            for_coordinator=self.says("for_coordinator", wishes),
        )
        return self.keep("", self.trajectory)

    def matched(self, coach=None):
        """Proposed by Wim, chosen by the client, taken by the coach."""
        coach = coach or self.person("C")
        self.trajectory.refresh_from_db()
        proposal = propose(self.trajectory, coach, by=self.cast.people["wim"], at=self.tick())
        proposal.choose(by=self.person("K"), at=self.tick())
        self.trajectory.take_seat(by=coach, at=self.tick())

    def question(self, readers="CK"):
        return self.keep("question", Question.word(self.fresh(), by=self.person("K"), at=self.tick(), words=self.says("question", readers)))

    def agreed(self, readers="CKS", coach=None):
        """The agreement, with everybody's yes."""
        trajectory, starts_on = self.fresh(), self.at.date()
        terms = {"sessions": 5, "minutes": 60, "starts_on": starts_on, "ends_on": starts_on + 90 * DAY}
        terms |= {"place": self.says("agreement", readers), "own_words": self.says("agreement", readers)}
        frozen = freeze(trajectory, terms, Organisation.current())
        agreement = Agreement.propose(trajectory, by=coach or self.person("C"), at=self.tick(), frozen=frozen, **terms)
        for seat in agreement.waits_for():
            agreement.agree(by=seat.person, at=self.tick())
        return agreement

    def goal(self, what, readers, *, coach=None, share=False, agree=True):
        """A goal with a secret in every sentence of one kind; shared before it is agreed when `share`."""
        names = [*GoalVersion.WORDS, *GoalVersion.SENTENCES.values()]
        words = {name: self.says(what, readers) if name == "title" else f"{name}: anders dan nu" for name in names}
        words["support"] = self.says(what, readers)
        due_on = (self.at + 60 * DAY).date()
        trajectory = self.fresh()
        goal = Goal.draw_up(trajectory, by=self.person("K"), at=self.tick(), due_on=due_on, start_level=-2, weight=2, **words)
        if share:
            goal.share(by=self.person("K"), at=self.tick())
        version = goal.versions.latest_first().first()
        if agree:
            version.goal.trajectory = trajectory = self.fresh()
            for person in [self.person("K"), coach or self.person("C"), *([self.person("S")] if share else [])]:
                GoalVersion.objects.get(pk=version.pk).agree(by=person, at=self.tick(), read=1)
        return Goal.objects.get(pk=goal.pk)

    def commitment(self, readers="CKS"):
        words = self.says("commitment", readers)
        return self.keep("commitment", Commitment.promise(self.fresh(), by=self.person("S"), at=self.tick(), words=words))

    def session(self, *, shared, goals=(), readers=None, coach=None, name="", by_coach=True):
        """A session held and logged, with everything that can be written about it; `readers` of what is shared."""
        coach, client = coach or self.person("C"), self.person("K")
        readers = readers or ("CK" if shared else "C")
        starts_at = self.tick(days=3)
        session = CoachingSession.plan(
            self.fresh(),
            by=coach,
            at=self.at - DAY,
            starts_at=starts_at,
            minutes=60,
            place=self.says("place", "K" if readers == "K" else "CK"),
        )
        topic = self.says("topic", readers if shared else "CK")
        self.keep(f"{name}topic", Topic.bring(session, by=client, at=self.at - DAY, words=topic))
        session = CoachingSession.objects.get(pk=session.pk)
        self.tick(hours=2)
        log = Log.write(session, by=coach, at=self.tick(), base=0, **self._written(shared, readers, goals, by_coach))
        if shared:
            log.share(by=coach, at=self.tick())
        self._arranged(session, log, coach, readers)
        self.keep(f"{name}session", session)
        self.keep(f"{name}intervention", Intervention.objects.get(log=log))
        self.keep(f"{name}log_shared" if shared else f"{name}log_unshared", session)
        self.keep(f"{name}action", Action.objects.get(log=log))
        return session

    def _written(self, shared, readers, goals, by_coach):
        """What stands in a log, each kind with its word."""
        words = self.says("session_log" if shared else "unshared_log", readers)
        return {
            "model": "grow",
            "sections": [{"key": "goal", "letter": "G", "title": "Doel", "question": "Wat wil je?", "words": words}],
            "goals": list(goals),
            "interventions": [self.says("intervention", readers)],
            "actions": [(self.says("action", readers), (self.at + 7 * DAY).date())],
            "takeaway": self.says("takeaway", readers) if by_coach else "",
            "levels": [(goal, -1) for goal in goals],
        }

    def _arranged(self, session, log, coach, readers):
        """What the intervention was for and what it brought, and a question that was asked."""
        row, facts = Intervention.objects.get(log=log), {"by": coach, "at": self.tick()}
        opened = look([row], by=log.seat, at=self.at)[0].words
        said = {"intention": self.says("intervention", readers), "learned": self.says("intervention", readers)}
        row.detail(base=row.version, words=opened, **said, **facts)
        AskedQuestion.take_along(self.fresh_session(session), question="src_then", words=self.says("asked_question", readers), **facts)

    def craft(self):
        """What belongs to the coach and to no trajectory: a question of their own, one that all coaches got, a page of learning."""
        coach, at = self.person("C"), self.tick()
        own = ReflectiveQuestion.word(by=coach, at=at, words=self.says("own_question", "C"), phase="goal")
        self.keep("own_question", own)
        shared = ReflectiveQuestion.word(by=coach, at=at, words=self.says("shared_question", ["noor", "bram", "pia"]), phase="goal")
        shared.share(by=coach, at=self.tick())
        entry = {"kind": "prior", "on": date(2019, 3, 1), "until_on": date(2022, 6, 30), "minutes": 2_400, "people": 9}
        self.keep("flight", Flight.enter([entry], by=coach)[0])
        self.keep("learning", Learning.write(by=coach, at=self.tick(), words=self.says("learning", "C")))

    def yielded(self, session):
        words = self.says("takeaway", "CK")
        return Takeaway.write(self.fresh_session(session), by=self.person("K"), at=self.tick(), words=words, mattered=4, way=5)

    def private(self, session, coach=None, readers="C"):
        """What coach and client each write for themselves."""
        coach = coach or self.person("C")
        Note.remember(self.fresh(), by=coach, at=self.tick(), words=self.says("private_note", readers), session=self.fresh_session(session))
        words, differently = self.says("stall", readers), self.says("stall", readers)
        Stall.mark(self.fresh_session(session), by=coach, at=self.tick(), words=words, differently=differently)

    def journal(self):
        Journal.write(self.fresh(), by=self.person("K"), at=self.tick(), words=self.says("journal", "K"))

    def fresh(self):
        return Trajectory.objects.get(pk=self.trajectory.pk)

    def fresh_session(self, session):
        return CoachingSession.objects.get(pk=session.pk)


LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
