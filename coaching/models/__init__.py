"""Everything that coaching keeps."""

from coaching.models.drafts import Draft
from coaching.models.organisation import Organisation
from coaching.models.people import CoachProfile, OrgUnit, Person
from coaching.models.traces import Trace

__all__ = ["CoachProfile", "Draft", "OrgUnit", "Organisation", "Person", "Trace"]
