"""Take a bank out of the centre, for a partner that may hold it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.events import BankExported
from balise.hotline.matching.banks.models import Bank, Entry
from balise.hotline.matching.banks.rules.lines import written, written_clip
from balise.hotline.matching.banks.rules.opinions import ASKED

_READ = 2_000


def export(*, bank: str, by: Actor) -> Iterator[dict[str, Any]]:
    """Write down that a bank is taken out, and return its entries, as lines of a file say them.

    Those on hold, withdrawn or planted stay here. Raises NotHere.
    """
    access.require(by, access.EXPORT)
    with transaction.atomic():
        kept = find(Bank, code=bank)
        found = Entry.objects.filter(bank=kept, state__in=ASKED, planted=False)
        record(BankExported(subject=kept.id, many=found.count()), by=by)
    return _lines(kept)


def _lines(bank: Bank) -> Iterator[dict[str, Any]]:
    found = Entry.objects.filter(bank=bank, state__in=ASKED, planted=False)
    alone = found.filter(clip__isnull=True).order_by("id")
    for one in alone.iterator(chunk_size=_READ):
        yield written(
            one.kind, bytes(one.value), one.quality, one.opinion, one.labels, one.reference
        )
    films = found.filter(clip__isnull=False).order_by(F("clip"), "second")
    for _clip, rows in groupby(films.iterator(chunk_size=_READ), key=lambda one: one.clip):
        frames = list(rows)
        first = frames[0]
        yield written_clip(
            [(one.second or 0, bytes(one.value), one.quality) for one in frames],
            first.opinion,
            first.labels,
            first.reference,
        )
