"""What can the template of a letter say? Per kind of letter its placeholders, each with an example. More is refused."""

from django.utils.translation import gettext_lazy as _

AGREEMENT, REPORT = KINDS = ("agreement", "report")
NAMES = {AGREEMENT: _("The agreement"), REPORT: _("The closing report")}

_party = {"name": "Sam de Boer", "role": "Klant", "function": "teamleider", "unit": "Poli Interne", "said": "Akkoord op 3 september 2026"}
_promise = {"who": "Els", "what": "Een dagdeel per week zonder dienst.", "when": "Gedaan op 9 november 2026"}
_house = {"organisation": "Zorggroep Merwestede", "logo": "", "title": "Hoe geef ik mijn team ruimte?", "parties": [_party]}
EXAMPLES = {
    AGREEMENT: _house
    | {
        "version": 2,
        "standing": "Door ieder afgesproken op 10 september 2026",
        "sections": [{"heading": "Inspanning", "body": "Een coach zegt inspanning toe.", "points": ["De doelen, van nu naar straks"]}],
        "commitments": [_promise],
    },
    REPORT: _house
    | {
        "number": "RD-2026-0007",
        "code": "01ABC 01ABC 01ABC 01ABC",
        "facts": ["Zes sessies van 60 minuten"],
        "summary": "In september nam ik alles terug wat spannend werd.",
        "headline": "Drie doelen, alle drie bereikt.",
        "goals": [
            {
                "number": 1,
                "title": "Ik draag werk over.",
                "start": "−2",
                "now": "Ik neem taken terug.",
                "then": "Het rooster is van het team.",
                "outcome": "+1",
                "came_to": "Lotte maakt het rooster.",
                "remarks": [{"who": "Sam", "words": "Het lukt me vaker dan niet."}],
            }
        ],
        "quote": "Ze deed het anders dan ik, en het klopte.",
        "voices": [{"who": "Sam", "answers": [{"question": "Wat bracht het?", "words": "Drie avonden per week."}]}],
        "differences": "Bij doel 2 keken we verschillend.",
        "lasting": [_promise],
        "commitments": [_promise],
        "effort": "Een coach zegt inspanning toe, geen resultaat.",
        "without_third": "",
        "signatures": [{"name": "Sam de Boer", "role": "Klant", "said": "Akkoord in Rode Draad", "remark": ""}],
    },
}


def listed(kind):
    """Every placeholder of a kind with its example, for who makes a template: [(name, example or "", of a list)]."""
    return list(_listed(EXAMPLES[kind], ""))


def _listed(values, path):
    for name, example in values.items():
        place = f"{path}{name}"
        if isinstance(example, list):
            yield place, "", True
            inner = example[0]
            yield from _listed(inner, f"{place}[ ].") if isinstance(inner, dict) else [(f"{place}[ ]", inner, False)]
        else:
            yield place, example, False
