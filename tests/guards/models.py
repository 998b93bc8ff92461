"""Has every table of words a door and a term? Read from the models themselves. (architecture 1–3; R27)"""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from coaching.sealed import Sealed, sealed_fields
from tests.guards import tree
from trajectories.doors import OwnQuerySet

MAY_BE_SEEN = {"Person", "Trajectory", "Report", "Addendum"}  # the only ones with visible_to; an addendum is seen as its report is
# Tables inside a trajectory without words of their own, and why no `reads` is needed.
NO_WORDS = {
    "Part": "who sits where: names of parties, shown with the trajectory",
    "Hold": "from when to when it stood still: dates, shown with the trajectory",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in tree.APPS and not model._meta.proxy]


def queryset_of(model):
    return type(model._default_manager.get_queryset())


def is_sealed(model):
    return bool(sealed_fields(model))


def sealed_names():
    """Names of sealed columns that no open column shares."""
    fields = [field for model in ours() for field in model._meta.concrete_fields]
    return {f.name for f in fields if isinstance(f, Sealed)} - {f.name for f in fields if not isinstance(f, Sealed)}


def accessors():
    """Names by which one row reaches many others (goals, parts)."""
    relations = [relation for model in ours() for relation in model._meta.related_objects]
    return {relation.get_accessor_name() for relation in relations if relation.one_to_many or relation.many_to_many} - {None}


def queryset_words():
    """What our own querysets can say, doors included."""
    kinds = {kind for model in ours() for kind in queryset_of(model).__mro__ if kind.__module__.split(".")[0] in tree.APPS}
    return {name for kind in kinds for name, word in vars(kind).items() if callable(word) and not name.startswith("_")}


def doorless(models, listed=NO_WORDS):
    """Models of a trajectory's words whose queryset has neither `reads` nor a seat of its own; others inside it without a door."""
    offences = []
    for model in models:
        inside = any(field.name == "trajectory" for field in model._meta.concrete_fields)
        kind = queryset_of(model)
        ruled = bool(getattr(kind, "reads", None)) or issubclass(kind, OwnQuerySet) or model.__name__ in MAY_BE_SEEN
        if inside and is_sealed(model) and not ruled:
            offences.append(f"{model._meta.label}: words of a trajectory, without `reads`")
        elif (inside or is_sealed(model)) and not (ruled or hasattr(kind, "readable_by")) and model.__name__ not in listed:
            offences.append(f"{model._meta.label}: without a door")
    return offences


def seen(models):
    """Who else says visible_to than those that may."""
    return sorted(model.__name__ for model in models if hasattr(queryset_of(model), "visible_to") and model.__name__ not in MAY_BE_SEEN)


def termless(models, named):
    """Models with sealed columns that no dossier entry names: nobody says how long they are kept."""
    return sorted(model._meta.label for model in models if is_sealed(model) and model not in named)


def named_in_dossier():
    """The models in trajectories.sources.dossier: a list of entries (or functions that give entries), each with `model` and `term`."""
    if not find_spec("trajectories.sources"):
        return None
    entries = getattr(import_module("trajectories.sources"), "dossier", None)
    if entries is None:
        return None
    flat = [entry for source in entries for entry in (source() if callable(source) else [source])]
    return {entry.model for entry in flat if entry.term}
