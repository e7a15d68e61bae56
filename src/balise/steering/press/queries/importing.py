"""What would become of each row of a file: nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.steering.imports.ports import campaign
from balise.steering.imports.queries import Opened, opened
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.press.models import Item
from balise.steering.press.queries import headings
from balise.steering.press.rules.files import Headings, Line, left_out, read
from balise.steering.press.rules.headings import HeadingKind
from balise.steering.press.rules.items import ItemTold, Keys, check
from balise.steering.press.rules.syndication import Article, proposed


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
