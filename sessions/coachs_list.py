"""What does a coach see of each trajectory in a list? Its question, its numbers and its next session; opened in one look."""

from coaching.traces import Eyes, look
from sessions.models import Topic
from trajectories.doors import COACH
from trajectories.models import Question, Release
from trajectories.models.question import titles


def listed_of(rows, person, at, soon=None):
    """A dictionary for each of `rows` (trajectories, as numbers.with_numbers() brings them).

    Until `soon` the topics for a session to come are opened along, for who prepares it: `up_next` of a row, the most important first.
    """
    keys = [row.pk for row in rows]
    releases = Release.objects.readable_by(person).of_trajectories(keys)
    questions = list(titles(Question.objects.readable_by(person).last_of(keys), releases).values())
    near = [row.pk for row in rows if soon and row.next_session and row.next_session <= soon]
    topics = list(Topic.objects.readable_by(person).of_trajectories(near).waiting().in_order()) if near else []
    look([*questions, *topics], by=Eyes(person.pk, COACH), at=at)
    words = {question.trajectory_id: question.words for question in questions}
    for row in rows:
        row.took_over = bool(row.seat_of(person).reads_since)
        row.up_next = [topic for topic in topics if topic.trajectory_id == row.pk]
    return [{"row": row, "question": words.get(row.pk, ""), **_numbers(row)} for row in rows]


def _numbers(row):
    coming = row.next_session if row.is_open else None  # once it has ended nobody meets any more
    return {"held": row.sessions_held, "planned": row.sessions_planned, "next": coming, "total": total_of(row)}


def total_of(row):
    """Knots on the small thread: what was agreed, or what stands when that is more."""
    return max(row.agreed_sessions or 0, row.sessions_held + row.sessions_planned, 1)
