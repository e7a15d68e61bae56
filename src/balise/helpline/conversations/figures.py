"""The figure of chats, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form

_CHATS = ngettext_lazy("%(many)s chat", "%(many)s chats", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="chats-offered",
        measure="helpline.chats.offered",
        title=_("Chats over time"),
        counted=_CHATS,
        form=Form.DAYS,
        is_key=True,
    ),
)
