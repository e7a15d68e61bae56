"""Group the entries of a file that count alike: here, or as a task on a node of a cluster.

It knows a question (names of facts, the centre's zone in numbers) and a file, and no measure, no
setting and no table.
"""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from balise.foundation.limited.child import CannotWork
from balise.foundation.statistics.archive.engine import EngineFailed, engine, named
from balise.foundation.stored import SETTING, PlaceUnreadable, StoreSilent, fetch, read_place

A_SECOND = 1_000_000
_A_DAY = 86_400 * A_SECOND
_HALF_AN_HOUR = 1_800 * A_SECOND

# Day of the fact, a moment (microseconds since 1970), how many, their sum, and the facts asked for.
type Row = tuple[str | None, int, int, int, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a file: facts that tell entries apart, the day, the number that is summed.

    `kinds` are the columns that the file has of those; `offsets` is the centre's zone: until which
    moment (microseconds since 1970, None for the last) how much is added to UTC (microseconds).
    """

    facts: tuple[str, ...]
    day: str
    amount: str
    by_half_hour: bool
    kinds: dict[str, str]
    offsets: tuple[tuple[int | None, int], ...]


def group(database: Any, path: Path, question: Question) -> Iterator[Row]:
    """Yield the groups of a file."""
    rows = database.execute(_query(question), [str(path)])
    while some := rows.fetchmany(10_000):
        for day, _late, _half, at, times, total, *facts in some:
            yield day, at, times, int(total), facts


def document_of(name: str, sha256: str, questions: list[Question]) -> dict[str, Any]:
    """Return what a node is told of a file: its name in the storage, its digest, the questions."""
    return {"name": name, "sha256": sha256, "questions": [asdict(each) for each in questions]}


def group_stored(document: dict[str, Any]) -> list[list[Row]]:
    """Return the groups for each question, from the storage that this node's environment names.

    Raises `CannotWork`: `no-storage`, `unreadable`, `gone`, `changed`, `engine`, `memory`.
    """
    questions = [Question(**each) for each in document["questions"]]
    with TemporaryDirectory(prefix="balise-archive-") as place:
        folder = Path(place)
        path = _fetched(document, folder)
        try:
            with engine(folder, threads=1) as database:
                return [list(group(database, path, question)) for question in questions]
        except EngineFailed as error:
            is_memory = "Out of Memory" in str(error)
            raise CannotWork("memory" if is_memory else "engine") from error


def _fetched(document: dict[str, Any], folder: Path) -> Path:
    try:
        path = fetch(read_place(os.environ.get(SETTING, "")), document["name"], folder)
        with path.open("rb") as held:
            digest = file_digest(held, "sha256").hexdigest()
    except PlaceUnreadable as error:
        raise CannotWork("no-storage") from error
    except FileNotFoundError as error:
        raise CannotWork("gone") from error
    except (StoreSilent, OSError) as error:
        raise CannotWork("unreadable") from error
    if digest != document["sha256"]:
        raise CannotWork("changed")
    return path


def _query(asked: Question) -> str:
    """Return what groups a file: by the facts that are read, and the day and half hour as needed.

    The day of the record tells entries apart where it is counted: where the event has no day of its
    own, or an earlier one.
    """
    local = f"(epoch_us(_at) + {_offset(asked)})"
    recorded = f"CAST({local} // {_A_DAY} AS INTEGER)"
    day = "NULL"
    late = recorded
    if asked.day in asked.kinds:
        day = _column(asked, asked.day)
        late = f"CASE WHEN {recorded} > {_number(asked)} THEN {recorded} END"
        late = f"CASE WHEN {day} IS NULL THEN {recorded} ELSE {late} END"
    half = f"{local} % {_A_DAY} // {_HALF_AN_HOUR}" if asked.by_half_hour else "NULL"
    amount = f"coalesce(sum(CAST({_column(asked, asked.amount)} AS BIGINT)), 0)"
    values = "".join(f", {_column(asked, name)} AS v{n}" for n, name in enumerate(asked.facts))
    return (
        f"SELECT {day} AS day, {late} AS late, {half} AS half, "  # noqa: S608 - names of facts, quoted
        f"epoch_us(any_value(_at)), count(*), {amount}{values} "
        f"FROM read_parquet(?) GROUP BY ALL"
    )


def _column(asked: Question, name: str) -> str:
    """Return a fact; NULL where no entry of the file has it."""
    return named(name) if name in asked.kinds else "NULL"


def _number(asked: Question) -> str:
    """Return a fact's day as days since 1970."""
    column = named(asked.day)
    if asked.kinds[asked.day] != "DATE":
        column = f"CAST(left({column}, 10) AS DATE)"
    return f"({column} - DATE '1970-01-01')"


def _offset(asked: Question) -> str:
    cases = "".join(
        f"WHEN epoch_us(_at) < {int(until)} THEN {int(added)} "
        for until, added in asked.offsets
        if until is not None
    )
    last = int(asked.offsets[-1][1])
    return f"CASE {cases}ELSE {last} END" if cases else str(last)
