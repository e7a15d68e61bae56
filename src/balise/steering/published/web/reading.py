"""A figure of an edition in the words of a language, with its pictures and addresses."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext as _, ngettext

from balise.foundation.finding import NotHere
from balise.foundation.web.doors import Request, problem, public
from balise.steering.editions.documents.page import Shown, shown_of
from balise.steering.editions.documents.register import grouped
from balise.steering.editions.documents.told import Figure, big_number, told, unit_of
from balise.steering.editions.queries.drawing import public_address
from balise.steering.editions.queries.public import Other, Withdrawn
from balise.steering.editions.rules.deck import parts_of, total_of
from balise.steering.published import queries
from balise.steering.published.queries import Open
from balise.steering.published.rules import alone, described, licence, packaged
from balise.steering.rules.leaving import FigureTable, cell_words, digest

type View = Callable[..., HttpResponse]


_SHOWN: Final = 2  # figures of each line; the others open under them


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a page or card says it: its number with the words around it."""

    table: FigureTable
    figure: Figure
    name: str
    bound: str
    number: str
    unit: str
    compared: str
    definition: str
    digest: str


def reading(found: Open, table: FigureTable) -> Reading:
    """Return what a figure says in the active language."""
    language = language_of(found)
    figure = told(alone(found.deck, table.number), language).leaves[0].figures[0]
    total = total_of(table)
    unit = unit_of(table, language)
    if total is None:
        count = len(parts_of(table))
        bound, number = "", ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}
        unit = ""
    else:
        bound, number = big_number(total, table)
    return Reading(
        table,
        figure,
        table.name.get(language, ""),
        bound,
        number,
        unit,
        _compared(table, language),
        table.definition.get(language, ""),
        grouped(digest(table)),
    )


def or_withdrawn(view: View) -> View:
    """Answer 410 with a short page where an edition was withdrawn: when, why, whom to ask."""

    @wraps(view)
    def answering(request: Request, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as gone:
            shown = {
                "gone": gone,
                "reason": gone.reasons.get(get_language() or "", ""),
                "contact": settings.CENTRE.notice_email,
            }
            page = "steering/published/withdrawn.html"
            return render(request, page, shown, status=HTTPStatus.GONE)

    return answering


@dataclass(frozen=True, slots=True)
class Corrected:
    """The other edition of a correction, in the reader's words."""

    mark: str
    at: datetime
    kind: str
    reason: str


def corrected(other: Other | None) -> Corrected | None:
    """Return what is said of the edition at the other end of a correction, if there is one."""
    if other is None:
        return None
    reason = other.reasons.get(get_language() or "", "")
    return Corrected(other.mark, other.at, str(other.erratum.label), reason)


def seen_before(seats: Sequence[Mapping[str, str]]) -> list[tuple[str, str, datetime]]:
    """Return the seats that read before everyone: who, what for, from when."""
    return [(one["seat"], one["purpose"], datetime.fromisoformat(one["from"])) for one in seats]


def pictured(found: Open, one: Reading) -> Shown:
    """Return a figure with its pictures."""
    return shown_of(found.deck.map, one.figure, one.table.line, language_of(found))


def language_of(found: Open) -> str:
    """Return the active language, or the edition's first where it is not told in that one."""
    language = get_language() or ""
    return language if language in found.deck.languages else found.deck.languages[0]


def whole(path: str) -> str:
    """Return an address of ours as other sites name it."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def snippets(found: Open, one: Reading, *, follows: bool) -> Iterator[tuple[str, str]]:
    """Yield each way to embed a figure: its name, and the HTML for the other site.

    `follows`: a card by the indicator's code would show this figure, so there is one that follows
    the editions.
    """
    card = reverse("card", args=[found.mark, one.table.number])
    yield _("This edition, for good"), _snippet(card, one)
    if follows:
        yield (
            _("Always the latest edition"),
            _snippet(reverse("card-latest", args=[one.table.code]), one),
        )


def _snippet(path: str, one: Reading) -> str:
    title = one.name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    address = whole(f"{path}?lang={get_language()}")
    return (
        f'<iframe src="{address}" title="{title}" width="320" height="260" loading="lazy"></iframe>'
    )


def _compared(table: FigureTable, language: str) -> str:
    total = total_of(table)
    if table.compared is None or total is None or len(total.cells) < len(table.heads):
        return ""
    return _("%(name)s: %(words)s") % {
        "name": table.heads[1].get(language, ""),
        "words": cell_words(total.cells[1], is_percent=table.is_percent),
    }


def by_line(
    readings: Sequence[Reading],
) -> Sequence[tuple[str, Sequence[Reading], Sequence[Reading]]]:
    """Return each line with the figures that are shown of it, and those that open under them."""
    lines = dict.fromkeys(one.table.line for one in readings)
    found = []
    for line in lines:
        own = [one for one in readings if one.table.line == line]
        found.append((line, own[:_SHOWN], own[_SHOWN:]))
    return found


# Open figures for programs: JSON, and the data package. Open to any site; no token, no cookie.


LICENCE: Final = licence(settings.COUNTRY)


def open_to_any_site(view: View) -> View:
    """Let scripts of any site read an answer; what is not there is a problem document."""

    @wraps(view)
    def answering(request: Request, *args: str, **kwargs: str) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Withdrawn as gone:
            told = {"reason": dict(gone.reasons)}
            answer = problem("withdrawn", "Withdrawn.", status=HTTPStatus.GONE, **told)
        except NotHere:
            answer = problem("not-here", "There is no such edition.", status=HTTPStatus.NOT_FOUND)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    return answering


@public.get
@open_to_any_site
def latest(request: Request) -> HttpResponse:
    """Give the latest published edition as JSON."""
    return _json(request, queries.edition())


@public.get
@open_to_any_site
def edition(request: Request, mark: str) -> HttpResponse:
    """Give a published edition as JSON; of one that was corrected, what stands in its place."""
    return _json(request, queries.newest(mark))


@public.get
@open_to_any_site
def package(request: Request, mark: str) -> HttpResponse:
    """Give a published edition as a data package (Frictionless)."""
    found = queries.edition(mark)
    octets = packaged(
        found.deck,
        published_at=found.published.published_at,
        name=settings.CENTRE.organisation,
        licence=LICENCE,
        linked=partial(public_address, found.mark),
    )
    return _tagged(request, as_file(octets, "application/zip", f"figures-{mark}.zip"))


def as_file(octets: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved; its name says where it is a demonstration's."""
    answer = HttpResponse(octets, content_type=kind)
    named = f"demonstration-{name}" if settings.DEMONSTRATION else name
    answer["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer


def _json(request: HttpRequest, found: Open) -> HttpResponse:
    told = described(
        found.deck,
        published_at=found.published.published_at,
        mark=found.published.digest,
        licence=LICENCE,
        linked=partial(public_address, found.mark),
        corrects=found.published.corrects,
    )
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _tagged(request, HttpResponse(text.encode(), content_type="application/json"))


def _tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return an answer named by the digest of what it holds; 304 to who has that already."""
    tag = f'"{sha256(answer.content).hexdigest()}"'
    answer.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer
