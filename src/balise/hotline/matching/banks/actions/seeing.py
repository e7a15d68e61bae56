"""What is kept of a look-up: how often an entry matched, and hashes of what passed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import Matches, Sighting
from balise.hotline.matching.banks.rules.seeing import SEEN_KEPT
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind, Signal

_SEEN = ("kind", "value", "quality", "turns", "second", "handle", "day", "until")


def count(*, entries: Sequence[int], by: Actor) -> None:
    """Count one more match of each entry today."""
    access.require(by, access.LOOK_UP)
    if not entries:
        return
    day, each = today(), sorted(set(entries))
    with transaction.atomic():
        fresh = [(entry, day, 0) for entry in each]
        rows.insert(Matches, ("entry", "day", "many"), fresh, unless_known=True)
        Matches.objects.filter(entry__in=each, day=day).update(many=F("many") + 1)


def remember(*, signals: Sequence[Signal | Clip], handle: UUID, by: Actor) -> None:
    """Keep the hashes of what passed for a set time: no picture, no address, the handle alone."""
    access.require(by, access.LOOK_UP)
    day = today()
    seen = [(*one, handle, day, day + SEEN_KEPT) for each in signals for one in _seen(each)]
    rows.insert(Sighting, _SEEN, seen, unless_known=True)


def _seen(one: Signal | Clip) -> list[tuple[HashKind, bytes, int, bytes, int | None]]:
    if isinstance(one, Clip):
        return [
            (HashKind.PDQ, frame.value, frame.quality, b"", frame.second) for frame in one.frames
        ]
    return [(one.kind, one.value, one.quality, b"".join(one.turns), None)]
