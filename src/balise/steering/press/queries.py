"""Press items, and what is told of them apart from figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.foundation.statistics.indicators import Said
from balise.steering.imports.ports import campaign
from balise.steering.imports.queries import Opened, opened
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.press import access
from balise.steering.press.models import Apart, Heading, Item
from balise.steering.press.rules.files import (
    HeadingKind,
    Headings,
    ItemTold,
    Keys,
    Line,
    check,
    left_out,
    read,
)
from balise.steering.press.rules.syndication import WITHIN, Article, Medium, digest_of, proposed


@dataclass(frozen=True, slots=True)
class Filter:
    """What is listed: items of a period, and of these codes where they are named."""

    first: date
    last: date
    medium: Medium | None = None
    topic: str = ""
    sequence: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list holds: items, articles, the audience summed and of how many it is known.

    `equivalent` is apart, and None where the centre does not keep it or nobody told it.
    """

    items: int
    articles: int
    audience: int | None
    with_audience: int
    equivalent: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Items that may be one article of several outlets."""

    items: Sequence[Item]


def items(chosen: Filter, *, seen_by: Actor) -> "QuerySet[Item]":
    """Return the items of a list that count, the newest first."""
    access.require(seen_by, access.READ)
    return _standing(chosen)


def totals(chosen: Filter, *, seen_by: Actor) -> Totals:
    """Return what a list holds."""
    access.require(seen_by, access.READ)
    found = _standing(chosen).aggregate(
        items=Count("id"),
        repeats=Count("id", filter=Q(is_repeat=True)),
        known=Count("audience"),
        summed=Sum("audience"),
        euros=Sum("equivalent"),
    )
    return Totals(
        found["items"],
        found["items"] - found["repeats"],
        found["summed"],
        found["known"],
        found["euros"] if settings.PRESS_EQUIVALENT else None,
    )


def item(item_id: UUID, *, seen_by: Actor) -> Item:
    """Return an item, withdrawn or not, with the others of its group. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Item.objects.select_related("group"), id=item_id)


def others_of(row: Item, *, seen_by: Actor) -> Sequence[Item]:
    """Return the other items of an item's article."""
    access.require(seen_by, access.READ)
    return list(Item.objects.filter(group=row.group).exclude(id=row.id)) if row.group_id else []


def proposals(chosen: Filter, *, seen_by: Actor) -> Sequence[Proposal]:
    """Return which items of a period may be one article, those near its ends included."""
    access.require(seen_by, access.READ)
    wide = Filter(chosen.first - WITHIN, chosen.last + WITHIN)
    rows = {str(row.id): row for row in _standing(wide).filter(group=None)}
    articles = [Article(key, row.day, row.title, row.summary) for key, row in rows.items()]
    apart = set(Apart.objects.values_list("digest", flat=True))
    found = []
    for keys in proposed(articles):
        some = [rows[key] for key in keys]
        is_inside = any(chosen.first <= row.day <= chosen.last for row in some)
        if is_inside and digest_of([row.id for row in some]) not in apart:
            found.append(Proposal(some))
    return found


def headings() -> Mapping[HeadingKind, Mapping[str, str]]:
    """Return the names of topics and of sequences by code, in the order of names."""
    found: dict[HeadingKind, dict[str, str]] = {kind: {} for kind in HeadingKind}
    for row in Heading.objects.all():
        found[HeadingKind(row.kind)][row.code] = row.name
    return found


def equivalent(first: date, last: date, /, *, until: datetime) -> Said | None:
    """Return the advertising equivalent of a period in euros, of what was entered before a moment.

    None where the centre does not keep it, or nobody told it.
    """
    if not settings.PRESS_EQUIVALENT:
        return None
    rows = Item.objects.filter(day__range=(first, last), recorded_at__lt=until).order_by()
    rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=until))
    summed = rows.aggregate(euros=Sum("equivalent"))["euros"]
    return None if summed is None else Said(summed)


def _standing(chosen: Filter) -> "QuerySet[Item]":
    rows = Item.objects.filter(withdrawn_at=None, day__range=(chosen.first, chosen.last))
    if chosen.medium:
        rows = rows.filter(medium=chosen.medium.value)
    for name in ("topic", "sequence", "campaign"):
        if value := getattr(chosen, name):
            rows = rows.filter(**{name: value})
    return rows


# What would become of each row of a file: nothing is written.


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file's rows: those that are new, known (in the file or before), and refused.

    `groups` are titles of new rows that may be one article; `added` are topics and sequences that
    nobody added yet; `left_out` are columns that are not read.
    """

    file: Opened
    new: Sequence[Line]
    known: Sequence[Line]
    refused: Sequence[Line]
    groups: Sequence[Sequence[ItemTold]]
    added: Mapping[HeadingKind, Mapping[str, str]]
    left_out: Sequence[str]


def looked_at(brought_id: UUID, *, seen_by: Actor) -> Verdict:
    """Return what would become of a file. Raises NotHere and FileUnreadable."""
    return verdict(opened(brought_id, ImportKind.PRESS, seen_by=seen_by))


def verdict(file: Opened) -> Verdict:
    """Return what would become of an opened file. Raises FileUnreadable."""
    named = Headings(headings())
    lines = read(
        file.head,
        file.lines,
        headings=named,
        campaign=campaign.ask,
        keeps_equivalent=settings.PRESS_EQUIVALENT,
    )
    new, old, refused = _sorted(lines)
    used = {
        HeadingKind.TOPIC: {line.told.topic for line in new if line.told},
        HeadingKind.SEQUENCE: {line.told.sequence for line in new if line.told},
    }
    added = {
        kind: {code: name for code, name in codes.items() if code in used[kind]}
        for kind, codes in named.added.items()
    }
    return Verdict(file, new, old, refused, _groups(new), added, left_out(file.head))


def _sorted(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the lines that are new, known already, and refused."""
    checked: list[tuple[Line, Keys]] = []
    refused: list[Line] = []
    for line in lines:
        if line.told is None:
            refused.append(line)
            continue
        try:
            checked.append((line, check(line.told, today=today())))
        except Refused as refusal:
            refused.append(Line(line.number, line.told, refusal.message))
    seen = set(standing([keys for _line, keys in checked]))
    new: list[Line] = []
    old: list[Line] = []
    for line, keys in checked:
        mine = {keys.twin, keys.address} - {""}
        (old if mine & seen else new).append(line)
        seen |= mine
    return new, old, refused


def standing(keys: Sequence[Keys]) -> dict[str, UUID]:
    """Return the ids of items that stand, by the address or the twin that they are known by."""
    found = Item.objects.filter(withdrawn_at=None)
    addresses, twins = {one.address for one in keys} - {""}, {one.twin for one in keys}
    return {
        **dict(found.filter(address_key__in=addresses).values_list("address_key", "id")),
        **dict(found.filter(twin_key__in=twins).values_list("twin_key", "id")),
    }


def _groups(lines: Sequence[Line]) -> list[list[ItemTold]]:
    told = {str(at): line.told for at, line in enumerate(lines) if line.told}
    articles = [Article(key, one.day, one.title, one.summary) for key, one in told.items()]
    return [[told[key] for key in keys] for keys in proposed(articles)]
