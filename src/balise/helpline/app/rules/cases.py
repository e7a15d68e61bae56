"""Answer sets in a table, each with what follows: a psychologist tries the rule on them. Pure.

A table is tab-separated text; its first row names the columns, in any order. Others are ignored.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from balise.helpline.app.rules.outcome import result
from balise.helpline.app.rules.quiz import Quiz

COLUMNS: Final = ("id", "version", "answers", "imbalance")
_IMBALANCE: Final = {"yes": True, "no": False, "-": False, "": False}


class CasesFaulty(ValueError):
    """A table, or one row of it, cannot be read; the words say which and why."""


@dataclass(frozen=True, slots=True)
class Case:
    """What follows from one row."""

    id: str
    outcome: str
    first_help: str


def cases(lines: Iterable[str], asked: Quiz) -> Iterator[Case | CasesFaulty]:
    """Yield what follows from each row, in order; in the place of a bad one, what is wrong with it.

    Raises CasesFaulty where a column is missing. Empty rows are passed over.
    """
    rows = (line.rstrip("\r\n").split("\t") for line in lines)
    names = [name.strip() for name in next(rows, [])]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise CasesFaulty(f"row 1: no column {', '.join(missing)}")
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        # An editor drops the tabs at the end of a row; only what may be empty may be missing.
        told = dict.fromkeys(names, "") | dict(
            zip(names, (cell.strip() for cell in row), strict=False)
        )
        try:
            yield _case(told, asked)
        except CasesFaulty as fault:
            name = f" ({told['id']})" if told["id"] else ""
            yield CasesFaulty(f"row {number}{name}: {fault}")


def _case(told: Mapping[str, str], asked: Quiz) -> Case:
    if not told["id"]:
        raise CasesFaulty("no id")
    version = asked.version(told["version"])
    if version is None:
        known = ", ".join(one.code for one in asked.versions)
        raise CasesFaulty(f"no version {told['version']!r}, only {known}")
    answers, many = told["answers"], len(version.sentences)
    if len(answers) != many:
        raise CasesFaulty(f"{len(answers)} answers, where {version.code} has {many} sentences")
    if wrong := sorted(set(answers) - set("01234")):
        raise CasesFaulty(f"an answer is 0 (skipped) to 4, not {', '.join(map(repr, wrong))}")
    if told["imbalance"] not in _IMBALANCE:
        raise CasesFaulty(f"imbalance is yes, no or -, not {told['imbalance']!r}")
    found = result(
        version, [int(answer) for answer in answers], imbalance=_IMBALANCE[told["imbalance"]]
    )
    return Case(told["id"], found.outcome.code, "+".join(found.first_help))
