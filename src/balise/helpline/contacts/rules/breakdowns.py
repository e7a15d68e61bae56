"""The breakdowns of a file for others: who counts in which cell, and what is told of it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from balise.foundation.statistics.protection import (
    Exposure,
    Node,
    hidden_parts,
    is_hidden,
    is_quarterly,
    told,
)
from balise.helpline.contacts.rules.forms import Span, band_around, band_of
from balise.helpline.contacts.rules.reports import (
    NOT_DERIVED,
    YOUNG,
    Dimension,
    FactTold,
    Layout,
    Line,
    LineState,
)


@dataclass(frozen=True, slots=True)
class Protection:
    """The key of noise, and the class of each code of a dimension."""

    key: bytes
    exposure: Callable[[Dimension, str], Exposure]


type Mapper = Callable[[date, str, str], str]  # (day, our topic, taxonomy) → their code
type CodesOf = Callable[[str], Mapping[str, bool]]  # taxonomy → its codes, and which we count
type Yearly = frozenset[tuple[str, str]]  # (dimension, code) that are told of whole years alone
type _Cell = tuple[int, int]  # how many units, and the sum of their record keys


def counted(
    plan: Layout,
    node: Node,
    *,
    contacts: Iterable[FactTold],
    facts: Iterable[FactTold],
    mapper: Mapper,
    codes_of: CodesOf,
    protection: Protection,
    yearly: Yearly = frozenset(),
) -> tuple[Line, ...]:
    """Return the lines of a file, from the contacts of a period and from the facts that stay.

    The units of a dimension are what it is counted of. The same units give the same number in
    every file and table, and no sum of a breakdown is told.
    """
    dimensions = [each for each in plan.dimensions if each.since <= node.first]
    cells: dict[str, dict[str, _Cell]] = {each.code: {} for each in plan.dimensions}
    for is_of_facts, units in ((False, contacts), (True, facts)):
        asked = [each for each in dimensions if each.is_of_facts == is_of_facts]
        for unit in units:
            for dimension in asked:
                found = cells[dimension.code]
                for code in _theirs(unit, dimension, mapper):
                    many, keys = found.get(code, (0, 0))
                    found[code] = (many + 1, keys + unit.key)
    lines: list[Line] = []
    for dimension in plan.dimensions:
        known = (
            codes_of(dimension.taxonomy)
            if dimension.taxonomy
            else dict.fromkeys(dimension.own_codes, True)
        )
        is_there = dimension in dimensions
        counts = {code: is_there and is_counted for code, is_counted in known.items()}
        name = f"{plan.name}|{dimension.code}"
        only = frozenset(code for of, code in yearly if of == dimension.code)
        lines += _lines(dimension, counts, cells[dimension.code], protection, name, node, only)
    return tuple(lines)


def _lines(
    dimension: Dimension,
    counts: Mapping[str, bool],
    cells: Mapping[str, _Cell],
    protection: Protection,
    name: str,
    node: Node,
    yearly: frozenset[str] = frozenset(),
) -> list[Line]:
    classes = {code: protection.exposure(dimension, code) for code in counts}
    numbers: dict[str, int] = {}
    for code, exposure in classes.items():
        many, keys = cells.get(code, (0, 0))
        if exposure.is_protected:
            cell = f"{name}|{code}|{node}"
            numbers[code] = told(protection.key, many, keys, exposure, cell=cell)
        else:
            numbers[code] = many
    parts = {
        code: 0 if code in yearly else number
        for code, number in numbers.items()
        if counts[code] and classes[code].is_protected
    }
    hidden = (
        hidden_parts(parts)
        if dimension.is_exclusive
        else {code for code, number in parts.items() if is_hidden(number)}
    )

    def state(code: str) -> LineState:
        if not counts[code]:
            return LineState.NOT_COUNTED
        if classes[code] is Exposure.INSIDE:
            return LineState.NOT_TOLD
        if code in yearly and code in parts:
            return LineState.YEARLY_ONLY
        if code not in hidden:
            return LineState.SHOWN
        return LineState.UNDER_THRESHOLD if is_hidden(parts[code]) else LineState.NOT_TOLD

    states = {code: state(code) for code in sorted(counts)}
    return [
        Line(
            dimension.code,
            code,
            numbers[code] if each is LineState.SHOWN else None,
            each,
            classes[code].noise_at_most,
        )
        for code, each in states.items()
    ]


def rare(year_before: Iterable[Iterable[Line]]) -> Yearly:
    """Return what is told of whole years alone, from what was told of four quarters.

    A code that had no number then, or that is not protected, is not among them.
    """
    told_of: dict[tuple[str, str], list[int]] = {}
    for line in chain.from_iterable(year_before):
        if line.noise_at_most and line.state is not LineState.NOT_COUNTED:
            told_of.setdefault((line.dimension, line.code), []).append(line.count or 0)
    return frozenset(of for of, numbers in told_of.items() if not is_quarterly(numbers))


def _theirs(fact: FactTold, dimension: Dimension, mapper: Mapper) -> set[str]:
    if dimension.ages and (dimension.of != "who" or fact.caller in YOUNG):
        return {_their_age(fact.age, dimension)}
    ours = fact.codes(dimension.of)
    if dimension.taxonomy:
        found = {mapper(fact.day, code, dimension.taxonomy) for code in ours}
    else:
        found = {dimension.codes.get(code, dimension.rest) for code in ours}
    return found - {""}


def _their_age(age: Span | None, dimension: Dimension) -> str:
    """Return their band of an age; the rest for one that is not said or is in none of theirs."""
    if age is None:
        return dimension.rest
    if found := band_around(age, dimension.ages):
        return found
    first, last = (band_of(years, dimension.ages) for years in age)
    return NOT_DERIVED if first or last else dimension.rest
