"""What is due? Reminders, expiry, erasure, letters: each app adds its steps, `manage.py day` runs them (security.md, Time)."""

import logging
import time
from functools import partial

from django.utils.module_loading import autodiscover_modules

log = logging.getLogger("coaching.day")
steps = []
last_steps = set()


def due(step=None, *, last=False):
    """Register `step(at)`; import the module that has it in `<app>/due.py`.

    A step does all that is due at the moment `at` (UTC), in small transactions of its own. It may be killed anywhere, and run again at
    any time. With `last=True` it comes after the others: letters leave on the day on which a step wrote them.
    """
    if step is None:
        return partial(due, last=last)
    if step not in steps:
        steps.append(step)
    if last:
        last_steps.add(step)
    return step


def in_order():
    """The steps as they are run."""
    return sorted(steps, key=last_steps.__contains__)


def run(at):
    """Run every step; one that fails does not stop the others. Returns the names of those that failed."""
    autodiscover_modules("due")
    return [name for step in in_order() if (name := _run(step, at))]


def _run(step, at):
    name, start = f"{step.__module__}.{step.__name__}", time.perf_counter()
    try:
        step(at)
    except Exception:
        log.exception("step=%s failed", name)
        return name
    log.info("step=%s ms=%d", name, (time.perf_counter() - start) * 1000)
    return None
