"""What does every component look like, in each of its states? For development only."""

import datetime
from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from coaching.access import respond
from coaching.forms.house import HouseForm
from coaching.forms.widgets import LEVELS, Answers, Chips, Day, Levels, Switch, Voice


@dataclass(frozen=True)
class Step:
    kind: str
    label: str
    on: datetime.date | None = None
    state: str = "done"
    url: str = ""
    hollow: bool = False


def steps(*, hollow=False):
    """The same trajectory as its coach sees it, or (hollow) as its sponsor does: knots without dates or links."""
    plan = [("mile", "Intake", 9, 3), ("mile", "Startgesprek", 9, 10), ("session", "Sessie 1", 9, 17), ("session", "Sessie 2", 10, 1),
            ("session", "Sessie 3", 10, 15), ("mile", "Tussenstand", 10, 29), ("session", "Sessie 4", 11, 5),
            ("session", "Sessie 5", 11, 19), ("session", "Sessie 6", 12, 3), ("mile", "Eindgesprek", 12, 17)]  # fmt: skip
    drawn = []
    for number, (kind, label, month, date) in enumerate(plan):
        state = "now" if number == 7 else "ahead" if number > 7 else "done"
        shown = kind == "mile" or not hollow
        url = "#onderdelen" if shown and kind == "session" and state != "ahead" else ""
        drawn.append(Step(kind, label, datetime.date(2026, month, date) if shown else None, state, url, hollow))
    return [*drawn, Step("mile", "Terugblik", datetime.date(2027, 3, 18), "ahead")]


class GalleryForm(HouseForm):
    held_on = forms.DateField(label="Datum", widget=Day, error_messages={"required": "Vul in wanneer de sessie was."})
    brought = forms.CharField(label="Wat leverde het op?", help_text="Mag rommelig.",
                              widget=Voice(sees="client coach", who="Youssef en jij"))  # fmt: skip
    place = forms.CharField(label="Waar?", required=False)
    length = forms.ChoiceField(label="Hoe lang?", choices=[("60", "60 minuten"), ("90", "90 minuten")])
    level = forms.TypedChoiceField(label="Waar sta je nu?", coerce=int, choices=LEVELS, widget=Levels(start=-1))
    fits = forms.ChoiceField(label="Welke zin past nu het best bij jou?",
                             widget=Answers(levels=True, voice=True, notes={0: "Dit is je doel"}),
                             choices=[(1, "Mijn team pakt werk op zonder dat ik het vraag."), (0, "Ik spreek vooraf af wat en wanneer."),
                                      (-1, "Ik laat los, maar kijk tussendoor stiekem mee.")])  # fmt: skip
    used = forms.MultipleChoiceField(label="Wat zette je in?", required=False, widget=Chips,
                                     choices=[("a", "Doorvragen"), ("b", "Rollenspel"), ("c", "Spiegelen")])  # fmt: skip
    shared = forms.BooleanField(label="Annelies leest mee", required=False, help_text="Later delen kan altijd.", widget=Switch)


def _filled():
    words = {
        "held_on": ["2026-11-19"],
        "brought": ["Ik heb drie keer geoefend."],
        "level": ["0"],
        "fits": ["-1"],
        "used": ["b"],
        "shared": ["on"],
    }
    return GalleryForm(prefix="full").recall({f"full-{name}": value for name, value in words.items()})


@login_not_required
@require_safe
def gallery(request):
    people = [{"part": "client", "name": "Youssef", "done": True, "text": "Getekend om 15:04"},
              {"part": "coach", "name": "Marieke", "done": True, "text": "Getekend om 15:06"},
              {"part": "sponsor", "name": "Annelies", "done": False, "text": "Nog niet"}]  # fmt: skip
    voices = [{"part": "client", "level": 1}, {"part": "sponsor", "level": 1}, {"part": "coach", "level": 0}]
    context = {
        "entries": steps(), "hollow": steps(hollow=True), "people": people, "voices": voices,
        "anchors": ["verder weg", "startpunt", "doel bereikt", "meer", "veel meer"], "alike": [one | {"level": -2} for one in voices],
        "figures": [("Ja", 14, "14"), ("Deels", 8, "8"), ("Nee", None, "minder dan vijf")], "form": GalleryForm(), "filled": _filled(),
        "wrong": GalleryForm({}, prefix="wrong"), "saved_at": datetime.datetime(2026, 11, 19, 9, 42, tzinfo=datetime.UTC),
        "colours": ["paper", "surface", "lining", "ink", "ink-soft", "ink-faint", "chalk", "thread", "alert"],
        "kinds": ["whole", "cut", "chalk", "loose", "tangle", "needle"],
    }  # fmt: skip
    return respond(request, "coaching/gallery.html", context)
