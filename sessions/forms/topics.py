"""What does the client want to talk about, and what first?"""

import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from sessions.forms.sections import Words

ROW = re.compile(r"topic-(\d{1,2})")
MOST = 12  # topics of one conversation


class TopicsForm(HouseForm):
    """A row per topic, the most important first. `topics`: what is up for the session already, opened and in order.

    Beside each row its key, so that a topic that is moved or reworded stays the same one.
    """

    mark_optional = False

    def __init__(self, *args, topics=(), **facts):
        super().__init__(*args, **facts)
        self.known = {str(topic.pk): topic for topic in topics}
        for number, topic in enumerate(topics):
            self.initial |= {f"topic-{number}": topic.words, f"which-{number}": str(topic.pk)}
        self._make_rows([*self.data, *self.initial])

    def _make_rows(self, data, *, more=0):
        found = [int(match[1]) + 1 for match in map(ROW.fullmatch, data) if match]
        for number in range(min(max([*found, 1]) + more, MOST)):
            if f"topic-{number}" not in self.fields:
                label = _("Topic %(number)s") % {"number": number + 1}
                self.fields[f"topic-{number}"] = Words(label=label, rows=2, attrs={"aria-label": label})
                self.fields[f"which-{number}"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def rows(self):
        """(words, key, number, whether it was carried along) of each row."""
        numbers = range(sum(1 for name in self.fields if ROW.fullmatch(name)))
        return [(self[f"topic-{n}"], self[f"which-{n}"], n, str(self[f"which-{n}"].value() or "") in self.known) for n in numbers]

    def recall(self, words):
        self._make_rows(words)
        return super().recall(words)

    def again(self, words, *, more=False, up=None):
        """The same form unbound, with what was posted; another empty row, or row `up` before the one above it."""
        words = dict(words)
        self._make_rows(words, more=int(more))
        if up is not None and 0 < up < MOST:
            for name in ("topic", "which"):
                above, below = f"{name}-{up - 1}", f"{name}-{up}"
                words[above], words[below] = words.get(below, [""]), words.get(above, [""])
        return super().recall(words)

    @property
    def lines(self):
        """What arrange() takes, of a valid form: (topic or None, words) in order."""
        said = [(self._topic(number), (self.cleaned_data.get(f"topic-{number}") or "").strip()) for _w, _k, number, _is in self.rows]
        return [(topic, words) for topic, words in said if topic or words]

    def _topic(self, number):
        try:
            return self.known.get(str(uuid.UUID(self.cleaned_data.get(f"which-{number}") or "")))
        except ValueError:
            return None
