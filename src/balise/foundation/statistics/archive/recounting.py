"""Count measures from the archive: each file is read once, and each cell is made by the measure.

DuckDB only groups, on this machine or on the nodes of a cluster: what a group of facts adds, and
where, is the rule that counts an entry.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from balise.foundation import clock
from balise.foundation.cluster import Bounds, ClusterFailed, TaskRefused, cluster
from balise.foundation.journal.models import Cursor
from balise.foundation.statistics.archive.engine import EngineFailed, engine
from balise.foundation.statistics.archive.grouping import (
    A_SECOND,
    Question,
    Row,
    document_of,
    group,
    group_stored,
)
from balise.foundation.statistics.archive.months import (
    ArchiveFaulty,
    EventFile,
    Month,
    archived,
    fetched,
)
from balise.foundation.statistics.counting import SUBSCRIBER, Archived, Figure, add
from balise.foundation.statistics.exposures import is_keyed
from balise.foundation.statistics.measures import Measure

BOUNDS = Bounds(seconds=600, memory=1_000_000_000)
_FAULTS = {
    "gone": "is gone, or BALISE_STORAGE of a node does not lead to this storage",
    "changed": "was changed or cut: its digest is another one",
}
_FAILURES = {
    "no-storage": "BALISE_STORAGE of a node names no storage",
    "unreadable": "a node cannot read it, or its storage does not answer",
    "time": f"a node took longer than {BOUNDS.seconds} s",
    "memory": "a node has too little memory for it",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

type _Answer = tuple[Measure, int, Iterable[Row]]  # entries of a file, and their groups


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file of the archive, and the measures that count its event."""

    month: Month
    file: EventFile
    measures: tuple[Measure, ...]

    @property
    def questions(self) -> list[Question]:
        return [question_of(measure, self.file) for measure in self.measures]


def count_archived(
    measures: Sequence[Measure],
    *,
    seen: Callable[[int], object] = lambda _count: None,
    ray: str = "",
) -> dict[str, Archived]:
    """Return what the archive holds of each measure, by its name, and up to which place.

    A measure whose units have record keys is left out: a file names no unit (decisions 58, 63).
    With `ray`, the address of a cluster, each file is a task of its own there. Only months that the
    tallies have counted are read. Raises `ArchiveFaulty`, `EngineFailed` and `ClusterFailed`.
    """
    found: dict[str, Archived] = {}
    asked: list[_Asked] = []
    measures = [each for each in measures if not is_keyed(each.name)]
    for line in sorted({measure.counts.line for measure in measures}):
        told = [measure for measure in measures if measure.counts.line == line]
        cursor = Cursor.objects.filter(name=SUBSCRIBER, line=line).first()
        months = [month for month in archived(line) if cursor and month.last <= cursor.seq]
        until = months[-1].last if months else 0
        found |= {measure.name: Archived(until, 0, {}) for measure in told}
        for month in months:
            for file in month.files:
                some = tuple(each for each in told if each.counts.name == file.event)
                if some:
                    asked.append(_Asked(month, file, some))
    read = _on_a_cluster(ray, asked) if ray and asked else _here(asked)
    for measure, entries, rows in read:
        held = found[measure.name]
        for facts, at, figure in _groups(measure, rows):
            add(held.figures, measure, facts, at, figure)
        found[measure.name] = held._replace(entries=held.entries + entries)
        seen(entries)
    return found


def count_file(
    path: Path, file: EventFile, measure: Measure, database: Any
) -> Iterator[tuple[dict[str, Any], datetime, Figure]]:
    """Yield groups of a file's entries that count alike: facts, a moment of theirs, how many."""
    yield from _groups(measure, group(database, path, question_of(measure, file)))


def question_of(measure: Measure, file: EventFile) -> Question:
    """Return what a measure asks of a file."""
    facts = measure.facts
    used = {*facts, measure.day, measure.amount}
    return Question(
        facts=facts,
        day=measure.day,
        amount=measure.amount,
        by_half_hour=measure.by_half_hour,
        kinds={name: kind for name, kind in file.columns.items() if name in used},
        offsets=_offsets(file),
    )


def _here(asked: Sequence[_Asked]) -> Iterator[_Answer]:
    with TemporaryDirectory(prefix="balise-archive-") as place:
        folder = Path(place)
        with engine(folder) as database:
            for each in asked:
                with fetched(each.month, each.file, folder) as path:
                    for measure, question in zip(each.measures, each.questions, strict=True):
                        # Not one by one: what DuckDB refuses is told in here alone.
                        yield measure, each.file.rows, list(group(database, path, question))


def _on_a_cluster(address: str, asked: Sequence[_Asked]) -> Iterator[_Answer]:
    tasks = [
        document_of(each.month.place_of(each.file), each.file.sha256, each.questions)
        for each in asked
    ]
    with cluster(address) as nodes:
        try:
            for place, answers in nodes.map(group_stored, tasks, bounds=BOUNDS):
                each = asked[place]
                for measure, rows in zip(each.measures, answers, strict=True):
                    yield measure, each.file.rows, rows
        except TaskRefused as refused:
            raise _told(tasks[refused.place]["name"], refused.code) from refused


def _told(name: str, code: str) -> Exception:
    """Return what a refusal of a node is for who asked."""
    if code == "engine":
        return EngineFailed(f"DuckDB refuses {name} on a node")
    if code in _FAULTS:
        return ArchiveFaulty(f"{name} {_FAULTS[code]}")
    why = _FAILURES.get(code, f"a node could not count it ({code})")
    return ClusterFailed(f"{name}: {why}.")


def _groups(
    measure: Measure, rows: Iterable[Row]
) -> Iterator[tuple[dict[str, Any], datetime, Figure]]:
    names = measure.facts
    for day, at, times, total, values in rows:
        facts = dict(zip(names, map(_plain, values), strict=True))
        if measure.day:
            facts[measure.day] = _plain(day)
        yield facts, _EPOCH + timedelta(microseconds=at), Figure(times, total)


def _offsets(file: EventFile) -> tuple[tuple[int | None, int], ...]:
    """Return the centre's zone for a file's moments: until when how much is added to UTC.

    Taken from the zone that the tallies are counted in: DuckDB has zones of its own.
    """
    zone = clock.zone()

    def offset(at: datetime) -> int:
        added = at.astimezone(zone).utcoffset() or timedelta()
        return int(added.total_seconds()) * A_SECOND

    found: list[tuple[int | None, int]] = []
    at, last = file.since, file.until
    while at < last:
        following = min(at + timedelta(days=1), last)
        before, after = offset(at), offset(following)
        if before != after:
            low, high = at, following  # the clock is turned in between: find the second
            while high - low > timedelta(microseconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append(((high - _EPOCH) // timedelta(microseconds=1), before))
        at = following
    return (*found, (None, offset(last)))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
