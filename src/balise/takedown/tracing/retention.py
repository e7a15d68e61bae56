"""What tracing deletes, and when. A default for the data protection officer to confirm."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.takedown.tracing.models import HostedAt, Inquiry

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
