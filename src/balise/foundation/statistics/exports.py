"""Tables that leave the house: none tells of something small beside those that left before."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from balise.foundation import rows
from balise.foundation.statistics.models import Exported
from balise.foundation.statistics.suppression import Table, given_away

_FIELDS = ("by", "total", "parts", "mean", "counted_until")


def settle(tables: Iterable[Table], *, subject: str, first: date, last: date) -> list[Table]:
    """Return tables of the same subject and days as they may leave now, and keep what leaves.

    Where the difference would tell of something small, a table leaves once more as it left before,
    or without any number if it never did.
    """
    with transaction.atomic():
        rows.in_turn("statistics.exports")
        earlier = Exported.objects.filter(subject=subject, first=first, last=last).order_by("-id")
        before = [Table(**found) for found in earlier.values(*_FIELDS)]
        settled = [_settled(table, before) for table in tables]
        left = [one for one in settled if any(n is not None for n in one.numbers.values())]
        known = {_key(one) for one in before}
        new = {_key(one): one for one in left if _key(one) not in known}
        Exported.objects.bulk_create(
            Exported(
                subject=subject,
                first=first,
                last=last,
                **{name: getattr(one, name) for name in _FIELDS},
            )
            for one in new.values()
        )
    return settled


def _settled(table: Table, before: Sequence[Table]) -> Table:
    if not given_away(before, table):
        return table
    return next((one for one in before if one.by == table.by), table.withheld())


def _key(table: Table) -> tuple[str, frozenset[tuple[str, int | None]]]:
    return table.by, frozenset(table.numbers.items())


def left_before(subject: str, first: date, last: date) -> list[tuple[date, date, Table]]:
    """Return the tables of a subject that left, each with its days, where they meet some days."""
    rows = Exported.objects.filter(subject=subject, first__lte=last, last__gte=first)
    found = rows.order_by("id").values("first", "last", *_FIELDS)
    return [(row.pop("first"), row.pop("last"), Table(**row)) for row in found]
