"""Figures of calls, and of what is written, for the helpline's board."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.helpline.channels.rules import Way
from balise.steering.rules.boards import Figure, Form

_CALLS = ngettext_lazy("%(many)s call", "%(many)s calls", "count")
_MESSAGES = ngettext_lazy("%(many)s message", "%(many)s messages", "count")

CALLS_AND_MESSAGES = (
    Figure(
        code="calls",
        measure="helpline.calls.offered",
        title=_("Calls, day by day"),
        counted=_CALLS,
        form=Form.DAYS,
    ),
    Figure(
        code="messages",
        measure="helpline.messages.received",
        title=_("Messages by way"),
        counted=_MESSAGES,
        form=Form.CODES,
        by="way",
        labels=lambda: dict(Way.choices),
    ),
)
