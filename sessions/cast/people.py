"""Who plays in the story? Fixed moral positions, used everywhere (architecture 23)."""

from coaching.models import CoachProfile, Organisation, OrgUnit, Person

PASSWORD = "een lange zin om mee te testen"  # noqa: S105 the cast lives in empty development databases only
UNITS = {"house": None, "care": "house", "staff": "house", "works": "house", "advice": "house", "personnel": "house"}
# key: name, unit, manager, and what they are beside their seats
PEOPLE = {
    "els": ("Els Vermeer", "care", None, {}),
    "otto": ("Otto Dam", "works", None, {}),
    "tess": ("Tess Kuiper", "care", None, {}),
    "noor": ("Noor Bakker", "staff", None, {"pool": 5}),
    "bram": ("Bram Schouten", "works", "otto", {"pool": 4}),
    "pia": ("Pia de Ruiter", "advice", None, {"pool": 3}),
    "sam": ("Sam Verhagen", "care", "els", {}),
    "lot": ("Lot Jansen", "care", "els", {}),
    "fay": ("Fay Özdemir", "care", "els", {}),
    "kim": ("Kim Nguyen", "personnel", None, {"coordinates": True}),
    "wim": ("Wim Postma", "personnel", None, {"coordinates": True}),
    "iris": ("Iris Molenaar", "care", "els", {}),
    "ada": ("Ada Brink", "staff", None, {"administers": True}),
    "dirk": ("Dirk Smit", "staff", None, {"is_active": False}),
}


def make_people():
    """The organisation and its people, by key."""
    Organisation.objects.create(name="Huis van de Cast")
    units, people = {}, {}
    for key, parent in UNITS.items():
        units[key] = OrgUnit.objects.create(name=f"Onderdeel {key}", parent=units.get(parent), no_distance=key == "house")
    for key, (name, unit, manager, more) in PEOPLE.items():
        room, facts = more.get("pool"), {name: value for name, value in more.items() if name != "pool"}
        facts |= {"name": name, "function": "collega", "unit": units[unit], "manager": people.get(manager)}
        people[key] = Person.objects.create_user(f"{key}@cast.example", PASSWORD, **facts)
        if room:
            CoachProfile.objects.create(person=people[key], room_for=room, about="Ik vraag door en geef weinig raad.")
    return people
