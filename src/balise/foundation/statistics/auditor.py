"""The auditor: a process that tries to work withheld numbers out, and does nothing else.

It reads one JSON object and writes one, and knows no settings, no table and no key. It is one of
two places that know OR-Tools (a linear solver, GLOP), which no page should ever load.

Asked are `parts` and `atoms` (spans of days), which make unknown numbers from zero on; what is
`given`, known of tables that left before; what would be `shown`, each in a row of the table that
wants to leave; and the `targets` that must stay unknown, each with its true value. Of a target, the
bounds that follow from all that is known must be as far apart as the threshold, or a row more is
withheld. The answer names the rows that are withheld in the end.
"""

import json
import signal
import sys
from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Any, Final, TextIO

_ENDS_WITHIN: Final = 60  # seconds of this process, though its parent died
_NEAR: Final = 1e-6
_FREE: Final = 1_000_000  # as good as no upper bound
TOTAL: Final = -1  # a part: the sum of all, or of none where parts overlap

type Asked = dict[str, Any]
type Known = tuple[int, Sequence[int], float]  # a part or TOTAL, its atoms, the value of them all


def main(asked: TextIO, answer: TextIO) -> None:
    """Answer one problem."""
    answer.write(json.dumps({"withheld": audit(json.load(asked))}))


def audit(asked: Asked) -> list[int]:
    """Return the rows to withhold beside those that are withheld already.

    `shown` has [row, part, atoms, value] in the order in which rows go: the first of them is the
    first that is given up for another's sake.
    """
    given = [tuple(each) for each in asked["given"]]
    shown = [tuple(each) for each in asked["shown"]]
    size = (asked["parts"], asked["atoms"], asked["overlaps"])
    bounds = _Bounds(*size, given)
    # What earlier tables gave away cannot be taken back.
    targets = [each for each in asked["targets"] if bounds.width(each) >= asked["fewest"]]
    gone: list[int] = []
    while targets:
        left = [each for each in shown if each[0] not in gone]
        bounds = _Bounds(*size, [*given, *(each[1:] for each in left)])
        narrow = [each for each in targets if bounds.width(each) < asked["fewest"]]
        if not narrow or not left:
            break
        own = {part for part, *_rest in narrow}
        gone.append(next((row for row, part, *_rest in left if part in own), left[0][0]))
    return gone


class _Bounds:
    """What is known, and how far apart the bounds of a number are that follow from it."""

    def __init__(self, parts: int, atoms: int, overlaps: bool, known: Iterable[Known]) -> None:  # noqa: FBT001 - as asked
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - the one process that needs it

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        known = list(known)
        most = _FREE + 2 * max((value for _part, _among, value in known), default=0)
        columns = [TOTAL, *range(parts)] if overlaps or not parts else [*range(parts)]
        self._number = {
            (part, atom): self._solver.NumVar(0, most, "")
            for part in columns
            for atom in range(atoms)
        }
        self._parts = [TOTAL] if TOTAL in columns else columns
        for part, among, value in known:
            self._solver.Add(self._sum(part, among) == value)

    def width(self, target: Sequence[Any]) -> int:
        """Return how many whole numbers there are between the bounds of a target."""
        part, among, _value = target
        total = self._sum(part, among)
        ends: list[float] = []
        for direct in (self._solver.Minimize, self._solver.Maximize):
            direct(total)
            if self._solver.Solve() != self._solver.OPTIMAL:
                return 0  # nothing agrees with what is known: then nothing may be told
            ends.append(self._solver.Objective().Value())
        return floor(ends[1] + _NEAR) - ceil(ends[0] - _NEAR)

    def _sum(self, part: int, among: Sequence[int]) -> Any:
        parts = self._parts if part == TOTAL else [part]
        return self._solver.Sum([self._number[each, atom] for each in parts for atom in among])


if __name__ == "__main__":
    signal.alarm(_ENDS_WITHIN)
    main(sys.stdin, sys.stdout)
