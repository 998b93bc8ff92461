"""How long is it kept how a shared log read before? Thirty days, then it goes (R10)."""

from coaching.day import due
from sessions.models import LogVersion
from sessions.models.log_versions import forget

AT_ONCE = 500  # rows in one transaction


@due
def forget_versions(at):
    """Erase the earlier versions of logs whose thirty days are over."""
    while keys := list(LogVersion.objects.over(at).values_list("pk", flat=True)[:AT_ONCE]):
        forget(LogVersion.objects.filter(pk__in=keys), at=at)
