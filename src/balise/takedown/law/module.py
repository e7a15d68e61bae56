"""The card of this module: what the rest of Balise reads of it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module
from balise.foundation.packs import PackFaulty
from balise.takedown.law.rules.qualification import qualification

# What the public may do with the law that a case froze: read it.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_law_frozenlaw",),
        to=(PUBLIC,),
        why="The text of the law, as a notice named it.",
        read=ALL,
    ),
)


MODULE = Module(
    grants=GRANTS,
)


# The pack is read before the first request: a faulty law stops the start.


@register()
def offences_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error where the country's offences or the questions to them cannot be read."""
    try:
        qualification(settings.COUNTRY)
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E401", hint="See takedown/law/packs.")]
    return []
