"""The figures of removals, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.removals.queries import platform_names
from balise.helpline.removals.rules.requests import WORDS, ItemKind

_SENT = ngettext_lazy("%(many)s removal requested", "%(many)s removals requested", "count")
_GONE = ngettext_lazy("%(many)s removal", "%(many)s removals", "count")
_DECISIONS = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")


FIGURES = (
    Figure(
        board="platforms",
        code="removals-sent",
        measure="helpline.removals.sent",
        title=_("Sent to platforms over time"),
        counted=_SENT,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="platforms",
        code="removals-gone",
        measure="helpline.removals.gone",
        title=_("Accounts and content removed"),
        counted=_GONE,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(ItemKind.choices),
        is_key=True,
    ),
    Figure(
        board="platforms",
        code="removals-platforms",
        measure="helpline.removals.sent",
        title=_("Sent, by platform"),
        counted=_SENT,
        form=Form.CODES,
        by="platform",
        labels=platform_names,
    ),
    Figure(
        board="platforms",
        code="removals-decisions",
        measure="helpline.removals.decided",
        title=_("Platform decisions"),
        counted=_DECISIONS,
        form=Form.CODES,
        by="decision",
        labels=lambda: {word: one.label for word, one in WORDS.items()},
    ),
    Figure(
        board="platforms",
        code="removals-silent",
        measure="helpline.removals.silent",
        title=_("Deadlines missed by platforms"),
        counted=_SENT,
        form=Form.NUMBER,
        is_key=True,
    ),
    Figure(
        board="platforms",
        code="removals-back",
        measure="helpline.removals.back",
        title=_("Content back after removal"),
        counted=_GONE,
        form=Form.NUMBER,
        is_key=True,
    ),
)
