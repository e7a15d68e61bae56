"""Open figures as pages: the latest edition, earlier ones, each figure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from balise.foundation.finding import NotHere, there
from balise.foundation.tables import as_csv
from balise.foundation.web.doors import Request, public
from balise.steering.editions.documents.compared import compared_lines
from balise.steering.editions.documents.tables import as_csv as table_as_csv
from balise.steering.editions.documents.told import breaks_of, told
from balise.steering.editions.rules.kinds import COMMITTEE
from balise.steering.editions.web.staff import handed
from balise.steering.published import queries
from balise.steering.published.queries import Open
from balise.steering.published.rules import latest_of
from balise.steering.published.web.reading import (
    LICENCE,
    as_file,
    by_line,
    corrected,
    language_of,
    or_withdrawn,
    pictured,
    reading,
    seen_before,
    snippets,
)

_FORMS = {"pdf": "PDF", "pptx": "PPTX", "html": "HTML"}


@public.get
def figures(request: Request) -> HttpResponse:
    """Show the figures of the latest published edition, or that there is none yet."""
    try:
        found = queries.edition()
    except NotHere:
        return render(request, "steering/published/none.html")
    return _edition(request, found)


@public.get
@or_withdrawn
def edition(request: Request, mark: str) -> HttpResponse:
    """Show the figures of a published edition."""
    return _edition(request, queries.edition(mark))


@public.get
@or_withdrawn
def figure(request: Request, mark: str, number: str) -> HttpResponse:
    """Show a figure: its picture and table, where it comes from, and how to embed it."""
    found, table = queries.figure(mark, number)
    one = reading(found, table)
    follows = latest_of(found.deck, table.code) is table
    shown = {
        "edition": found,
        "replaced": corrected(found.published.replaced),
        "one": one,
        "shown": pictured(found, one),
        "breaks": breaks_of(table, language_of(found)),
        "licence": LICENCE,
        "snippets": list(snippets(found, one, follows=follows)),
        "csv": reverse("published:csv", args=[mark, number]),
    }
    return render(request, "steering/published/figure.html", shown)


@public.get
@or_withdrawn
def csv(request: Request, mark: str, number: str) -> HttpResponse:  # noqa: ARG001 - of every view
    """Give the table of a figure, in the words of the language."""
    found, table = queries.figure(mark, number)
    words = table_as_csv(reading(found, table).figure, language_of(found))
    return as_file(words.encode(), "text/csv; charset=utf-8", f"{mark}-{number}.csv")


@public.get
@or_withdrawn
def file(request: Request, mark: str, form: str) -> HttpResponse:  # noqa: ARG001 - of every view
    """Hand over a file of an edition, in the language of the address."""
    language = get_language() or ""
    found = queries.edition(mark)
    octets = queries.file(found, form, language)
    return handed(COMMITTEE.code, mark, form, language, octets, is_public=True)


@public.get
@or_withdrawn
def changes(request: Request, mark: str) -> HttpResponse:  # noqa: ARG001 - of every view
    """Give what a correction changed, figure by figure: its number then and now."""
    found = queries.edition(mark)
    compared = there(queries.changes(found))
    words = as_csv(compared_lines(compared, language_of(found)))
    return as_file(words.encode(), "text/csv; charset=utf-8", f"{mark}-changes.csv")


def _edition(request: Request, found: Open) -> HttpResponse:
    language = language_of(found)
    shown = {
        "edition": found,
        "corrects": corrected(found.published.corrects),
        "replaced": corrected(found.published.replaced),
        "changes": queries.changes(found),
        "seen_before": seen_before(found.published.seen_before),
        "said": told(found.deck, language),
        "lines": by_line([reading(found, one) for one in found.deck.figures.values()]),
        "files": [
            (_FORMS[form], reverse("published:file", args=[found.mark, form]))
            for form, of in queries.files(found)
            if of == language
        ],
        "earlier": [each for each in queries.marks() if each[1] != found.mark],
        "licence": LICENCE,
        "mark": found.mark,
    }
    return render(request, "steering/published/figures.html", shown)
