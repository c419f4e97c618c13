"""The site in a process that forgets everything it keeps before each request: what an answer costs that nothing helps."""

from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as site  # the settings first

from claims.kept import forget_everything  # isort: skip


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    forget_everything()
    return site(environ, start_response)
