"""The pages of the coach pool: who is in it, by the coordinator; what is said there, by the coach."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching import pool as places
from coaching import staff
from coaching.access import respond
from coaching.forms.pool import Profile
from coaching.models import Person
from coaching.roles import for_the_desk, for_the_pool

HERE = {"nav_here": "trajectories:coaches"}
PER_PAGE = 25


@for_the_desk
@require_GET
def pool(request):
    """Who is in the pool, searched with `in`; and colleagues found by name with `q`, to give a place in it."""
    words, inside = (request.GET.get(name, "").replace("\x00", "").strip()[:100] for name in ("q", "in"))
    found = list(staff.called(places.others(request.user), words)[: PER_PAGE + 1]) if words else []
    page = Paginator(staff.called(places.members(request.user), inside), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "found": found[:PER_PAGE], "more": len(found) > PER_PAGE, "q": words, "inside": inside} | HERE
    return respond(request, "coaching/pool.html", context, fragment="pool-found")


@require_POST
@for_the_desk
def pool_put(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    places.put_in(person, by=request.user)
    messages.info(request, _("%(name)s is in the pool, and can fill in a profile.") % {"name": person.name})
    return redirect("coaching:pool")


@require_POST
@for_the_desk
def pool_take(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    places.take_out(person, by=request.user)
    messages.info(request, _("%(name)s is no longer in the pool. What runs, goes on.") % {"name": person.name})
    return redirect("coaching:pool")


@for_the_pool
def coach_profile(request):
    """A coach's own profile."""
    row = places.profile_of(request.user)
    plain = ("about", "place", "room_for", "available_from", "paused_from", "paused_until")
    initial = {name: getattr(row, name) for name in plain}
    initial |= {"themes": ", ".join(row.themes), "languages": ", ".join(row.languages)}
    form = Profile(request.POST or None, asker=request.user, initial=initial)
    if form.is_valid():
        places.describe(request.user, **form.cleaned_data, by=request.user)
        messages.info(request, _("Your profile is kept."))
        return redirect("coaching:coach_profile")
    return respond(request, "coaching/coach_profile.html", {"form": form}, status=422 if form.errors else 200)
