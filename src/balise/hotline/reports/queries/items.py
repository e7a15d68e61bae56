"""What the items of a content show, and what follows from it for the content as a whole."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState, Verdict
from balise.takedown.law.rules import law
from balise.takedown.law.rules.items import (
    Answer,
    Baseline,
    Item,
    Media,
    baseline,
    baseline_of,
    of_address,
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Items that show the same; `last_id` is the one described last."""

    item: Item
    count: int
    last_id: int
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class Described:
    """The items described for a content.

    `whole` is derived: youngest child, gravest act; None where nothing is described. `national` is
    whether the country's law forbids it, known once there is a verdict.
    """

    groups: tuple[Alike, ...]
    whole: Item | None
    baseline: Answer
    national: Answer
    last: Item
    may_withdraw: bool

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def described(*, content_id: UUID, seen_by: Actor) -> Described:
    """Return the items described for a content. Raises NotHere."""
    access.require(seen_by, access.READ)
    content = find(Content.objects.only("state", "verdict", "offence"), id=content_id)
    rows = [(row.id, row.shown) for row in content.items.order_by("id")]
    ids: dict[Item, list[int]] = {}
    for row_id, item in rows:
        ids.setdefault(item, []).append(row_id)
    items = [item for _row_id, item in rows]
    return Described(
        groups=tuple(
            Alike(item, len(found), found[-1], baseline(item)) for item, found in ids.items()
        ),
        whole=of_address(items),
        baseline=baseline_of(items),
        national=_national(content),
        last=items[-1] if items else Item(media=Media.IMAGE),
        may_withdraw=ContentState(content.state) in LOOKED_AT,
    )


def _national(content: Content) -> Answer:
    if not content.verdict:
        return Answer.UNKNOWN
    if content.verdict != Verdict.ILLEGAL:
        return Answer.NO
    texts = law(settings.COUNTRY).history(content.offence).texts
    return Answer.YES if texts[-1].is_national else Answer.NO
