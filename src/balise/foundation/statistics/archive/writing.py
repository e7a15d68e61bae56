"""Write months of the journal into files, each once.

A month is written when it ended before the day that is asked for and its line goes on in a later
one: its stretch of the chain is then closed. What is told later of an earlier month stands in the
month in which it was linked. The chain is verified on the way: what is written is what was linked.
Subject and actor stay in the journal.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Literal

import orjson
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from balise.foundation import clock
from balise.foundation.journal.models import Chain
from balise.foundation.journal.verifying import Facts, Fault, Finding, check_place, links, next_hash
from balise.foundation.statistics.archive.engine import engine, named
from balise.foundation.statistics.archive.months import (
    ArchiveFaulty,
    EventFile,
    Month,
    archived,
    end_of,
)
from balise.foundation.statistics.measures import word

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = range(-(2**63), 2**63)

type Kind = Literal["BIGINT", "DATE", "VARCHAR"]


def archive(before: date, *, seen: Callable[[int], object] = lambda _count: None) -> list[Month]:
    """Write what ended before a day and is not written yet, line by line; return the new months.

    `seen` is told how many entries each step read. Raises `ArchiveFaulty` where the chain or the
    archive is not whole, and `EngineFailed`; months that were written stay.
    """
    written = []
    with TemporaryDirectory(prefix="balise-archive-") as place:
        folder = Path(place)
        with engine(folder) as database:
            for line in Chain.objects.order_by("line").values_list("line", flat=True):
                months = archived(line)
                for stretch in _stretches(line, months, before, folder, seen):
                    month = stretch.stored(line, months, database)
                    months.append(month)
                    written.append(month)
    return written


@dataclass(slots=True)
class _Rows:
    """The rows of one event, on their way into a file."""

    path: Path
    file: BinaryIO
    since: datetime
    until: datetime
    rows: int = 0
    kinds: dict[str, Kind | None] = field(default_factory=dict)  # None: no value met yet

    def add(self, seq: int, at: datetime, facts: dict[str, Any]) -> None:
        row: dict[str, Any] = {"_seq": seq, "_at": _microseconds(at)}
        for name, value in facts.items():
            kind, row[name] = _told(value)
            met = self.kinds.get(name)
            self.kinds[name] = met if kind is None else kind if met in {None, kind} else "VARCHAR"
        self.file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        self.rows += 1
        self.since, self.until = min(self.since, at), max(self.until, at)

    @property
    def columns(self) -> dict[str, Kind]:
        return {name: kind or "VARCHAR" for name, kind in sorted(self.kinds.items())}


@dataclass(slots=True)
class _Stretch:
    """A month of a line's chain, as it is read."""

    month: str
    first: int
    folder: Path
    last: int = 0
    hash: bytes = b""
    events: dict[str, _Rows] = field(default_factory=dict)

    def add(self, seq: int, ending: bytes, entry: Facts) -> None:
        rows = self.events.get(entry.event)
        if rows is None:
            path = self.folder / f"{entry.event}.jsonl"
            at = entry.at
            rows = self.events[entry.event] = _Rows(path, path.open("wb"), at, at)
        rows.add(seq, entry.at, orjson.loads(entry.facts_text))
        self.last, self.hash = seq, ending

    def close(self) -> None:
        for rows in self.events.values():
            rows.file.close()

    def stored(self, line: str, before: list[Month], database: Any) -> Month:
        """Store the month: its files, then the manifest that names them."""
        self.close()
        files = [_drawn_up(event, rows, database) for event, rows in sorted(self.events.items())]
        month = Month(
            line=line,
            month=self.month,
            first=self.first,
            last=self.last,
            hash=self.hash.hex(),
            previous=end_of(line, before).digest,
            files=tuple(file for file, _path in files),
        )
        for file, path in files:
            with path.open("rb") as content:
                _store(month.place_of(file), File(content))
            path.unlink()
        _store(month.name, ContentFile(month.text))
        return month


def _stretches(
    line: str, months: list[Month], before: date, folder: Path, seen: Callable[[int], object]
) -> Iterator[_Stretch]:
    """Yield the closed months of a chain behind the archive; `months` grows meanwhile."""
    end = end_of(line, months)
    seq, ending = end.seq, end.hash
    stretch: _Stretch | None = None
    limit = f"{before:%Y-%m}"
    try:
        for link in links(line, after=seq, seen=seen):
            finding = check_place(line, seq + 1, link)
            entry = link.entry
            if finding or entry is None:
                raise ArchiveFaulty(f"The journal is not whole: {finding}")
            seq, ending = link.seq, next_hash(ending, link.seq, entry)
            if ending != link.hash:
                finding = Finding(line, Fault.MISMATCH, seq, link.entry_id)
                raise ArchiveFaulty(f"The journal is not whole: {finding}")
            month = f"{clock.day_of(entry.at):%Y-%m}"
            if stretch and month > stretch.month:
                yield stretch
                stretch = None
            if stretch is None:
                # Behind the last one in any case: the centre's zone may have changed.
                month = max(month, _month_after(months[-1].month)) if months else month
                if month >= limit:
                    return
                stretch = _Stretch(month, seq, folder)
            stretch.add(seq, ending, entry)
    finally:
        if stretch:
            stretch.close()


def _drawn_up(event: str, rows: _Rows, database: Any) -> tuple[EventFile, Path]:
    """Turn rows into a Parquet file."""
    path = rows.path.with_suffix(".parquet")
    columns = rows.columns
    read = {"_seq": "BIGINT", "_at": "BIGINT", **columns}
    typed = ", ".join(f"{named(name)}: '{kind}'" for name, kind in read.items())
    taken = ", ".join(("_seq", "make_timestamptz(_at) AS _at", *map(named, columns)))
    database.execute(
        f"COPY (SELECT {taken} FROM read_json(?, format='newline_delimited', columns={{{typed}}}) "  # noqa: S608 - names of facts, quoted
        f"ORDER BY _seq) TO '{path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)",
        [str(rows.path)],
    )
    rows.path.unlink()
    with path.open("rb") as written:
        digest = _digest(written)
    file = EventFile(
        event=event,
        sha256=digest,
        rows=rows.rows,
        since=rows.since.astimezone(UTC),
        until=rows.until.astimezone(UTC),
        columns=columns,
    )
    return file, path


def _store(name: str, content: File) -> None:  # type: ignore[type-arg]  # in the stubs
    """Store under this very name; what is there already has to be the same."""
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            is_same = (
                file_digest(there, "sha256").digest() == file_digest(content, "sha256").digest()
            )
        if not is_same:
            raise ArchiveFaulty(f"{name} is there, and is another file: it is not overwritten")
        return
    stored = default_storage.save(name, content)
    if stored != name:
        default_storage.delete(stored)
        raise ArchiveFaulty(f"{name} was written by another process meanwhile")


def _digest(content: Any) -> str:
    return file_digest(content, "sha256").hexdigest()


def _told(value: object) -> tuple[Kind | None, object]:
    """Return what a fact is in a file: its kind, None for no value, and itself."""
    match value:
        case None:
            return None, None
        case bool():
            return "VARCHAR", word(value)
        case int() if value in _WHOLE:
            return "BIGINT", value
        case str() if _DAY.fullmatch(value):
            return "DATE", value
        case _:
            return "VARCHAR", word(value)


def _microseconds(at: datetime) -> int:
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _month_after(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"
