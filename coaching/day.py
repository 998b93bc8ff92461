"""What is due? Reminders, expiry, erasure, letters: each app adds its steps, `manage.py day` runs them (security.md, Time)."""

import logging
import time

from django.utils.module_loading import autodiscover_modules

log = logging.getLogger("coaching.day")
steps = []


def due(step):
    """Register `step(at)`; import the module that has it in `<app>/due.py`.

    A step does all that is due at the moment `at` (UTC), in small transactions of its own.
    It may be killed anywhere, and run again at any time.
    """
    if step not in steps:
        steps.append(step)
    return step


def run(at):
    """Run every step; one that fails does not stop the others. Returns the names of those that failed."""
    autodiscover_modules("due")
    return [name for step in steps if (name := _run(step, at))]


def _run(step, at):
    name, start = f"{step.__module__}.{step.__name__}", time.perf_counter()
    try:
        step(at)
    except Exception:
        log.exception("step=%s failed", name)
        return name
    log.info("step=%s ms=%d", name, (time.perf_counter() - start) * 1000)
    return None
