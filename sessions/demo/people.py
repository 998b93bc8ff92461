"""Who works at the demo organisation, under whom, and who coaches?"""

import unicodedata

from django.contrib.auth.hashers import make_password

from coaching.models import CoachProfile, Organisation, OrgUnit, Person

PASSWORD = "wandelen langs de rivier"  # noqa: S105  of invented people, who live in development runs only
# Whom the login page offers, and from which part they look at first.
FACES = {"marieke": "coach", "youssef": "client", "samira": "client", "annelies": "sponsor", "ruud": "sponsor", "femke": "coordinator"}
FACES |= {"sanne": "coach", "frank": "admin"}
PLAIN = str.maketrans({"ł": "l", "ı": "i"})  # letters that are more than a letter with an accent


def make_people(data, language):
    """The organisation, its units, its people and its coaches; gives the people by key."""
    organisation = data["organisation"]
    Organisation.objects.create(name=organisation["name"], language=language)
    units = _make_units(data["units"])
    managers = _managers(data)
    password = make_password(PASSWORD)  # once: it is made to be slow
    facts = {"language": language, "password": password}
    people = {row["key"]: _person(row, units, organisation["mail_domain"], **facts) for row in data["people"]}
    for key, person in people.items():
        person.manager = people.get(managers[key])
    Person.objects.bulk_create(people.values())
    CoachProfile.objects.bulk_create(_profile(row, people) for row in data["coaches"])
    return people


def _make_units(rows):
    units = {}
    for row in rows:
        parent = units.get(row["parent"])
        units[row["key"]] = OrgUnit(name=row["name"], parent=parent, no_distance=row.get("no_distance", False))
    OrgUnit.objects.bulk_create(units.values())
    return units


def _managers(data):
    """Person -> manager: that of their unit; for who manages it, that of the unit above."""
    units = {row["key"]: row for row in data["units"]}
    found = {}
    for row in data["people"]:
        unit = units[row["unit"]]
        above = units.get(unit["parent"], {})
        found[row["key"]] = above.get("manager") if unit["manager"] == row["key"] else unit["manager"]
    return found


def _person(row, units, domain, **facts):
    names = {"name": row["name"], "function": row["function"], "unit": units[row["unit"]], "email": address(row["name"], domain)}
    part = FACES.get(row["key"], "")
    beside = {"coordinates": row.get("coordinator", False), "administers": part == "admin", "looks_as": part}
    return Person(**names, **beside, **facts)


def address(name, domain):
    """ "Fatma Yıldız" as fatma.yildiz@domain: without accents and spaces."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(PLAIN)).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.')}@{domain}"


def _profile(row, people):
    facts = {name: row[name] for name in ("about", "themes", "languages", "place", "room_for")}
    return CoachProfile(person=people[row["person"]], **facts)


def rest_the_coaches(rows, people, days):
    """Who stops taking clients for a while; told last, since it is looked at with every match."""
    for row in rows:
        if "pauses_from" in row:
            CoachProfile.objects.filter(person=people[row["person"]]).update(paused_from=days.on(row["pauses_from"]))
