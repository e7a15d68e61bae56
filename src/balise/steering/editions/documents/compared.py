"""A comparison of two editions as the lines of a file."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _, pgettext

from balise.steering.editions.rules.comparing import Comparison


def compared_lines(found: Comparison, language: str) -> Iterator[Sequence[object]]:
    """Yield the lines of a comparison as a table, the names of its columns first."""
    yield (
        pgettext("figure", "Code"),
        pgettext("comparison", "Figure"),
        _("Number in the first"),
        _("Number in the second"),
        pgettext("figure", "Then"),
        pgettext("figure", "Now"),
        _("Changed cells"),
        _("Revised"),
    )
    for one in found.figures:
        yield (
            one.code,
            one.name.get(language, ""),
            one.number_then,
            one.number_now,
            one.then,
            one.now,
            one.cells,
            _("yes") if one.is_revised else _("no"),
        )
