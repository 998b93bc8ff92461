"""Who is in the coach pool, and what do clients read about them there? The coordinator decides the first, the coach the second."""

from django.db import transaction

from coaching.models import CoachProfile, Person


def members(person):
    """The pool as a coordinator sees it, by name, with profile and unit."""
    may = getattr(person, "is_active", False) and person.coordinates
    people = Person.objects.in_the_pool() if may else Person.objects.none()
    return people.select_related("coach_profile", "unit").by_name()


def others(person):
    """Colleagues who are not in the pool, for a coordinator to choose from."""
    may = getattr(person, "is_active", False) and person.coordinates
    return Person.objects.active().filter(coach_profile=None).select_related("unit") if may else Person.objects.none()


@transaction.atomic
def put_in(person, *, by):
    """Give somebody a place in the pool, with an empty profile for them to fill in."""
    CoachProfile.objects.get_or_create(person=person)


@transaction.atomic
def take_out(person, *, by):
    """End somebody's place in the pool. What they coach now goes on; their profile is gone."""
    CoachProfile.objects.filter(person=person).delete()


@transaction.atomic
def describe(person, *, by, **facts):
    """Keep what a coach says about themselves and how much room they have."""
    CoachProfile.objects.filter(person=person).update(**facts)


def profile_of(person):
    return CoachProfile.objects.get(person=person)
