"""What does everybody find in their mailbox, from the request until after the look back? One whole trajectory, day by day (R30, R25).

The verbs tell the story; between two of them `manage.py day` runs every morning at eight. Whatever anybody writes holds a secret word.
"""

import re
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils.translation import gettext, override

from coaching.clock import day_of, months_after, now
from coaching.letters import KINDS
from coaching.letters.nudges import NUDGES
from coaching.models import Letter, Organisation
from coaching.working_days import is_working_day, working_days_between
from coaching.zone import zone
from sessions.cast import Cast
from sessions.cast.closings import checked, closing, met, prepared, put_forward, signed
from sessions.cast.people import make_people
from sessions.cast.story import DAY, Story
from trajectories.models import Addendum, FollowUp

ADDRESS = re.compile(r"https?://\S+")
SEVERAL = "A few things are waiting"
SIX = ["please_agree", "goal_to_agree", "please_prepare", "please_sign", "report_ready", "follow_up_sponsor"]


class Days(Story):
    """A story in which the day's work is done every morning that goes by; `sent` is every mail with its day."""

    def __init__(self, cast, *, began):
        super().__init__(cast, "closed", began=began)
        self.ran, self.sent, self.every = day_of(began), [], 1

    def tick(self, **more):
        super().tick(**more)
        while self.ran < day_of(self.at):
            self.ran += DAY
            if self.ran.toordinal() % self.every == 0:
                self.run_day(self.ran)
        return self.at

    def run_day(self, day):
        before = len(mail.outbox)
        call_command("day", at=datetime.combine(day, time(8), zone()))
        self.sent += [(day, message) for message in mail.outbox[before:]]

    def until(self, done):
        """Let the mornings go by until something is so."""
        for _ in range(200):
            if done():
                return
            self.tick(days=1)
        raise AssertionError("It never came to that.")


def told(*, slow):
    """From the request to the addendum; a `slow` sponsor prepares after two reminders and never looks back, asked after a month."""
    cast = Cast(make_people())
    if slow:
        Organisation.objects.update(follow_up_months=1)
    story = Days(cast, began=datetime.combine(day_of(now()) - timedelta(days=260), time(10), UTC))
    story.asked(by=story.person("K"))
    story.matched()
    story.question()
    story.agreed()
    goal = story.keep("goal", story.goal("shared_goal", "CKS", share=True))
    for number in range(3):
        session = story.session(shared=True, goals=[goal], name=f"s{number}_")
        story.tick(days=3)
        story.yielded(session)
        story.tick(days=6)
    checked(story, goal, release=False)
    begun = day_of(closing(story).worded_at)
    for letter in "KC":
        prepared(story, goal, by=letter, readers="CKS")
    story.until(lambda: working_days_between(begun, story.ran) >= (9 if slow else 1))
    prepared(story, goal, by="S", readers="CKS")
    met(story, goal)
    text = put_forward(story)
    signed(story, text, "K", "C", "S")
    story.every = 1 if slow else 5  # in three quiet months a mail that is not due would still leave at the next run
    story.until(FollowUp.objects.exists)
    story.every = 1
    for row in FollowUp.objects.all():
        if row.part == "client" or not slow:
            words = story.says("follow_up", "CKS")
            said = {"key": "example", "kind": "text", "question": "Waaraan?", "answer": words, "shown": words, "seen": True}
            row.hand_in(by=row.seat.person, at=story.tick(), answers=[said], still="mostly", words=words)
    story.until(Addendum.objects.exists)
    story.tick(days=2)
    story.slow = slow
    return story


def bodies(message):
    """What can be read in a mail: its text, and what is enclosed."""
    raw = message_from_bytes(message.message().as_bytes())
    parts = [part.get_payload(decode=True) for part in raw.walk() if not part.is_multipart()]
    return [message.subject, *(part.decode("utf-8", "replace") for part in parts)]


def kinds_for(story, letter):
    rows = Letter.objects.filter(person=story.person(letter), sent_at__isnull=False)
    return Counter(rows.values_list("kind", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("slow", [False, True], ids=["prompt", "slow"])
def test_every_mail_of_a_whole_trajectory(slow):
    story = told(slow=slow)
    mine = {story.person(letter).email for letter in "CKS"} | {story.cast.people[key].email for key in ("wim", "kim")}
    assert len(story.sent) > 25 and all(len(message.to) == 1 and not message.cc + message.bcc for _day, message in story.sent)
    assert {message.to[0] for _day, message in story.sent} == mine, "nobody else hears of it"
    _says_nothing(story)
    _keeps_to_the_days(story)
    _six_for_the_sponsor(story)
    asked = FollowUp.objects.order_by("part").first()
    late = day_of(asked.asked_at) - months_after(day_of(asked.trajectory.closed_at), 1 if slow else 3)
    assert timedelta() <= late < timedelta(days=1 if slow else 5)


def _says_nothing(story):
    """Subjects that are the same for everybody; no word, goal or name anywhere, and no day but in an invitation for a calendar."""
    with override("nl"):
        subjects = {str(kind.subject) for kind in KINDS.values()} | {gettext(SEVERAL)}
    names = {word for person in story.cast.people.values() for word in person.name.split() if len(word) > 3}
    secrets = [one["word"] for one in story.cast.secrets]
    assert len(secrets) > 30
    for _day, message in story.sent:
        assert message.subject in subjects
        for words in bodies(message):
            bare = ADDRESS.sub("", words)
            assert not [secret for secret in secrets if secret in bare or secret in words]
            assert "anders dan nu" not in bare and "kanarie" not in bare
            if "BEGIN:VCALENDAR" not in bare:
                assert not [name for name in names if re.search(rf"\b{name}\b", bare)]


def _keeps_to_the_days(story):
    """One mail with nudges per person per day, none on days off."""
    with override("nl"):
        nudges = {str(kind.subject) for kind in NUDGES} | {gettext(SEVERAL)}
    gathered = Counter((day, message.to[0]) for day, message in story.sent if message.subject in nudges)
    assert max(gathered.values()) == 1 and len(gathered) >= 8
    assert all(is_working_day(day) for day, _address in gathered)


def _six_for_the_sponsor(story):
    """Six when nothing changes; reminders on top, two each at most; each letter a mail of its own."""
    kinds = kinds_for(story, "S")
    reminders = {"prepare_reminder": 2, "follow_up_sponsor": 2} if story.slow else {}
    assert kinds == Counter(SIX) + Counter(reminders)
    address = story.person("S").email
    assert sum(message.to[0] == address for _day, message in story.sent) == 6 + sum(reminders.values())
    for letter in "CK":
        assert kinds_for(story, letter)["report_ready"] == 2, "the report and the addendum"
        assert kinds_for(story, letter)["prepare_reminder"] == 0
