"""Log lines: text for people, one JSON object a line for machines."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Spell control characters out, so that nobody's address or text can write a line of its own."""
    for name, value in line.items():
        if name not in ("exception", "stack", "exc_info") and isinstance(value, str):
            line[name] = _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), value)
    return line


def logging_settings(level: str, style: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, in one style."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if style == "json":
        # local variables stay out: a typed password is one of them
        without_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last: list[Any] = [
            structlog.processors.ExceptionRenderer(without_locals), structlog.processors.JSONRenderer(),
        ]  # fmt: skip
    else:
        # where rich is installed it would print locals too, and take seconds for one traceback
        plain = structlog.dev.plain_traceback
        last = [one_line, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            # it would print every request line again
            "django.server": {"level": level, "propagate": True, "handlers": []},
        },
    }
