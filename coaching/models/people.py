"""Who works here, under whom, and who coaches?"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class OrgUnitQuerySet(models.QuerySet):
    def by_name(self):
        return self.order_by("name", "pk")


class OrgUnit(models.Model):
    """A node in the organisation's tree. A unit marked `no_distance` says nothing about who is close to whom (R1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    no_distance = models.BooleanField(default=False)

    objects = OrgUnitQuerySet.as_manager()

    def __str__(self):
        return self.name


class PersonQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def coordinators(self):
        return self.active().filter(coordinates=True)

    def site_admins(self):
        return self.active().filter(administers=True)

    def in_the_pool(self):
        return self.active().filter(coach_profile__isnull=False)

    def visible_to(self, person):
        """Colleagues know that colleagues exist; the anonymous and the deactivated know nobody."""
        return self.active() if getattr(person, "is_active", False) else self.none()

    def by_name(self):
        return self.order_by("name", "pk")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **facts):
        person = self.model(email=email.lower(), **facts)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """A colleague. Coach, client or sponsor one is only per trajectory.

    Being in the pool, coordinating and administering stand beside that.
    """

    LANGUAGES = [("nl", "Nederlands"), ("en", "English")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    staff_number = models.CharField(max_length=50, null=True, blank=True, unique=True)  # as the staff list has it
    function = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nl")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    is_active = models.BooleanField(default=True)
    coordinates = models.BooleanField(default=False)
    administers = models.BooleanField(default=False)
    looks_as = models.CharField(max_length=12, blank=True)  # the home last used
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        indexes = [
            models.Index(fields=["name", "id"], name="people_by_name"),
            models.Index(fields=["coordinates", "is_active", "name"], name="coordinators_by_name"),  # every page names one to turn to
        ]

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        return self.name.split(" ", 1)[0]

    @property
    def mark(self):
        """By which a page that stands open knows whether it is still the same person who is logged in; says nothing to anybody else."""
        return salted_hmac("coaching.person", str(self.pk), algorithm="sha256").hexdigest()[:20]

    @property
    def in_the_pool(self):
        return hasattr(self, "coach_profile")


class CoachProfile(models.Model):
    """What a client reads before choosing, and how much room this coach has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="coach_profile")
    about = models.TextField(blank=True, max_length=2000)
    themes = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=200, blank=True)
    room_for = models.PositiveSmallIntegerField(default=2)
    available_from = models.DateField(null=True, blank=True)
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)  # the last day of the pause; open when nobody knows

    def __str__(self):
        return self.person.name

    def is_open_on(self, day):
        """Whether this coach takes part in the pool on `day`: begun, and not in a pause."""
        begun = self.available_from is None or self.available_from <= day
        paused = self.paused_from is not None and self.paused_from <= day and (self.paused_until is None or day <= self.paused_until)
        return begun and not paused
