"""Where is long work done? Beside the request, so that the page can say how far it is; small work at once."""

import logging
from threading import Thread

from django.db import connections, transaction

log = logging.getLogger(__name__)


def beside(work, *facts, at_once):
    """Run `work(*facts)` after the commit: here when `at_once`, else in a thread with its own connection to the database.

    A thread that dies takes nothing along: what it wrote was in one transaction, and `manage.py day` finds that nobody works on it.
    """
    if at_once:
        transaction.on_commit(lambda: work(*facts))
    else:
        transaction.on_commit(lambda: Thread(target=_alone, args=(work, facts), name="staff list").start())


def _alone(work, facts):
    try:
        work(*facts)
    except Exception:
        log.exception("A staff list was not finished.")
    finally:
        connections.close_all()
