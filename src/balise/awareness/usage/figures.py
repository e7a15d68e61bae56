"""The figures of use, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.usage.rules.words import UsageKind
from balise.foundation.statistics.boards import Figure, Form

_USES = ngettext_lazy("%(many)s use", "%(many)s uses", "count")

FIGURES = (
    Figure(
        board="awareness",
        code="uses",
        measure="awareness.usage",
        title=_("Use of resources over time"),
        counted=_USES,
        form=Form.DAYS,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="uses-kind",
        measure="awareness.usage",
        title=_("Use, by kind"),
        counted=_USES,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(UsageKind.choices),
        in_given_order=True,
        sums=True,
    ),
)
