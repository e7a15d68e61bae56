"""The figures of events, in words. Heads and people who registered are never added up."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.events.rules.words import EventKind
from balise.foundation.statistics.boards import Figure, Form

_REGISTRATIONS = ngettext_lazy("%(many)s registration", "%(many)s registrations", "count")
_CAME = ngettext_lazy("%(many)s person came", "%(many)s people came", "count")
_VIEWS = ngettext_lazy("%(many)s view of a film", "%(many)s views of films", "count")
_HEADS = ngettext_lazy("%(many)s head counted", "%(many)s heads counted", "count")


def _kinds() -> dict[str, object]:
    return dict(EventKind.choices)


FIGURES = (
    Figure(
        board="awareness",
        code="registrations",
        measure="awareness.registrations",
        title=_("Registrations for events, by kind"),
        counted=_REGISTRATIONS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="attended",
        measure="awareness.attended",
        title=_("People who registered and came, by kind"),
        counted=_CAME,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="replays",
        measure="awareness.replays",
        title=_("Views of the films of events, by kind"),
        counted=_VIEWS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="heads",
        measure="awareness.heads",
        title=_("Heads counted where nobody registers, by kind"),
        counted=_HEADS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
)
