"""What may stand in a log? Names of routes and places in the code, numbers and ids: never words, addresses or values (security.md)."""

import logging
import os
import traceback

OURS = ("coaching", "trajectories", "sessions", "gunicorn")


class Quiet(logging.Formatter):
    """Our own lines as written; of a request its route and status; of an exception its class and where, never its message."""

    def format(self, record):
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {self._said(record)}"
        return "\n".join([line, *self._where(record.exc_info)])

    def _said(self, record):
        request = getattr(record, "request", None)
        if hasattr(record, "status_code"):
            match = getattr(request, "resolver_match", None)
            route = match.view_name if match else "-"
            return f"route={route} status={record.status_code} id={getattr(request, 'id', '-')}"
        if record.name.split(".")[0] in OURS:
            return record.getMessage()
        # Others build their messages from values; the pattern says which message it is.
        return str(record.msg) if record.args else f"at {record.module}:{record.lineno}"

    def _where(self, exc_info):
        if not exc_info or not exc_info[1]:
            return []
        error, lines = exc_info[1], []
        while error is not None:
            lines.append(f"  {type(error).__module__}.{type(error).__name__}")
            lines += [f"    {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return lines


def _short(path):
    return os.sep.join(path.split(os.sep)[-3:])


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "coaching.logs.Quiet"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail and print paths; its lines go through ours.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # The development server prints addresses with their query strings; coaching.requests says enough.
        # A 404 or 405 has its line in coaching.requests already.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "coaching": {"level": "INFO"},
        "trajectories": {"level": "INFO"},
        "sessions": {"level": "INFO"},
    },
}
