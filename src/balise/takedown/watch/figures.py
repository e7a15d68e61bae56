"""The figures of removals by the first notice, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.takedown.watch.rules.removals import Heading
from balise.takedown.watch.rules.verdicts import MISSES

_REMOVED = ngettext_lazy(
    "%(many)s piece of content removed", "%(many)s pieces of content removed", "count"
)
_BACK = ngettext_lazy(
    "%(many)s piece of content that came back", "%(many)s pieces of content that came back", "count"
)
_MOVED = ngettext_lazy(
    "%(many)s piece of content at another host",
    "%(many)s pieces of content at another host",
    "count",
)


def figures_of(line: str) -> tuple[Figure, ...]:
    """Return what the board of removals shows of one line (`measures_of`)."""
    return (
        Figure(
            board="removals",
            code="gone",
            measure=f"{line}.removals.headings",
            title=_("Content removed over time"),
            counted=_REMOVED,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            board="removals",
            code="headings",
            measure=f"{line}.removals.headings",
            title=_("From the first notice to removal, in days"),
            counted=_REMOVED,
            form=Form.CODES,
            by="heading",
            labels=lambda: dict(Heading.choices),
            in_given_order=True,
        ),
        Figure(
            board="removals",
            code="seen",
            measure=f"{line}.removals.seen",
            title=_("Proof of removal"),
            counted=_REMOVED,
            form=Form.CODES,
            by="seen",
            labels=lambda: {each.value: each.label for each in sorted(MISSES)},
        ),
        Figure(
            board="removals",
            code="back",
            measure=f"{line}.removals.back",
            title=_("Content that came back"),
            counted=_BACK,
            form=Form.NUMBER,
            is_key=True,
        ),
        Figure(
            board="removals",
            code="moved",
            measure=f"{line}.removals.host-moved",
            title=_("Content that changed host"),
            counted=_MOVED,
            form=Form.NUMBER,
            is_key=True,
        ),
    )
