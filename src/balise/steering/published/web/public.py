"""Open figures as pages: the latest edition, earlier ones, each figure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from balise.foundation.finding import NotHere
from balise.foundation.web.doors import Request, public
from balise.steering.editions.documents.tables import as_csv
from balise.steering.editions.documents.told import breaks_of, told
from balise.steering.editions.rules.kinds import COMMITTEE
from balise.steering.editions.web.staff import handed
from balise.steering.published import queries
from balise.steering.published.queries import Open
from balise.steering.published.rules import latest_of
from balise.steering.published.web.reading import (
    LICENCE,
    as_file,
    day_of,
    language_of,
    pictured,
    reading,
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
def edition(request: Request, day: str) -> HttpResponse:
    """Show the figures of a published edition."""
    return _edition(request, queries.edition(day_of(day)))


@public.get
def figure(request: Request, day: str, number: str) -> HttpResponse:
    """Show a figure: its picture and table, where it comes from, and how to embed it."""
    found, table = queries.figure(day_of(day), number)
    one = reading(found, table)
    follows = latest_of(found.deck, table.code) is table
    shown = {
        "edition": found,
        "one": one,
        "shown": pictured(found, one),
        "breaks": breaks_of(table, language_of(found)),
        "licence": LICENCE,
        "snippets": list(snippets(found, one, follows=follows)),
        "csv": reverse("published:csv", args=[day, number]),
    }
    return render(request, "steering/published/figure.html", shown)


@public.get
def csv(request: Request, day: str, number: str) -> HttpResponse:  # noqa: ARG001 - of every view
    """Give the table of a figure, in the words of the language."""
    found, table = queries.figure(day_of(day), number)
    words = as_csv(reading(found, table).figure, language_of(found))
    return as_file(words.encode(), "text/csv; charset=utf-8", f"{day}-{number}.csv")


@public.get
def file(request: Request, day: str, form: str) -> HttpResponse:  # noqa: ARG001 - of every view
    """Hand over a file of an edition, in the language of the address."""
    language = get_language() or ""
    on = day_of(day)
    return handed(COMMITTEE.code, on, form, language, queries.file(on, form, language))


def _edition(request: Request, found: Open) -> HttpResponse:
    day, language = found.day.isoformat(), language_of(found)
    shown = {
        "edition": found,
        "said": told(found.deck, language),
        "figures": [reading(found, one) for one in found.deck.figures.values()],
        "files": [
            (_FORMS[form], reverse("published:file", args=[day, form]))
            for form, of in queries.files(found)
            if of == language
        ],
        "earlier": [each for each in queries.days() if each != found.day],
        "licence": LICENCE,
        "day": day,
    }
    return render(request, "steering/published/figures.html", shown)
