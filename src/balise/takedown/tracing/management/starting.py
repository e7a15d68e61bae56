"""How the processes are started: the tracer and, in a demonstration, its registers."""

import sys

from django.conf import settings

_PYTHON = (sys.executable, "-I", "-m")


def tracer() -> list[str]:
    """Return the command of the tracer; only in a demonstration may it reach ports of ours."""
    is_invented = settings.DEMONSTRATION and settings.TRACER_LOOPBACK
    said = (str(settings.TRACER_SOCKET), _ports() if is_invented else "", settings.TRACER_AGENT)
    return [*_PYTHON, "balise.takedown.tracing.tracer", *said]


def registers() -> list[str]:
    """Return the command of the invented registers."""
    return [*_PYTHON, "balise.takedown.tracing.doubles", _ports()]


def _ports() -> str:
    return ",".join(f"{name}={port}" for name, port in settings.TRACER_LOOPBACK.items())
