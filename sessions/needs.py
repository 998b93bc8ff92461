"""What waits for coach and client because of their sessions?"""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clock import day_of
from sessions.models import CoachingSession, Takeaway
from trajectories.doors import CLIENT, COACH
from trajectories.models.requests import Proposal
from trajectories.needs import Need
from trajectories.sources import needed

SOON = timedelta(days=2)  # a session is prepared from this long before


@needed
def of_the_coach(person, part, at, rows):
    """Logs to write, conversations to prepare with what the client wants to talk about, and logs that the client would like to delete.

    `up_next` of a row: what waits to be talked about, opened by who asks, with the rest of the page; the most important first.
    """
    if part != COACH:
        return []
    mine = [row.pk for row in rows if row.is_open]
    due = list(CoachingSession.objects.readable_by(person).of_trajectories(mine).waiting(at, at + SOON, person).numbered().with_client())
    words = {row.pk: row.up_next[0].words for row in rows if getattr(row, "up_next", None)}
    took_over = {row.pk: seat.reads_since for row in rows if (seat := row.seat_of(person)) and seat.reads_since}
    found = [
        _to_prepare(row, words.get(row.trajectory_id, ""), at) if row.starts_at > at else _to_log(row, at)
        for row in due
        if not row.asked_by
        and row.starts_at >= took_over.get(row.trajectory_id, row.starts_at)  # what another coach held is not theirs to log
    ]
    return found + [_to_let_go(row) for row in due if row.asked_by]


def _facts(row):
    return {"number": row.number, "name": row.client_name.split(" ")[0], "full": row.client_name}


def _to_prepare(row, words, at):
    from_now = row.starts_at - at
    hours = int(from_now.total_seconds() // 3600)
    days = (row.local_day - day_of(at)).days
    since = ngettext("in %(n)s hour", "in %(n)s hours", hours) % {"n": hours} if not days else _("tomorrow") if days == 1 else ""
    note = _("%(minutes)s minutes.") % {"minutes": row.minutes}
    if words:
        note += " " + _("%(name)s prepared:") % _facts(row)
    title = _("Session %(number)s with %(full)s") % _facts(row)
    url = reverse("sessions:preparation", args=[row.pk])
    facts = {"note": note, "words": words, "when": row.local_time, "since": since, "on": row.local_day}
    return Need(title, url, _("Prepare"), rank=0, **facts)


def _to_log(row, at):
    days = (day_of(at) - row.local_day).days
    note = _("Date, length and goals are filled in already. Allow two minutes.")
    since = ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days} if days else _("today")
    title = _("Log session %(number)s with %(name)s") % _facts(row)
    return Need(title, reverse("sessions:log", args=[row.pk]), _("Log the session"), note=note, since=since, on=row.local_day, rank=1)


@needed
def chosen_as_coach(person, part, at, rows):
    """A client chose this coach, who says whether they can."""
    if part != COACH:
        return []
    proposals = Proposal.objects.waiting_for(person).with_clients()
    action, note = _("See who it is"), _("You only meet if you both want to.")
    return [
        Need(_("%(name)s would like to meet you") % {"name": row.client_name}, row.trajectory.get_absolute_url(), action, note=note, rank=2)
        for row in proposals
    ]


@needed
def of_the_client(person, part, at, rows):
    """What the last session yielded, while nobody has said; and logs that the coach would like to delete."""
    if part != CLIENT:
        return []
    own = Takeaway.objects.readable_by(person).by_client()
    since = at - timedelta(days=21)
    held = list(CoachingSession.objects.readable_by(person).yielding(since, own, person).numbered().with_client())
    return [_to_let_go(row) for row in held if row.asked_by] + [
        Need(
            _("What did session %(number)s yield for you?") % {"number": row.number},
            reverse("sessions:takeaway", args=[row.pk]),
            _("Write it down"),
            note=_("One minute. One sentence is enough."),
            on=row.local_day,
            rank=2,
        )
        for row in held
        if not row.asked_by
    ]


def _to_let_go(row):
    """The other one would like to delete a shared log: it waits for a yes or a no (R10)."""
    title = _("%(name)s would like to delete the log of session %(number)s") % {"name": row.asked_by.split(" ")[0], "number": row.number}
    return Need(title, row.get_absolute_url(), _("Say what you want"), note=_("It only goes when you both want it."), rank=2)
