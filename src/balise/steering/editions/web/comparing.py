"""Two editions side by side, as a page and a CSV file."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from balise.foundation.tables import as_csv
from balise.foundation.web.doors import Request, staff
from balise.steering.editions.documents.compared import compared_lines
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.comparing import compare


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
