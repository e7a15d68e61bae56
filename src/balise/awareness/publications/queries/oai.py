"""Records for harvesters: what is public and what is not any more, as they changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from balise.awareness.publications.models import Published, Withdrawn
from balise.awareness.publications.queries import SERIES, Read, address, described, kits
from balise.awareness.publications.rules.kits import KIND
from balise.awareness.publications.rules.metadata import Described
from balise.awareness.publications.rules.oai import (
    PAGE,
    Asked,
    Header,
    Mark,
    sets_of,
    unknown_identifier,
)


def headers(asked: Asked) -> tuple[Sequence[Header], bool]:
    """Return at most `rules.oai.PAGE` records of what was asked, and whether there are more."""
    found = merge(_shown(asked), _withdrawn(asked), key=lambda header: header.mark)
    wanted = (header for header in found if not asked.of or asked.of in header.sets)
    listed = list(islice(wanted, PAGE + 1))
    return listed[:PAGE], len(listed) > PAGE


def header(key: UUID, language: str) -> Header:
    """Return one record. Raises BadRequest for one that never was."""
    one = Q(key=key, language=language)
    found = next(iter([*_headers(Published.objects.filter(one)), *_gone(one)]), None)
    if found is None:
        raise unknown_identifier()
    return found


def earliest() -> datetime | None:
    """Return when the record that changed longest ago did; None where there is none."""
    shown = Published.objects.aggregate(first=Min("drawn_at"))["first"]
    gone = Withdrawn.objects.aggregate(first=Min("gone_at"))["first"]
    return min(filter(None, (shown, gone)), default=None)


def described_all(listed: Sequence[Header]) -> Mapping[int, Described]:
    """Return the pages of records, by their id; one gone meanwhile is left out.

    Two queries, one more where a kit is among them, and one where a series is.
    """
    rows = Published.objects.defer("html", "words").in_bulk(
        [one.page for one in listed if one.page]
    )
    keys = {row.key for row in rows.values()}
    near: dict[UUID, list[Published]] = {}
    for row in Published.objects.only("key", "language", "slug").filter(key__in=keys):
        near.setdefault(row.key, []).append(row)
    made = kits.bundles([page for page, row in rows.items() if row.kind == KIND])
    films = _films([row for row in rows.values() if row.kind == SERIES])
    found = {}
    for page, row in rows.items():
        others = {o.language: o for o in near[row.key] if o.page_id != page}
        parts, bundle = made.get(page, (films.get((row.language, row.slug), ()), {}))
        found[page] = replace(described(Read(row, others, None, None)), parts=parts, bundle=bundle)
    return found


def _films(series: Sequence[Published]) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    """Return the titles and the addresses of the films of series, by language and slug."""
    if not series:
        return {}
    rows = Published.objects.only("language", "slug", "title", "part_of").filter(
        part_of__in={row.slug for row in series}
    )
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows.order_by("episode", "page_id"):
        told = (row.title, address(row, whole=True))
        found.setdefault((row.language, row.part_of), []).append(told)
    return found


def _shown(asked: Asked) -> Iterator[Header]:
    return _headers(Published.objects.filter(_window(asked, "drawn_at"), drawn_at__isnull=False))


def _headers(rows: QuerySet[Published]) -> Iterator[Header]:
    ordered = rows.order_by("drawn_at", "key", "language")
    for at, key, language, codes, page in ordered.values_list(
        "drawn_at", "key", "language", "codes", "page_id"
    ).iterator():
        if at is not None:
            yield Header(Mark(at, key, language), sets_of(codes), page)


def _withdrawn(asked: Asked) -> Iterator[Header]:
    return _gone(_window(asked, "gone_at"))


def _gone(which: Q) -> Iterator[Header]:
    rows = Withdrawn.objects.filter(which).order_by("gone_at", "key", "language")
    for at, key, language, sets in rows.values_list(
        "gone_at", "key", "language", "sets"
    ).iterator():
        yield Header(Mark(at, key, language), tuple(sets))


def _window(asked: Asked, at: str) -> Q:
    """Return which rows changed in the window that was asked, after the last one given."""
    bounds: dict[str, Any] = {f"{at}__gte": asked.since, f"{at}__lt": asked.before}
    found = Q(**{name: value for name, value in bounds.items() if value})
    if last := asked.after:
        found &= (
            Q(**{f"{at}__gt": last.at})
            | Q(**{at: last.at, "key__gt": last.key})
            | Q(**{at: last.at, "key": last.key, "language__gt": last.language})
        )
    return found
