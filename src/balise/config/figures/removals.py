"""The board of the helpline's removal desk: see `figures`, which lists the boards."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.helpline.removals.queries import platform_names
from balise.helpline.removals.rules.decisions import WORDS
from balise.helpline.removals.rules.requests import ItemKind
from balise.steering.rules.boards import Board, Figure, Form

_SENT = ngettext_lazy("%(many)s removal asked for", "%(many)s removals asked for", "count")
_GONE = ngettext_lazy("%(many)s removal", "%(many)s removals", "count")
_DECISIONS = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")

PLATFORMS = Board(
    code="platforms",
    line="helpline",
    title=_("Figures of the removal desk"),
    figures=(
        Figure(
            code="removals-sent",
            measure="helpline.removals.sent",
            title=_("Sent to platforms, day by day"),
            counted=_SENT,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="removals-gone",
            measure="helpline.removals.gone",
            title=_("Accounts and contents removed"),
            counted=_GONE,
            form=Form.CODES,
            by="kind",
            labels=lambda: dict(ItemKind.choices),
            is_key=True,
        ),
        Figure(
            code="removals-platforms",
            measure="helpline.removals.sent",
            title=_("Sent, by platform"),
            counted=_SENT,
            form=Form.CODES,
            by="platform",
            labels=platform_names,
        ),
        Figure(
            code="removals-decisions",
            measure="helpline.removals.decided",
            title=_("What platforms decided"),
            counted=_DECISIONS,
            form=Form.CODES,
            by="decision",
            labels=lambda: {word: one.label for word, one in WORDS.items()},
        ),
        Figure(
            code="removals-silent",
            measure="helpline.removals.silent",
            title=_("Platforms let their time pass in silence"),
            counted=_SENT,
            form=Form.NUMBER,
            is_key=True,
        ),
        Figure(
            code="removals-back",
            measure="helpline.removals.back",
            title=_("What came back after it was removed"),
            counted=_GONE,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)
