"""A real centre has no invented registers: the tracer there reaches the public internet alone."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def no_register_is_invented(**_options: Any) -> list[CheckMessage]:
    """E411: the tracer would be told of ports on this machine outside a demonstration."""
    if settings.TRACER_LOOPBACK and not settings.DEMONSTRATION:
        return [
            Error(
                "BALISE_TRACER_LOOPBACK is for demonstrations and tests.",
                hint="Leave it out: a real centre asks the real registers.",
                id="balise.E411",
            )
        ]
    return []
