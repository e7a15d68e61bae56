"""The pack is read before the first request: a faulty law stops the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.takedown.law.rules.qualification import qualification


@register()
def offences_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error where the country's offences or the questions to them cannot be read."""
    try:
        qualification(settings.COUNTRY)
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E401", hint="See takedown/law/packs.")]
    return []
