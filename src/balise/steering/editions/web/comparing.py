"""Two editions side by side, as a page and a CSV file."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext as _, pgettext

from balise.foundation.tables import as_csv
from balise.foundation.web.doors import Request, staff
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.comparing import Comparison, compare


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


@staff.get
def compared(request: Request, edition_id: UUID, other_id: UUID) -> HttpResponse:
    """Show what changed from one edition to another."""
    then = showing.edition(edition_id, seen_by=request.actor)
    now = showing.edition(other_id, seen_by=request.actor)
    shown = {"then": then.edition, "now": now.edition, "found": compare(then.deck, now.deck)}
    return render(request, "steering/editions/compared.html", shown)


@staff.get
def compared_csv(request: Request, edition_id: UUID, other_id: UUID) -> HttpResponse:
    """Give the same as CSV."""
    then = showing.edition(edition_id, seen_by=request.actor)
    now = showing.edition(other_id, seen_by=request.actor)
    lines = compared_lines(compare(then.deck, now.deck), get_language() or "")
    answer = HttpResponse(as_csv(lines).encode(), content_type="text/csv; charset=utf-8")
    name = f"{then.edition.mark}-{now.edition.mark}-changes.csv"
    named = f"demonstration-{name}" if settings.DEMONSTRATION else name
    answer["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer
