"""Does the queue move? What a worker left half-way when it died goes back in; what is done is forgotten after a week."""

import logging
from datetime import timedelta

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coaching.day import due

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=15)
KEPT = timedelta(days=7)
MOST_WORKERS = 5  # a task that this many workers died of is not given to another


@due
def free_stuck_tasks(at):
    """A task that has been running for a quarter of an hour belongs to a worker that died: jobs are short, and may be done twice."""
    for row in DBTaskResult.objects.running().filter(started_at__lte=at - STUCK):
        lost = len(row.worker_ids) >= MOST_WORKERS
        facts = {"status": TaskResultStatus.FAILED, "finished_at": at} if lost else {"status": TaskResultStatus.READY, "started_at": None}
        # Only as it was seen: its worker may have come back to life and finished it meanwhile.
        if DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at).update(**facts):
            log.warning("task=%s was stuck; it is %s.", row.pk, "given up" if lost else "in the queue again")


@due
def see_that_it_moves(at):
    """Tell the operator when nobody takes tasks out of the queue."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    late = [row for row in waiting.only("run_after", "enqueued_at") if max(_from(row), row.enqueued_at) <= at - STUCK]
    if late:
        log.error("%d tasks have been waiting for over a quarter of an hour. Is a worker running (manage.py db_worker)?", len(late))


def _from(row):
    """The moment from which it may be done; the queue writes "at once" as a moment that never comes."""
    return row.enqueued_at if row.run_after.year == 9999 else row.run_after


@due
def forget_done_tasks(at):
    """What was done needs no memory; a task holds keys only."""
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()
