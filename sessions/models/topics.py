"""What does the client want to talk about, in which order, and what was not reached?"""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models import Part
from trajectories.models.content import Content


class TopicQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "sessions"

    def of_trajectories(self, keys):
        return self.filter(trajectory__in=keys)

    def of(self, session):
        """Brought for this session, or talked about in it."""
        return self.filter(Q(session=session) | Q(reached_in=session))

    def up_for(self, session):
        """What a session to come has on its list: brought for it, and carried over from before because it was not reached."""
        dropped = Q(session__cancelled_at__isnull=False) | Q(session__missed_at__isnull=False)
        here = Q(session__starts_at__lte=session.starts_at) | dropped
        return self.filter(here, trajectory=session.trajectory_id).filter(Q(reached_in=None) | Q(reached_in=session))

    def waiting(self):
        """Not talked about yet."""
        return self.filter(reached_in=None)

    def with_session(self):
        return self.select_related("trajectory", "session")

    def with_sessions(self):
        """Brings `brought_at`, the moment of the session that it was first brought for."""
        return self.annotate(brought_at=F("session__starts_at"))

    def in_order(self):
        """The most important first."""
        return self.order_by("number", "worded_at", "pk")


class Topic(Content):
    """One thing that the client wants to talk about. `number`: the order of what matters, from 1.

    `session`: the one that it was first brought for; `reached_in`: where it was talked about. Until then it comes along to the next.
    """

    session = models.ForeignKey(CoachingSession, models.CASCADE, related_name="topics")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    words = SealedText(seal="topic")
    reached_in = models.ForeignKey(CoachingSession, models.SET_NULL, null=True, related_name="+")
    objects = TopicQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def bring(cls, session, *, by, at, words):
        """One more, the least important so far."""
        seat = cls._may_bring(session, by)
        last = cls.objects.filter(trajectory=session.trajectory).waiting().order_by("-number").values_list("number", flat=True).first()
        return cls.objects.create(
            session=session, trajectory=session.trajectory, seat=seat, number=(last or 0) + 1, words=words, worded_at=at
        )

    @classmethod
    @transaction.atomic
    def arrange(cls, session, *, by, at, lines):
        """What is up for `session`, in the order of `lines`: (topic or None, words). Empty words take a topic away.

        A topic that is not among the lines stays: another window brought it meanwhile.
        """
        seat = cls._may_bring(session, by)
        number = 0
        for topic, words in lines:
            if not words.strip():
                if topic:
                    topic.delete()
                continue
            number += 1
            if topic is None:
                facts = {"session": session, "trajectory": session.trajectory, "seat": seat, "worded_at": at}
                cls.objects.create(number=number, words=words.strip(), **facts)
            else:
                topic.trajectory = session.trajectory
                topic._put(number, words.strip(), at)

    def _put(self, number, words, at):
        if words != self.words:
            self.words, self.worded_at, self.version = words, at, self.version + 1
        self.number = number
        self.save()

    @transaction.atomic
    def reach(self, *, by, at, session, done):
        """It was talked about in `session`, or it was not after all and comes along again."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH, CLIENT)
        if session.trajectory_id != self.trajectory_id:
            raise Refused(_("This is not yours to do."))
        type(self).objects.filter(pk=self.pk).update(reached_in=session if done else None)

    @classmethod
    def _may_bring(cls, session, by):
        session.must_be_planned()
        return session.trajectory._seat_needed(by, CLIENT)
