"""What the log may not hold."""

import json
import logging
import logging.config
from typing import Any

import pytest

from config.logs import logging_settings


@pytest.mark.parametrize("style", ["text", "json"])
def test_it_prints_a_traceback_without_the_values_of_its_variables(style: Any) -> None:
    settings = logging_settings(level="INFO", style=style)
    configured = logging.config.DictConfigurator(settings)
    (formatter,) = [configured.configure_formatter(given) for given in settings["formatters"].values()]
    try:
        password = "typed by somebody"  # noqa: F841
        raise ValueError("a planted fault")
    except ValueError as error:
        given = (type(error), error, error.__traceback__)
        line = formatter.format(logging.LogRecord("test", logging.ERROR, "x.py", 1, "failed", None, given))
    assert "a planted fault" in line
    assert "test_logs.py" in line
    assert line.count("typed by somebody") == line.count('password = "typed by somebody"')
    if style == "json":
        assert json.loads(line)["exception"]
