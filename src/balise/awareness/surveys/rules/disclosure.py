"""What leaves of a table of counts, so that nobody's answer can be found. Pure.

A table has groups and answers. Some of each are shown; the others are one rest, whose numbers are
no secret: shown and totals give them. So all that anyone can compute is a sum of the cells of this
coarser table, and **each of these cells is large**: `fewest` or more, none at all being small too,
for that nobody of a group said something tells of each of them. This is global recoding (Hundepool
et al., Statistical Disclosure Control, 2012): it loses more than withholding cells one by one, and
leaves nothing to solve.

The same holds of what changed since each table that left before: an edition keeps what earlier ones
withheld, so that their difference is a table of the same parts, and its cells are large as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Counts = Mapping[str, Mapping[str, int]]  # of people, by group and answer: a whole grid


@dataclass(frozen=True, slots=True)
class Parted:
    """A table as it leaves: `groups` and `answers` are those that are shown.

    `counts` has a row for each shown group and a last one for the rest; so has each row its
    answers. Where nothing is shown it is the total alone.
    """

    groups: tuple[str, ...]
    answers: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts))

    def told(self) -> list[list[str] | list[list[int]]]:
        """Return it as JSON."""
        return [list(self.groups), list(self.answers), [list(row) for row in self.counts]]

    @classmethod
    def read(cls, told: Sequence[Any]) -> "Parted":
        """Return what `told` wrote."""
        groups, answers, counts = told
        return cls(tuple(groups), tuple(answers), tuple(map(tuple, counts)))

    def shows(self, answer: str, group: str = "") -> bool:
        """Return whether the number of an answer is shown, in a group."""
        return answer in self.answers and group in self.groups

    def within(self, groups: Sequence[str], answers: Sequence[str]) -> NDArray[np.int64]:
        """Return its numbers with fewer groups and answers shown."""
        numbers = np.array(self.counts, dtype=np.int64)
        return _joined(_joined(numbers, self.groups, groups).T, self.answers, answers).T


def part(
    counts: Counts,
    before: Iterable[Parted] = (),
    *,
    fewest: int,
    without: Iterable[str] = (),
    without_groups: Iterable[str] = (),
) -> Parted | None:
    """Return what of a table may leave beside those that left before; None where not its total.

    The only group of a table is never the rest. `without` and `without_groups` are answers and
    groups that other tables of the same people withhold.
    """
    left, grid = list(before), _Grid.of(counts)
    answers = _minus(grid.answers, {*without, *_withheld(grid.by_answer, fewest)})
    groups = grid.groups
    if len(groups) > 1:
        groups = _minus(groups, {*without_groups, *_withheld(grid.by_group, fewest)})
    for earlier in left:
        answers = tuple(each for each in answers if each in earlier.answers)
        groups = tuple(each for each in groups if each in earlier.groups)
    while groups and answers:
        numbers = grid.within(groups, answers)
        changes = [numbers - earlier.within(groups, answers) for earlier in left]
        small = sum(
            (_small(layer, fewest) for layer in (numbers, *changes) if layer.any()),
            np.zeros_like(numbers),
        )
        small[-1] *= len(groups) < len(grid.groups)
        small[:, -1] *= len(answers) < len(grid.answers)
        if not small.any():
            return Parted(groups, answers, tuple(tuple(map(int, row)) for row in numbers))
        groups, answers = grid.narrowed(groups, answers, small)
    total = int(grid.numbers.sum())
    steps = (total, *(total - earlier.total for earlier in left if total != earlier.total))
    is_small = any(abs(step) < fewest for step in steps)
    return None if is_small else Parted((), (), ((total,),))


@dataclass(frozen=True, slots=True)
class _Grid:
    groups: tuple[str, ...]
    answers: tuple[str, ...]
    numbers: NDArray[np.int64]

    @classmethod
    def of(cls, counts: Counts) -> "_Grid":
        answers = tuple(next(iter(counts.values())))
        numbers = [[row[answer] for answer in answers] for row in counts.values()]
        return cls(tuple(counts), answers, np.array(numbers, dtype=np.int64))

    @property
    def by_group(self) -> dict[str, int]:
        return dict(zip(self.groups, map(int, self.numbers.sum(axis=1)), strict=True))

    @property
    def by_answer(self) -> dict[str, int]:
        return dict(zip(self.answers, map(int, self.numbers.sum(axis=0)), strict=True))

    def within(self, groups: Sequence[str], answers: Sequence[str]) -> NDArray[np.int64]:
        """Return the numbers, of all that is not among these a rest."""
        return _joined(_joined(self.numbers, self.groups, groups).T, self.answers, answers).T

    def narrowed(
        self, groups: tuple[str, ...], answers: tuple[str, ...], small: NDArray[np.int64]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return groups and answers without the line that has most small numbers.

        Where the rest alone is small, it takes in the smallest of what is shown.
        """
        inner = small[:-1, :-1] > 0
        in_group, in_answer = inner.sum(axis=1), inner.sum(axis=0)
        by_group = [self.by_group[each] for each in groups]
        by_answer = [self.by_answer[each] for each in answers]
        is_row = len(self.groups) == 1
        if not inner.any():
            if is_row or not small[-1].any():
                return groups, _minus(answers, _smallest(answers, by_answer))
            return _minus(groups, _smallest(groups, by_group)), answers
        if is_row or in_answer.max() > in_group.max():
            worst = [(-bad, many) for bad, many in zip(in_answer, by_answer, strict=True)]
            return groups, _minus(answers, _smallest(answers, worst))
        worst = [(-bad, many) for bad, many in zip(in_group, by_group, strict=True)]
        return _minus(groups, _smallest(groups, worst)), answers


def _withheld(numbers: Mapping[str, int], fewest: int) -> set[str]:
    """Return what is small, and beside it the smallest large one with all that equal it.

    Where there is none, all: then whoever knows the total and this rule has two values or more
    for each small number (tried on every small row by a test).
    """
    small = {code for code, number in numbers.items() if number < fewest}
    large = [number for number in numbers.values() if number >= fewest]
    beside = min(large, default=None)
    gone = {code for code, number in numbers.items() if beside is None or number == beside}
    return small | gone if small else small


def _small(numbers: NDArray[np.int64], fewest: int) -> NDArray[np.int64]:
    """Return 1 where a number is small; of what changed, in either direction."""
    return (np.abs(numbers) < fewest).astype(np.int64)


def _minus(codes: Sequence[str], gone: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in set(gone))


def _smallest(codes: Sequence[str], sizes: Sequence[object]) -> set[str]:
    """Return the smallest, with all that equal it."""
    least = min(sizes)  # type: ignore[type-var]
    return {code for code, size in zip(codes, sizes, strict=True) if size == least}


def _joined(
    rows: NDArray[np.int64], codes: Sequence[str], kept: Sequence[str]
) -> NDArray[np.int64]:
    """Return the rows of what is kept, and the sum of all others after them."""
    places = {code: nth for nth, code in enumerate(codes)}
    chosen = [places[code] for code in kept]
    rest = rows.sum(axis=0) - rows[chosen].sum(axis=0)
    return np.vstack([rows[chosen], rest])
