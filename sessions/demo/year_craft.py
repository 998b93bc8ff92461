"""What does the coach of a busy year have of their own: hours of elsewhere, questions, favourites, pages of learning?"""

from datetime import timedelta

from coaching.clock import day_of
from sessions.models import Favourite, Flight, Learning, ReflectiveQuestion

DAY = timedelta(days=1)
FRIDAY = 4
FAVOURITES = ("src_need", "src_then")


def write_craft(year):
    """As many as there are trajectories: what a coach keeps grows with their work."""
    number, said, on = len(year.trajectories), year.words["said"], day_of(year.at)
    words = [said[turn % len(said)] for turn in range(number)]
    facts = [{"author": year.coach, "words": one, "worded_at": year.at - turn * DAY} for turn, one in enumerate(words)]
    Learning.objects.bulk_create(Learning(**one) for one in facts)
    ReflectiveQuestion.objects.bulk_create(ReflectiveQuestion(phase="goal", **one) for one in facts)
    Favourite.objects.bulk_create(Favourite(person=year.coach, question=key) for key in FAVOURITES)
    entries = [{"kind": "prior", "on": on - 2_000 * DAY, "until_on": on - 800 * DAY, "minutes": 9_000, "people": 24}]
    kinds = ("other", "supervision", "peer", "mentor")
    for turn in range(number):
        day = on - (10 + turn * 11) * DAY
        day -= max(0, day.weekday() - FRIDAY) * DAY
        entries.append({"kind": kinds[turn % 4], "on": day, "until_on": day, "minutes": 90, "group": turn % 2 == 1, "people": 1 + turn % 6})
    Flight.enter(entries, by=year.coach)
