"""The process models that a coach, or the organisation, makes for itself: a list, a page for each, out of use and back (R9)."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused, Stale
from coaching.roles import only
from sessions.forms.methods import MethodForm, moved_up
from sessions.models import Method
from sessions.process_models import with_methods

for_who_makes_them = only(lambda person: person.in_the_pool or person.coordinates)


@for_who_makes_them
@require_GET
def methods(request):
    """What there is: built in, of the organisation, of oneself; what is out of use at the end."""
    rows = list(Method.objects.readable_by(request.user).by_name())
    mine = {row.key: row for row in Method.objects.editable_by(request.user)}
    shown = [(model, mine.get(model.key)) for model in with_methods(rows).models.values()]
    context = {
        "offered": [pair for pair in shown if pair[0].offered],
        "retired": [pair for pair in shown if not pair[0].offered and pair[1]],
    }
    return respond(request, "sessions/methods.html", context)


@for_who_makes_them
def method_new(request):
    """A new one, empty or as a copy of another (`?from=`)."""
    person = request.user
    model = with_methods(Method.objects.readable_by(person)).models.get(request.GET.get("from", ""))
    phases = [_copied(phase) for phase in model.phases] if model else ()
    initial = {"name": _("%(name)s, my way") % {"name": model.name}, "about": model.about} if model else {}
    shares = person.in_the_pool and person.coordinates
    form = partial(MethodForm, asker=person, phases=phases, initial=initial, shares=shares)

    def verb(form, base):
        shared = form.cleaned_data["shared"] if shares else person.coordinates
        Method.make(by=person, at=now(), shared=shared, **form.facts())

    return _page(request, form, verb, place="method:new", method=None)


def _copied(phase):
    questions = [{"key": question.key, "words": str(question)} for question in phase.questions if str(question)]
    return {"key": phase.name.rsplit("-", 1)[1], "letter": phase.letter, "title": phase.title, "questions": questions}


@for_who_makes_them
def method(request, pk):
    """Other sections or other questions. What was written before keeps the words it was written with."""
    row = get_object_or_404(Method.objects.editable_by(request.user), pk=pk)
    initial = {"name": row.name, "about": row.about}
    form = partial(MethodForm, asker=request.user, phases=row.phases, initial=initial)
    verb = partial(_adapted, request, row)
    return _page(request, form, verb, place=f"method:{row.pk}", method=row)


def _adapted(request, row, form, base):
    row.adapt(by=request.user, at=now(), base=base, **form.facts())


def _page(request, make_form, verb, *, place, method):
    window = Window(request, place, base=method.version if method else 0)
    if window.autosave:
        return window.keep()
    arranging = window.posted and {"add", "up", "again"} & set(request.POST)
    form = make_form(request.POST if window.posted and not arranging else None)
    if window.words:
        form.recall(window.words)
    elif arranging:
        form.again(_arranged(request.POST), more="add" in request.POST)
        window.later()
    elif window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _kept(verb, form, window.base)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale as stale:
            return _both(request, form, stale.row)
    context = {"form": form, "window": window, "method": method}
    return respond(request, "sessions/method.html", context, status=422 if form.errors else 200)


def _arranged(posted):
    words, number = dict(posted.lists()), posted.get("up", "")
    return moved_up(words, int(number)) if number.isascii() and number.isdigit() and len(number) < 3 else words


def _kept(verb, form, base):
    verb(form, base)
    return reverse("sessions:methods")


def _both(request, form, row):
    """Another window was first: both, and either can be taken."""

    def lines(phases):
        return [(one["title"], "\n".join(question["words"] for question in one["questions"])) for one in phases]

    told = form.facts()
    yours, theirs = [(told["name"], told["about"]), *lines(told["phases"])], [(row.name, row.about), *lines(row.phases)]
    return conflict(request, yours=yours, theirs=theirs, url=reverse("sessions:method", args=[row.pk]), base=row.version, again=True)


@require_POST
@for_who_makes_them
def method_retire(request, pk):
    return _verb(request, pk, "retire", _("Out of use. What was written with it stays as it is."))


@require_POST
@for_who_makes_them
def method_take_up(request, pk):
    return _verb(request, pk, "take_up", _("In use again."))


def _verb(request, pk, verb, said):
    row = get_object_or_404(Method.objects.editable_by(request.user), pk=pk)
    getattr(row, verb)(by=request.user, at=now())
    messages.info(request, said)
    return redirect("sessions:methods")
