"""The figure of messages, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.channels.rules import Way

_MESSAGES = ngettext_lazy("%(many)s message", "%(many)s messages", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="messages",
        measure="helpline.messages.received",
        title=_("Messages by channel"),
        counted=_MESSAGES,
        form=Form.CODES,
        by="way",
        labels=lambda: dict(Way.choices),
    ),
)
