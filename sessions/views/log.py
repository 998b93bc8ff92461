"""The coach's two minutes: writing a log, sharing it, taking that back, throwing it away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import conflict, respond, settled
from coaching.clock import now
from coaching.discreet import is_discreet
from coaching.drafts import Window, unshown
from coaching.refusals import Refused, Stale
from sessions.forms.log import LogForm
from sessions.forms.sections import next_question
from sessions.keeping import seat_to_go_on
from sessions.models import Log, Method, Note, Stall, Steering
from sessions.process_models import OWN, built_in, kinds, with_methods
from sessions.record import Record, log_place, may_write, reached
from sessions.views.session import shown
from trajectories.doors import COACH

PRIVATE = ("note", "stall", "differently")
ARRANGES = {"add", "other", "methods", "use_model", "again"}  # buttons that only show the form anew


def log(request, pk):
    """The form for the coach; once it may no longer be changed, and for the client, the page where it is read."""
    at = now()
    if request.method == "POST" and "X-Keep" in request.headers:
        return _keep(request, pk, at)
    session, seat = reached(request.user, pk)
    if seat.part != COACH and (request.method == "POST" or not session.readable_log):
        raise Http404
    if not may_write(session, seat, at=at):
        return shown(request, Record(session, seat, at=at))
    if request.htmx and "step" in request.GET:
        return _other_question(request, seat)
    window = Window(request, log_place(seat.pk, pk), base=session.log_version, kept=session.has_draft)
    if "later" in request.POST:
        window.later(_whole(request, window.place))
        messages.info(request, _("Kept as a draft. Go on whenever you like."))
        return redirect(session)
    return _form(request, window, Record(session, seat, at=at, writing=True))


def _keep(request, pk, at):
    """An autosave. Who may no longer write it hears so; what they typed stays on their page."""
    seat = seat_to_go_on(request.user, pk, at=at)
    if seat is None:
        said = _("This log can no longer be changed. Copy what you still need of it.")
        return settled(request, reverse("sessions:session", args=[pk]), said, link=_("Look at the session"))
    place = log_place(seat, pk)
    return Window(request, place, kept=False).keep(_whole(request, place))


def _whole(request, place):
    """While somebody looks along, the private fields are not drawn: what lies in the draft of them stays there. Else None: as posted."""
    return unshown(request, PRIVATE, place) if is_discreet(request) else None


def _posted(request, place, initial):
    """What the form is filled with: as posted, and while somebody looks along with the private words as they were."""
    if (words := _whole(request, place)) is None:
        return request.POST
    there = {name: [initial.get(name, "")] for name in PRIVATE}
    return MultiValueDict(there | words)


def _form(request, window, record):
    recording = window.posted and not ARRANGES & set(request.POST)
    catalogue = _catalogue(request, window, record)
    facts = {"asker": request.user, "session": record.session, "goals": record.goals, "kept": record.kept, "before": record.before}
    facts |= {"may_mark": record.may_mark, "catalogue": catalogue}
    initial = _initial(record, catalogue)
    form = LogForm(_posted(request, window.place, initial) if recording else None, initial=initial, **facts)
    if window.words:
        form.recall(window.words)
    elif window.posted and not recording:
        form.again(_arranged(request.POST, catalogue), more="add" in request.POST)
        if not request.htmx:
            window.later(_whole(request, window.place))  # the page that comes back holds what is kept
    elif recording and form.is_valid():
        try:
            return redirect(window.once(lambda: _write(request, window, form, record)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale as stale:
            return _both(request, form, record, stale.row)
    context = {"form": form, "window": window, "record": record, "session": record.session, "client": record.other}
    context |= {"models": catalogue.offered if "methods" in request.POST else None, "kinds": kinds().values()}
    context |= {"opened": request.POST.get("other"), "just_chosen": "use_model" in request.POST}
    fragment = "steps" if {"methods", "use_model"} & set(request.POST) else None
    return respond(request, "sessions/log.html", context, fragment=fragment, status=422 if form.errors else 200)


def _catalogue(request, window, record):
    """The methods that who writes this can work with; those that people made only where they matter, since the page is asked for often."""
    words = window.words or request.POST
    typed = any(name.startswith(f"words-{OWN}") for name in words)
    chosen = [request.POST.get("use_model"), record.log.model if record.log else record.session.last_model]
    chosen += window.words.get("model", []) if window.words else [request.POST.get("model")]
    if typed or "methods" in request.POST or any((key or "").startswith(OWN) for key in chosen):
        return _all_methods(record.seat)
    return built_in()


def _all_methods(seat):
    return with_methods(Method.objects.readable_by(seat.person).by_name())


def _initial(record, catalogue):
    facts = {"goals": [str(goal.pk) for goal, _version in record.touched], "note": record.note.words if record.note else ""}
    facts["steered"] = record.steered
    facts |= {f"did-{number}": row.words for number, row in enumerate(record.interventions)}
    facts["model"] = record.log.model if record.log else catalogue.first(record.session.last_model)
    if record.by_coach:
        facts["takeaway"] = record.by_coach.words
    if record.stall:
        facts |= {"stall": record.stall.words, "differently": record.stall.differently or ""}
    return facts


def _arranged(posted, catalogue):
    """What was posted, with the step's next question or the other model in its place."""
    words = dict(posted.lists())
    if name := posted.get("other"):
        try:
            words[f"asked-{name}"] = [next_question(catalogue, name, posted.get(f"asked-{name}", "")).asked]
        except KeyError as error:
            raise Http404 from error
    if posted.get("use_model") in catalogue.models:
        words["model"] = [posted["use_model"]]
    return words


def _other_question(request, seat):
    """htmx swaps only the sentence; the text beside it is not touched."""
    name = request.GET["step"]
    try:
        catalogue = _all_methods(seat) if name.startswith(OWN) else built_in()
        step = next_question(catalogue, name, request.GET.get(f"asked-{name}", ""))
    except KeyError as error:
        raise Http404 from error
    return respond(request, "sessions/log.html", {"step": step}, fragment="ask")


def _write(request, window, form, record):
    """The shared words and the private ones, each by its own verb, in one press."""
    facts, told = {"by": request.user, "at": record.at}, form.cleaned_data
    session = record.session
    written = Log.write(session, base=window.base, **form.words(), **facts)
    Note.remember(session.trajectory, session=session, words=told["note"], **facts)
    Stall.mark(session, words=told["stall"], differently=told["differently"], **facts)
    if "steered" in told:
        Steering.mark(session, steered=told["steered"], **facts)
    for row, words in form.learned():
        row.learn(words=words, **facts)
    if "share" in request.POST:
        written.share(**facts)
    elif not written.shared_at:
        messages.info(request, _("Saved. Only you can read it until you share it."))
    return session.get_absolute_url()


def _both(request, form, record, row):
    """Another window was first: both texts, and either can be taken."""
    there = Record(*reached(request.user, record.session.pk), at=record.at)
    told = form.words()
    yours = [(section["title"], section["words"]) for section in told["sections"]]
    yours += [(_("What did it yield?"), told["takeaway"])] + [(_("Action"), words) for words, _due_on in told["actions"]]
    theirs = [(section["title"], section["words"]) for section in there.sections]
    theirs += [(_("What did it yield?"), there.by_coach.words)] if there.by_coach else []
    theirs += [(_("Action"), action.words) for action in there.actions]
    base = row.version if isinstance(row, Log) else 0
    url = reverse("sessions:log", args=[record.session.pk])
    return conflict(request, yours=[pair for pair in yours if pair[1]], theirs=theirs, url=url, base=base, again=True)


@require_POST
def share(request, pk):
    """Let the client read it, from half a minute later. `pk` is the session's, as everywhere here."""
    return _verb(request, pk, "share")


@require_POST
def unshare(request, pk):
    return _verb(request, pk, "unshare", said=_("Taken back. Only you can read it."))


@require_POST
def log_throw_away(request, pk):
    return _verb(request, pk, "throw_away", said=_("The log is gone. The session still counts as held."))


@require_POST
def log_remove(request, pk):
    """Ask the other to let a shared log go, or agree to it."""
    row = get_object_or_404(Log.objects.readable_by(request.user).with_session(), session=pk)
    try:
        stands = row.remove(by=request.user, at=now())
        messages.info(
            request, _("Asked. The log goes once you both want it.") if stands else _("The log is gone, and its earlier versions too.")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row.session)


@require_POST
def log_stay(request, pk):
    """Take that back, or say no to it."""
    row = get_object_or_404(Log.objects.readable_by(request.user).with_session(), session=pk)
    try:
        row.stay(by=request.user)
        messages.info(request, _("The log stays."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row.session)


def _verb(request, pk, verb, said=""):
    row = get_object_or_404(Log.objects.editable_by(request.user).with_session(), session=pk)
    try:
        getattr(row, verb)(by=request.user, at=now())
        if said:
            messages.info(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row.session)
