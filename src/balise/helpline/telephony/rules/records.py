"""Call detail records: a CSV of calls that are over, line by line, each right or refused."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from balise.foundation import moments
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening

COLUMNS = ("id", "started_at", "wait_s", "talk_s", "ended_by")
_LONGEST_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Record:
    """One call: its id at the exchange, and what was told of it."""

    line: int
    ref: str
    told: tuple[CallFact, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that cannot be read: its number in the file (the heading is 1), and why, as a code."""

    line: int
    reason: str


class ColumnsMissing(ValueError):
    """The file has not the columns of a record."""


def read_records(lines: Iterable[str], *, zone: tzinfo) -> Iterator[Record | Unread]:
    """Yield each line as a record, or as unread with its reason; raise ColumnsMissing first.

    `talk_s` 0 is a call that nobody answered. A moment without a zone is in the centre's.
    """
    rows = csv.DictReader(lines)
    missing = set(COLUMNS) - set(rows.fieldnames or ()) - {"ended_by"}
    if missing:
        raise ColumnsMissing(", ".join(sorted(missing)))
    for row in rows:
        yield _record(rows.line_num, row, zone)


def _record(line: int, row: dict[str, str], zone: tzinfo) -> Record | Unread:
    ref = (row["id"] or "").strip()
    if not 0 < len(ref) <= 100:  # noqa: PLR2004 - the column's length
        return Unread(line, "id")
    try:
        began = moments.read((row["started_at"] or "").strip(), zone=zone)
    except ValueError:
        return Unread(line, "started_at")
    waited, talked = _seconds(row["wait_s"]), _seconds(row["talk_s"])
    if waited is None or talked is None:
        return Unread(line, "wait_s" if waited is None else "talk_s")
    by = (row.get("ended_by") or "").strip() or EndedBy.UNKNOWN
    if by not in EndedBy.values:
        return Unread(line, "ended_by")
    answered = began + timedelta(seconds=waited)
    told = [CallFact(Happening.QUEUED, began)]
    if talked:
        told.append(CallFact(Happening.ANSWERED, answered))
        told.append(CallFact(Happening.ENDED, answered + timedelta(seconds=talked), EndedBy(by)))
    else:
        told.append(CallFact(Happening.ABANDONED, answered))
    return Record(line, ref, tuple(told))


def _seconds(text: str | None) -> int | None:
    found = (text or "").strip()
    is_number = found.isascii() and found.isdigit() and len(found) < 6  # noqa: PLR2004
    return int(found) if is_number and int(found) <= _LONGEST_S else None
