"""What happens in the house when somebody comes into a seat or leaves it, and what is told of it?"""

from coaching.clock import day_of
from coaching.models import Letter, Organisation
from tests.trajectories.opening import terms
from tests.trajectories.requests_story import fresh
from trajectories.agreement_text import freeze
from trajectories.models import Agreement, HandOver, Part, Trajectory
from trajectories.thread import thread


def offered(house, trajectory):
    """Put forward by Noor, who agrees with it."""
    given = terms()
    facts = {"by": house.noor, "at": house.tick(), "frozen": freeze(trajectory, given, Organisation.current())}
    return Agreement.propose(trajectory, **facts, **given)


def agreed(house, trajectory):
    version = offered(house, trajectory)
    for seat in version.waits_for():
        version.agree(by=seat.person, at=house.tick())


def handed_over(house, trajectory, to=None, last=None):
    """Proposed by Wim; both say yes, `last` last."""
    to = to or house.bram
    hand_over = HandOver.propose(trajectory, to, by=house.wim, at=house.tick())
    for who in [one for one in (house.sam, to) if one != last] + ([last] if last else []):
        HandOver.objects.get(pk=hand_over.pk).say_yes(by=who, at=house.tick())
    return fresh(trajectory)


def told(who):
    """The kinds of letters that somebody got since one looked last."""
    letters = list(Letter.objects.filter(person=who).order_by("created_at", "pk"))
    Letter.objects.filter(person=who).delete()
    return [letter.kind for letter in letters]


def labels(trajectory, part, today=None):
    row = Trajectory.objects.with_moments().with_seats().get(pk=trajectory.pk)
    seat = row.seat(part) or Part(trajectory=row, part=part)
    return [entry.label for entry in thread(row, seat, today=today or day_of(row.asked_at))]


def newest(trajectory):
    return Agreement.objects.filter(trajectory=trajectory).latest_first().first()
