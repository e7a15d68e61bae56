"""A real centre has no invented platform: what it sends goes to the public internet alone."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def no_platform_is_invented(**_options: Any) -> list[CheckMessage]:
    """E461: removal requests would go to a program on this machine outside a demonstration."""
    if settings.PLATFORMS_LOOPBACK and not settings.DEMONSTRATION:
        return [
            Error(
                "BALISE_PLATFORMS_LOOPBACK is for demonstrations and tests.",
                hint="Leave it out: a real centre tells real platforms.",
                id="balise.E461",
            )
        ]
    return []
