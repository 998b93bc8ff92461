"""Everything that coaching keeps."""

from coaching.models.organisation import Organisation
from coaching.models.people import CoachProfile, OrgUnit, Person

__all__ = ["CoachProfile", "OrgUnit", "Organisation", "Person"]
