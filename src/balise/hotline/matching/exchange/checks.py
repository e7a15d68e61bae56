"""A real centre has no invented source, and asks no real one before it may."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from balise.hotline.matching.exchange.rules.sources import SOURCES, arachnid

_PRODUCTION = {
    *(urlsplit(one.production).netloc + urlsplit(one.production).path for one in SOURCES.values()),
    urlsplit(arachnid.PRODUCTION).netloc,
}


@register(Tags.security)
def sources_are_what_they_may_be(**_options: Any) -> list[CheckMessage]:
    """E462: an invented source outside a demonstration. E463: a real one that is not agreed to."""
    found: list[CheckMessage] = []
    if settings.HASHES.loopback and not settings.DEMONSTRATION:
        found.append(
            Error(
                "BALISE_HASH_SOURCES_LOOPBACK is for demonstrations and tests.",
                hint="Leave it out: a real centre asks real sources.",
                id="balise.E462",
            )
        )
    real = sorted(code for code, at in settings.HASHES.addresses.items() if _is_production(at))
    if real and not settings.HASHES.production:
        found.append(
            Error(
                f"BALISE_HASH_SOURCES has the real address of {', '.join(real)}.",
                hint="Set BALISE_HASH_SOURCES_PRODUCTION=1 once counsel has agreed (decision 31).",
                id="balise.E463",
            )
        )
    return found


def _is_production(address: str) -> bool:
    parts = urlsplit(address)
    return any((parts.netloc + parts.path).startswith(one) for one in _PRODUCTION)
