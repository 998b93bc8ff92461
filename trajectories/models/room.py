"""Which coaches have room? By how many trajectories they coach now, never by how those went (R7)."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from coaching.clock import today
from coaching.models import Person
from trajectories.doors import COACH
from trajectories.models.parts import Part
from trajectories.models.trajectory import Trajectory


def load_of(person):
    """How many open trajectories somebody coaches now."""
    return Trajectory.objects.seated(person, COACH).open().count()


def has_room(person, on=None, load=None):
    """Whether a coach is in the pool, available on day `on`, and coaches fewer than they have room for. `load` when it is known already."""
    on = on or today()
    profile = getattr(person, "coach_profile", None)
    if not profile or not person.is_active or not is_available(profile, on):
        return False
    return (load_of(person) if load is None else load) < profile.room_for


def is_available(profile, on):
    """Whether this coach takes part in the pool on day `on`."""
    return profile.is_open_on(on)


def pool_for(person):
    """The coach pool as `person` may see it, by name, with `load`: how many open trajectories each coaches now. One statement."""
    open_ones = Trajectory.objects.open().values("pk")
    seats = Part.objects.current().confirmed().filter(part=COACH, person=OuterRef("pk"), trajectory__in=open_ones)
    load = seats.order_by().values("person").annotate(n=Count("pk")).values("n")
    coaches = Person.objects.visible_to(person).in_the_pool().select_related("unit", "coach_profile").by_name()
    return coaches.annotate(load=Coalesce(Subquery(load), 0))
