"""What would let people look for too long, or never, is told at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.hotline.welfare.queries import limits_here


@register()
def limits_are_known(**_kwargs: Any) -> list[CheckMessage]:
    """Return E301 where the country's limits or the centre's hours cannot be read."""
    try:
        limits_here()
    except PackFaulty as fault:
        hint = f"BALISE_LOOKING_HOURS is {settings.LOOKING_HOURS!r}; write 07:00-16:00, or any."
        return [Error(str(fault), hint=hint, id="balise.E301")]
    return []
