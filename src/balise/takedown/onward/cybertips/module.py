"""The card of this module, which a centre turns on."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name

from balise.foundation.modules import Module, Mount
from balise.takedown.onward.cybertips import access
from balise.takedown.onward.cybertips.rules.sending import is_for_good
from balise.takedown.onward.cybertips.web.staff import part

# Who may send a CyberTip: a hotline makes and checks them, and is no provider.


_WHO = (
    "Only an electronic service provider that is registered with NCMEC may send CyberTips; "
    "a hotline is none."
)


@register()
def cybertips_stay_in_the_house(**_kwargs: Any) -> Iterator[CheckMessage]:
    """Yield E431 where the production address is set without its switch, W432 where it is on."""
    if not is_for_good(settings.CYBERTIP_ADDRESS):
        return
    if settings.CYBERTIP_PRODUCTION:
        yield Warning(
            "CyberTips are sent to NCMEC for good.",
            hint=f"{_WHO} Leave BALISE_CYBERTIP_PRODUCTION out unless this centre is one.",
            id="balise.W432",
        )
    else:
        yield Error(
            "BALISE_CYBERTIP names NCMEC's production service.",
            hint=f"{_WHO} Name its test service, or switch BALISE_CYBERTIP_PRODUCTION on.",
            id="balise.E431",
        )


def connect() -> None:
    """Add the module's checks of the settings."""


MODULE = Module(
    staff=(Mount("takedown/cybertips/", "cybertips"),),
    abilities={"analyst": (access.EXPORT,)},
    parts={"takedown.dossier": part},
    connect=connect,
)
