"""What was typed and not yet posted: kept within seconds, posted once (architecture 17)."""

import json
import uuid

from django.db import transaction
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from coaching.zone import zone

OURS = {"csrfmiddlewaretoken", "key", "base", "turn", "continues", "continued_turn"}


def _locked(key, *, by, place, base, at):
    facts = {"author": by, "place": place, "base": base, "saved_at": at}
    draft, _made = Draft.objects.select_for_update(of=("self",)).get_or_create(key=key, defaults=facts)
    if (draft.author_id, draft.place) != (by.pk, place):
        raise Http404
    return draft


@transaction.atomic
def keep(key, words, *, by, place, base, turn, at):
    """Keep what is in a form now (`words`: name -> list of values). A late or doubled autosave changes nothing, nor one after the post.

    Raises Http404 when the key is another's. Returns the draft as it is now: its `turn` and `saved_at` are of the last change that counted.
    """
    draft = _locked(key, by=by, place=place, base=base, at=at)
    if draft.posted_at is None and turn > draft.turn:
        draft.words, draft.turn, draft.base, draft.saved_at = json.dumps(words), turn, base, at
        draft.save()
    return draft


@transaction.atomic
def once(key, verb, *, by, place, base, at):
    """Run `verb() -> address` for this form's key at most once; a double post gets the first one's address."""
    draft = _locked(key, by=by, place=place, base=base, at=at)
    if draft.posted_at is None:
        draft.answer, draft.posted_at, draft.words = verb(), at, None
        draft.save()
    return draft.answer


def close(key, *, by, turn, at):
    """A draft that was taken up again elsewhere is done with, unless its own window went on typing."""
    drafts = Draft.objects.readable_by(by).filter(key=key, turn=turn, posted_at=None)
    drafts.update(posted_at=at, words=None)


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _uuid(text):
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None


def unshown(request, names, place):
    """What was posted (name -> list), with what lies in the draft of `place` that it goes on with of fields that this form did not draw."""
    words = dict(request.POST.lists())
    keys = [key for name in ("key", "continues") if (key := _uuid(request.POST.get(name)))]
    drafts = Draft.objects.readable_by(request.user).half_written(place).filter(pk__in=keys).latest_first()
    for draft in look(drafts, by=request.user, at=now()):
        kept = json.loads(draft.words) if draft.words else {}
        words |= {name: kept[name] for name in names if name in kept and name not in words}
    return words


class Window:
    """One form in one window: its key, the version `base` that it changes, and what was typed in it before.

    `kept` is False where the caller knows that there is no draft to take up, which saves asking.
    """

    def __init__(self, request, place, *, base=0, kept=True):
        self.request, self.place = request, place
        posted = request.POST
        self.key = _uuid(posted.get("key")) or uuid.uuid4()
        self.base = _number(posted.get("base")) if "base" in posted else base
        self.turn = _number(posted.get("turn"))
        self.continues, self.continued_turn = _uuid(posted.get("continues")), _number(posted.get("continued_turn"))
        self.words = self.since = None
        if request.method == "GET" and kept:
            self._take_up(fresh="fresh" in request.GET)

    def _take_up(self, *, fresh):
        """Offer the newest unposted draft of this place. Who starts empty lets go of it with the first word they keep, not before."""
        drafts = Draft.objects.readable_by(self.request.user).half_written(self.place).latest_first()[:1]
        for draft in look(drafts, by=self.request.user, at=now()):
            if draft.words:
                self.continues, self.continued_turn = draft.key, draft.turn
                if not fresh:
                    self.words, self.since, self.base = json.loads(draft.words), draft.saved_at, draft.base

    @property
    def autosave(self):
        return self.request.method == "POST" and "X-Keep" in self.request.headers

    @property
    def posted(self):
        return self.request.method == "POST" and not self.autosave

    def keep(self, words=None):
        """Answer an autosave; "saved" is said only after the commit. `words` (name -> list): in place of those posted.

        What comes after the post is not kept under its key; the page gets a new one (`again`) for words that it still holds.
        """
        words = {name: values for name, values in (words or dict(self.request.POST.lists())).items() if name not in OURS}
        at = now()
        with transaction.atomic():
            draft = keep(self.key, words, by=self.request.user, place=self.place, base=self.base, turn=self.turn, at=at)
            self._close_the_old(at)
        if draft.posted_at:
            return JsonResponse({"again": str(uuid.uuid4())})
        moment = time_format(timezone.localtime(draft.saved_at, zone()), "H:i")
        return JsonResponse({"saved": _("Draft saved at %(time)s") % {"time": moment}, "turn": draft.turn})

    def later(self, words=None):
        """Keep what was posted, or `words`, to go on with: a button for who has no script to keep as they type."""
        self.turn += 1
        return self.keep(words)

    def once(self, verb):
        """Run the verb for this window at most once, and give its address."""
        at = now()
        with transaction.atomic():
            answer = once(self.key, verb, by=self.request.user, place=self.place, base=self.base, at=at)
            self._close_the_old(at)
        return answer

    def _close_the_old(self, at):
        if self.continues:
            close(self.continues, by=self.request.user, turn=self.continued_turn, at=at)
