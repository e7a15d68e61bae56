"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.takedown.tracing import access
from balise.takedown.tracing.management import starting
from balise.takedown.tracing.models import HostedAt, Inquiry
from balise.takedown.tracing.queries import sources

# What tracing deletes, and when. A default for the data protection officer to confirm.


_SEEN_LAST = timedelta(days=3 * 365)

RULES = (
    Rule(
        name="takedown.inquiries",
        forgets=Inquiry,
        says=_("The date when content was last traced is deleted three years later."),
        due=past(Inquiry, "asked_at", _SEEN_LAST),
        erase=deleted(Inquiry),
    ),
    Rule(
        name="takedown.hosting",
        forgets=HostedAt,
        says=_("Where content was hosted is deleted three years after it was last seen there."),
        due=past(HostedAt, "seen_at", _SEEN_LAST),
        erase=deleted(HostedAt),
    ),
)


MODULE = Module(
    abilities={"analyst": (access.READ,)},
    retention=RULES,
    # Read once by the set-up, so that the first report need not wait for it.
    set_up=lambda: "Network data are in place." if sources() else "",
    programs=lambda: {"tracer": starting.tracer()},
    doubles=lambda: {"registers": (settings.TRACER_LOOPBACK.get("rdap", 0), starting.registers())},
)


# A real centre has no invented registers: the tracer there reaches the public internet alone.


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
