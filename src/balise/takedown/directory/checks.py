"""The packs are read before the first request: a faulty directory stops the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.takedown.directory.rules.entries import listed


@register()
def directory_is_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error where the packs of the directory cannot be read."""
    try:
        listed(settings.COUNTRY)
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E403", hint="See takedown/directory/packs.")]
    return []
