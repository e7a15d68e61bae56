"""Count measures from the archive: each file is read once, and each cell is made by the measure.

DuckDB only groups: what a group of facts adds, and where, is the rule that counts an entry.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from balise.foundation import clock
from balise.foundation.journal.models import Cursor
from balise.foundation.statistics.archive.engine import engine, named
from balise.foundation.statistics.archive.months import (
    EventFile,
    archived,
    fetched,
)
from balise.foundation.statistics.counting import SUBSCRIBER, Archived, Figure, add
from balise.foundation.statistics.measures import Measure

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_SECOND = 1_000_000
_A_DAY = 86_400 * _A_SECOND
_HALF_AN_HOUR = 1_800 * _A_SECOND


def count_archived(
    measures: Sequence[Measure], *, seen: Callable[[int], object] = lambda _count: None
) -> dict[str, Archived]:
    """Return what the archive holds of each measure, by its name, and up to which place.

    Only months that the tallies have counted are read. Raises `ArchiveFaulty` and `EngineFailed`.
    """
    found: dict[str, Archived] = {}
    with TemporaryDirectory(prefix="balise-archive-") as place:
        folder = Path(place)
        with engine(folder) as database:
            for line in sorted({measure.counts.line for measure in measures}):
                told = [measure for measure in measures if measure.counts.line == line]
                found |= _count_line(line, told, folder, database, seen)
    return found


def count_file(
    path: Path, file: EventFile, measure: Measure, database: Any
) -> Iterator[tuple[dict[str, Any], datetime, Figure]]:
    """Yield groups of a file's entries that count alike: facts, a moment of theirs, how many."""
    columns = tuple(dict.fromkeys((*measure.by, *dict(measure.only))))
    query = _query(measure, file, columns)
    rows = database.execute(query, [str(path)])
    while some := rows.fetchmany(10_000):
        for day, _late, _half, at, times, total, *values in some:
            facts = dict(zip(columns, map(_plain, values), strict=True))
            if measure.day:
                facts[measure.day] = _plain(day)
            yield facts, _EPOCH + timedelta(microseconds=at), Figure(times, int(total))


def _count_line(
    line: str,
    measures: Sequence[Measure],
    folder: Path,
    database: Any,
    seen: Callable[[int], object],
) -> dict[str, Archived]:
    cursor = Cursor.objects.filter(name=SUBSCRIBER, line=line).first()
    months = [month for month in archived(line) if cursor and month.last <= cursor.seq]
    until = months[-1].last if months else 0
    found = {measure.name: Archived(until, 0, {}) for measure in measures}
    for month in months:
        for file in month.files:
            asked = [measure for measure in measures if measure.counts.name == file.event]
            if not asked:
                continue
            with fetched(month, file, folder) as path:
                for measure in asked:
                    held = found[measure.name]
                    for facts, at, figure in count_file(path, file, measure, database):
                        add(held.figures, measure, facts, at, figure)
                    found[measure.name] = held._replace(entries=held.entries + file.rows)
                    seen(file.rows)
    return found


def _query(measure: Measure, file: EventFile, columns: Sequence[str]) -> str:
    """Return what groups a file: by the facts that are read, and the day and half hour as needed.

    The day of the record tells entries apart where it is counted: where the event has no day of its
    own, or an earlier one.
    """
    local = f"(epoch_us(_at) + {_offset(file)})"
    recorded = f"CAST({local} // {_A_DAY} AS INTEGER)"
    day = "NULL"
    late = recorded
    if measure.day in file.columns:
        day = _column(file, measure.day)
        late = f"CASE WHEN {recorded} > {_number(file, measure.day)} THEN {recorded} END"
        late = f"CASE WHEN {day} IS NULL THEN {recorded} ELSE {late} END"
    half = f"{local} % {_A_DAY} // {_HALF_AN_HOUR}" if measure.by_half_hour else "NULL"
    amount = f"coalesce(sum(CAST({_column(file, measure.amount)} AS BIGINT)), 0)"
    values = "".join(f", {_column(file, name)} AS v{n}" for n, name in enumerate(columns))
    return (
        f"SELECT {day} AS day, {late} AS late, {half} AS half, "  # noqa: S608 - names of facts, quoted
        f"epoch_us(any_value(_at)), count(*), {amount}{values} "
        f"FROM read_parquet(?) GROUP BY ALL"
    )


def _column(file: EventFile, name: str) -> str:
    """Return a fact; NULL where no entry of the file has it."""
    return named(name) if name in file.columns else "NULL"


def _number(file: EventFile, name: str) -> str:
    """Return a fact's day as days since 1970."""
    column = named(name)
    if file.columns[name] != "DATE":
        column = f"CAST(left({column}, 10) AS DATE)"
    return f"({column} - DATE '1970-01-01')"


def _offset(file: EventFile) -> str:
    """Return the centre's zone for a file's moments: what is added to UTC, in microseconds.

    Taken from the zone that the tallies are counted in: DuckDB has zones of its own.
    """
    zone = clock.zone()

    def offset(at: datetime) -> int:
        added = at.astimezone(zone).utcoffset() or timedelta()
        return int(added.total_seconds()) * _A_SECOND

    cases = ""
    at, last = file.since, file.until
    while at < last:
        following = min(at + timedelta(days=1), last)
        before, after = offset(at), offset(following)
        if before != after:
            low, high = at, following  # the clock is turned in between: find the second
            while high - low > timedelta(microseconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            turned = (high - _EPOCH) // timedelta(microseconds=1)
            cases += f"WHEN epoch_us(_at) < {turned} THEN {before} "
        at = following
    return f"CASE {cases}ELSE {offset(last)} END" if cases else str(offset(last))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
