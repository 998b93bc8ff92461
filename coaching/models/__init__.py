"""Everything that coaching keeps."""

from coaching.models.attempts import Attempt
from coaching.models.calendars import CalendarChoice
from coaching.models.certificates import Certificate
from coaching.models.drafts import Draft
from coaching.models.erasures import Erased
from coaching.models.imports import ColumnName, Import
from coaching.models.keys import KeyMark
from coaching.models.mail import Letter, MailChoice
from coaching.models.organisation import Organisation
from coaching.models.people import CoachProfile, OrgUnit, Person
from coaching.models.traces import Trace

__all__ = [
    "Attempt",
    "CalendarChoice",
    "Certificate",
    "CoachProfile",
    "ColumnName",
    "Draft",
    "Erased",
    "Import",
    "KeyMark",
    "Letter",
    "MailChoice",
    "OrgUnit",
    "Organisation",
    "Person",
    "Trace",
]
