"""How does a question look? Chosen by the class of the widget, drawn by the pack `house`."""

from django import forms

from coaching.templatetags.house import level

LEVELS = [(number, level(number)) for number in (-2, -1, 0, 1, 2)]


class Looks:
    """What every house widget takes: `sees` and `who` show beside the label who will read the answer."""

    look = "line"

    def __init__(self, *args, sees="", who="", **facts):
        self.sees, self.who = sees, who
        super().__init__(*args, **facts)


class Finish(Looks, forms.TextInput):
    """One line that finishes a sentence; `before` stands fixed in front of it."""

    def __init__(self, *args, before="", **facts):
        self.before = before
        super().__init__(*args, **facts)


class Levels(Looks, forms.RadioSelect):
    """Five levels as one seam. `start` is the goal's starting level, -2 or -1: the thread is sewn from there."""

    look = "steps"

    def __init__(self, *args, start=-2, **facts):
        self.start = start
        super().__init__(*args, **facts)


class Answers(Looks, forms.RadioSelect):
    """Whole sentences to choose from. `levels`: values are -2..+2; `voice`: people wrote them; `notes`: value -> small print."""

    look = "answers"

    def __init__(self, *args, levels=False, voice=False, notes=None, **facts):
        self.levels, self.voice, self.notes = levels, voice, {str(value): note for value, note in (notes or {}).items()}
        super().__init__(*args, **facts)

    def create_option(self, name, value, label, selected, index, **facts):
        option = super().create_option(name, value, label, selected, index, **facts)
        return option | {"number": level(value) if self.levels else index + 1, "note": self.notes.get(str(value), "")}


class Chips(Looks, forms.CheckboxSelectMultiple):
    """Several of some short words."""

    look = "chips"


class Choice(Looks, forms.RadioSelect):
    """One of some short words."""

    look = "chips"


class Switch(Looks, forms.CheckboxInput):
    """On or off."""

    look = "switch"


class Voice(Looks, forms.Textarea):
    """Room for someone's own words; grows as they write."""

    def __init__(self, *args, rows=3, attrs=None, **facts):
        super().__init__(*args, attrs={"rows": rows, "autocapitalize": "sentences", **(attrs or {})}, **facts)
        del self.attrs["cols"]  # the style sheet says how wide


class Day(Looks, forms.DateInput):
    """A date, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, *args, **facts):
        super().__init__(*args, format="%Y-%m-%d", **facts)
