"""Does our Dutch leave Django's own words alone, and do numbers, days and refusals read as Dutch and as English?"""

from datetime import date
from pathlib import Path

import django
import polib
import pytest
from django import forms
from django.conf import settings
from django.utils.dateformat import format as date_words
from django.utils.translation import override

from coaching.templatetags.house import in_words

OURS = settings.BASE_DIR / "locale/nl/LC_MESSAGES/django.po"
DJANGOS = Path(django.__file__).parent / "conf/locale/nl/LC_MESSAGES/django.po"


class Asks(forms.Form):
    on = forms.DateField()
    email = forms.EmailField()


def _spoken(path):
    return {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(path) if e.translated()}


def test_a_word_of_djangos_means_the_same_here():
    """A bare msgid of ours replaces Django's everywhere: "Monday" as a choice with a capital gave every date one."""
    ours, djangos = _spoken(OURS), _spoken(DJANGOS)
    unlike = {key[1] for key in ours.keys() & djangos.keys() if ours[key] != djangos[key]}
    assert unlike <= {"Change"}, "give these a context"  # of the admin, which is not installed


@pytest.mark.parametrize(("language", "day"), [("nl", "zondag 3 mei 2026"), ("en", "Sunday 3 May 2026")])
def test_days_are_written_as_the_language_writes_them(language, day):
    with override(language):
        assert date_words(date(2026, 5, 3), "l j F Y") == day


def test_every_weekday_is_small_in_dutch():
    with override("nl"):
        assert [date_words(date(2026, 5, n), "l") for n in range(4, 9)] == ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"]


def test_english_needs_no_catalogue_of_ours():
    """Without one Django would fall back to Dutch if it did not know that msgids are English."""
    with override("en"):
        errors = Asks({"on": "then", "email": "nobody"}).errors
        assert errors["on"] == ["Enter a valid date."]
        assert in_words(0) == "No"
    with override("nl"):
        errors = Asks({"on": "then", "email": "nobody"}).errors
        assert errors["on"] == ["Voer een geldige datum in."]
        assert [in_words(number) for number in (0, 1, 12, 13)] == ["Geen", "Eén", "Twaalf", "13"]
