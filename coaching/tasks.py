"""What is done beside the page, after the commit? Jobs: carried out right here, or by a worker, and tried again when they fail.

    @job
    def send_letter(pk): ...                        in a module that the app imports when it is ready

    send_letter.soon(str(letter.pk))                after the commit of the transaction that this is said in
    send_letter.soon(str(letter.pk), not_before=at)

A job is told keys, never words: what it is told lies in the queue. It may be carried out twice, late, or by two at once, and finds in the
database what is still to be done; `manage.py day` does the same for all that a queue lost. So a job is never the only memory of a thing.
"""

import heapq
import logging
from datetime import timedelta
from functools import partial, update_wrapper
from itertools import count
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils.module_loading import import_string

from coaching.clock import now

log = logging.getLogger(__name__)
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), timedelta(days=1)]
HERE, WORKER = "here", "worker"
AT_ONCE = 20  # jobs after one answer, so that a thread of the web server is never kept long


class Job:
    """A function that is carried out beside the page; called directly it is just that function."""

    def __init__(self, function):
        update_wrapper(self, function)
        self.function, self.path = function, f"{function.__module__}.{function.__qualname__}"

    def __call__(self, *arguments):
        return self.function(*arguments)

    def soon(self, *arguments, not_before=None):
        """Carry it out once what happens now is committed; never when that is undone. `arguments`: texts and numbers, such as keys.

        With a worker the line in the queue commits or is undone with the rest. Here it is done at once, or, when `not_before` lies ahead,
        after the first answer that this process gives from then on.
        """
        if settings.TASKS_BY == WORKER:
            _queue(self.path, arguments, 0, not_before)
        else:
            transaction.on_commit(partial(_here, self.path, arguments, 0, not_before), robust=True)


def job(function):
    """Make a function of a module a Job."""
    return Job(function)


@task
def carry_out(path, arguments, tries):
    """Do one job. One that fails is put back with a longer pause each time; after the last one `manage.py day` is its only hope."""
    found = import_string(path)
    if not isinstance(found, Job):
        raise TypeError(f"{path} is no job.")
    try:
        found(*arguments)
    except Exception as error:  # whatever it was: the web server and the worker go on
        _again(path, arguments, tries, type(error).__name__)
        return "failed"
    return "done"


def _again(path, arguments, tries, error):
    if tries >= len(PAUSES):
        log.error("job=%s failed: %s. It is given up.", path, error)
        return
    log.warning("job=%s failed: %s. It is tried again.", path, error)
    put = _queue if settings.TASKS_BY == WORKER else _put_off
    put(path, arguments, tries + 1, now() + PAUSES[tries])


def _queue(path, arguments, tries, not_before):
    carry_out.using(run_after=not_before).enqueue(path, list(arguments), tries)


def _here(path, arguments, tries, not_before):
    if not_before and not_before > now():
        _put_off(path, arguments, tries, not_before)
    else:
        carry_out.enqueue(path, list(arguments), tries)


_waiting, _lock, _order = [], Lock(), count()  # jobs of this process whose time has not come


def _put_off(path, arguments, tries, not_before):
    with _lock:
        heapq.heappush(_waiting, (not_before, next(_order), path, list(arguments), tries))


def _next_due(at):
    with _lock:
        return heapq.heappop(_waiting) if _waiting and _waiting[0][0] <= at else None


def do_waiting():
    """Carry out the jobs of this process whose time has come; returns how many."""
    done = 0
    while done < AT_ONCE and (due := _next_due(now())):
        carry_out.enqueue(*due[2:])
        done += 1
    return done


def forget_waiting():
    """For tests: what one test put off is no business of the next."""
    with _lock:
        _waiting.clear()


def after_answers(get_response):
    """Middleware: once the browser has its answer, do what was put off and is due by now."""

    def answered(request):
        response = get_response(request)
        if _waiting and _waiting[0][0] <= now():
            response._resource_closers.append(do_waiting)
        return response

    return answered
