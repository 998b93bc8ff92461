"""For whom is this page? Whoever it is not for finds nothing: not even that it exists."""

from functools import wraps

from django.http import Http404


def only(may):
    """A decorator for views: `may(person)` says who gets in, everyone else gets 404."""

    def guarding(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guarding


for_admins = only(lambda person: person.administers)
for_the_desk = only(lambda person: person.coordinates)
for_list_bringers = only(lambda person: person.coordinates or person.administers)
for_the_pool = only(lambda person: person.in_the_pool)
