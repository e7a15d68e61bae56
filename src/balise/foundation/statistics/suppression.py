"""Hide small figures in a table that leaves the house, so that no total gives them away. Pure.

A figure from 1 to 4 may speak of a person who can be recognised. It is hidden; so is as much more
as keeps the totals from revealing it by subtraction. A zero speaks of nobody and stays.

What is promised: from everything that is shown, from the rule itself and from the knowledge that
a hidden figure is at least one, no hidden figure follows. What is not: that two tables of
overlapping periods, put side by side, reveal nothing (publish one cut of the figures, not two),
nor that somebody who tries this very rule on every possible table never narrows one down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

TOTAL = ""
"""The word that stands for all values of a dimension."""

type Key = tuple[str, ...]
type Shown = dict[Key, int | None]


def suppress(table: Mapping[Key, int], *, threshold: int = 5) -> Shown:
    """Return a table's cells and all its totals, None where a figure is hidden.

    A key has one word for each dimension; TOTAL in its place stands for the sum over it, so
    `(TOTAL, "fr")` is the sum of a column and `(TOTAL, TOTAL)` that of the table. Every figure
    from 1 to below `threshold` is hidden, whether cell or total, and the smallest others with it
    until nothing hidden can be worked out. Raises ValueError for a negative figure or keys of
    different lengths.
    """
    figures = with_totals(table)
    relations = _relations(figures)
    hidden = {key for key, figure in figures.items() if 0 < figure < threshold}
    while exposed := _exposed(figures, relations, hidden, threshold):
        more = _one_more(figures, relations, hidden, exposed)
        if more is None:
            break
        hidden.add(more)
    return {key: None if key in hidden else figure for key, figure in figures.items()}


def with_totals(table: Mapping[Key, int]) -> dict[Key, int]:
    """Return a table's cells with every total over them; a combination that is missing is 0."""
    dimensions = {len(key) for key in table}
    if len(dimensions) > 1:
        raise ValueError("every key has a word for each dimension")
    if any(figure < 0 for figure in table.values()):
        raise ValueError("nothing is counted less than never")
    if any(TOTAL in key for key in table):
        raise ValueError("a cell has a word for each dimension, a total is computed")
    if not table:
        return {}
    [dimension] = dimensions
    words = [sorted({key[n] for key in table}) for n in range(dimension)]
    figures = {key: table.get(key, 0) for key in product(*words)}
    for n in range(dimension):
        sums: dict[Key, int] = {}
        for key, figure in figures.items():
            total = (*key[:n], TOTAL, *key[n + 1 :])
            sums[total] = sums.get(total, 0) + figure
        figures |= sums
    return figures


type _Relation = tuple[Key, tuple[Key, ...]]  # a total, and what adds up to it


def _relations(figures: Mapping[Key, int]) -> list[_Relation]:
    parts: dict[tuple[int, Key], list[Key]] = {}
    for key in figures:
        for n, word in enumerate(key):
            if word != TOTAL:
                parts.setdefault((n, (*key[:n], TOTAL, *key[n + 1 :])), []).append(key)
    return [(total, tuple(keys)) for (_n, total), keys in parts.items()]


def _exposed(
    figures: Mapping[Key, int], relations: Sequence[_Relation], hidden: set[Key], threshold: int
) -> set[Key]:
    """Return the hidden figures that follow from what is shown."""
    everything = sum(figures.values()) + 1
    return (
        set(_by_small_remainder(figures, relations, hidden, threshold))
        or set(_by_bounds(figures, relations, hidden, everything))
        or set(_by_bounds(figures, relations, hidden, threshold - 1))
        or set(_by_equations(relations, hidden))
    )


def _by_small_remainder(
    figures: Mapping[Key, int], relations: Sequence[_Relation], hidden: set[Key], threshold: int
) -> Iterator[Key]:
    """Yield what a total minus the shown cells leaves, where too little or one alone is left."""
    for total, parts in relations:
        unknown = [key for key in parts if key in hidden]
        if total in hidden or not unknown:
            continue
        if len(unknown) == 1 or sum(figures[key] for key in unknown) < threshold:
            yield from unknown


def _by_bounds(
    figures: Mapping[Key, int], relations: Sequence[_Relation], hidden: set[Key], most: int
) -> Iterator[Key]:
    """Yield what narrowing from relation to relation leaves one value for.

    Each hidden figure is supposed to be at most `most`, and at least 1, or 0 once a zero had to
    be hidden. Where one is larger than supposed, nothing follows.
    """
    if any(figures[key] > most for key in hidden):
        return
    least = 0 if any(figures[key] == 0 for key in hidden) else 1
    bounds = {key: (least, most) if key in hidden else (n, n) for key, n in figures.items()}
    for _round in range(len(figures)):
        before = dict(bounds)
        for total, parts in relations:
            _narrow(bounds, total, parts)
        if bounds == before:
            break
    yield from (key for key in hidden if bounds[key][0] == bounds[key][1])


def _narrow(bounds: dict[Key, tuple[int, int]], total: Key, parts: Sequence[Key]) -> None:
    low, high = (sum(bounds[key][end] for key in parts) for end in (0, 1))
    bounds[total] = (max(bounds[total][0], low), min(bounds[total][1], high))
    for key in parts:
        others_low, others_high = low - bounds[key][0], high - bounds[key][1]
        bounds[key] = (
            max(bounds[key][0], bounds[total][0] - others_high),
            min(bounds[key][1], bounds[total][1] - others_low),
        )
        low, high = others_low + bounds[key][0], others_high + bounds[key][1]


def _by_equations(relations: Sequence[_Relation], hidden: set[Key]) -> Iterator[Key]:
    """Yield what the relations, solved together, determine (Gaussian elimination)."""
    rows: list[dict[Key, Fraction]] = []
    for total, parts in relations:
        row = {key: Fraction(1) for key in parts if key in hidden}
        if total in hidden:
            row[total] = Fraction(-1)
        if row:
            rows.append(row)
    solved: dict[Key, dict[Key, Fraction]] = {}
    for row in rows:
        rest = dict(row)
        for pivot, known in solved.items():
            if pivot in rest:
                rest = _minus(rest, known, rest[pivot])
        if not rest:
            continue
        pivot = min(rest)
        rest = {key: factor / rest[pivot] for key, factor in rest.items()}
        for other, known in solved.items():
            if pivot in known:
                solved[other] = _minus(known, rest, known[pivot])
        solved[pivot] = rest
    yield from (pivot for pivot, row in solved.items() if len(row) == 1)


def _minus(
    row: dict[Key, Fraction], other: dict[Key, Fraction], times: Fraction
) -> dict[Key, Fraction]:
    keys = {*row, *other}
    left = {key: row.get(key, Fraction()) - times * other.get(key, Fraction()) for key in keys}
    return {key: factor for key, factor in left.items() if factor}


def _one_more(
    figures: Mapping[Key, int],
    relations: Sequence[_Relation],
    hidden: set[Key],
    exposed: Iterable[Key],
) -> Key | None:
    """Return the next figure to hide: the cheapest that stands with an exposed one.

    A cell before a total, a small one before a large one; a zero where nothing else is left.
    """
    targets = set(exposed)

    def cost(key: Key) -> tuple[int, int, Key]:
        return (sum(word == TOTAL for word in key), figures[key], key)

    near = {
        key
        for total, parts in relations
        if targets.intersection((total, *parts))
        for key in (total, *parts)
    }
    near -= hidden
    for choice in ([key for key in near if figures[key]], near, set(figures) - hidden):
        if choice:
            return min(choice, key=cost)
    return None
