"""One table for each enumeration of others, generated from a rule over whole code lists of ours.

A table names the facts that it reads and the field that it writes in one place, and is walked
both ways: a field cannot take another's value, and no code can be forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from django.db.models import TextChoices

from balise.takedown.law.rules.items import FACTS, Answer, Item, of_address

# Beside an item's own facts: whether the country's law forbids it, as its offence says.
NATIONAL = "national"
LISTS: dict[str, type[TextChoices]] = {**FACTS, NATIONAL: Answer}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """From codes of ours (`reads`, in this order) to one code of theirs, for each combination.

    `theirs` is their whole enumeration. A row without a code: they cannot say it. `by_item`: of an
    address they take the gravest code that one of its items has, the first in `theirs`; other
    fields say what the address shows as a whole. Two items never mix into a class that neither has.
    """

    field: str
    reads: tuple[str, ...]
    theirs: type[Enum]
    rows: Mapping[Row, Enum | None]
    by_item: bool = False

    def of(self, codes: Mapping[str, str]) -> Enum | None:
        """Return their code for ours."""
        return self.rows[tuple(codes[name] for name in self.reads)]

    def back(self, code: Enum) -> tuple[Row, ...]:
        """Return the codes of ours that become this code of theirs."""
        return tuple(row for row, theirs in self.rows.items() if theirs is code)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How items are said in the words of others; `source` says where these words were read."""

    code: str
    name: str
    source: str
    tables: tuple[Table, ...]

    def of(self, item: Item, *, national: Answer = Answer.UNKNOWN) -> dict[str, Enum]:
        """Return an item in their words, by field; what they cannot say is left out.

        `national`: whether the item is illegal by the country's law, from its offence.
        """
        codes = item.codes() | {NATIONAL: str(national.value)}
        said = ((table.field, table.of(codes)) for table in self.tables)
        return {field: code for field, code in said if code is not None}

    def of_address(
        self, items: Sequence[Item], *, national: Answer = Answer.UNKNOWN
    ) -> dict[str, Enum]:
        """Return what an address with these items shows in their words, by field."""
        whole = of_address(items)
        if whole is None:
            return {}
        found = self.of(whole, national=national)
        each = [self.of(item, national=national) for item in items]
        for table in self.tables:
            if table.by_item:
                found.pop(table.field, None)
                codes = [codes[table.field] for codes in each if table.field in codes]
                if codes:
                    found[table.field] = min(codes, key=list(table.theirs).index)
        return found

    def table(self, field: str) -> Table:
        """Return the table that writes a field."""
        return next(one for one in self.tables if one.field == field)


def generate(
    field: str,
    theirs: type[Enum],
    reads: tuple[str, ...],
    rule: Callable[..., Enum | None],
    *,
    by_item: bool = True,
) -> Table:
    """Return the table of a rule over every combination of the code lists that it reads."""
    combinations = product(*(LISTS[name] for name in reads))
    rows = {tuple(str(code.value) for code in codes): rule(*codes) for codes in combinations}
    return Table(field, reads, theirs, rows, by_item)


def one_to_one(
    field: str,
    theirs: type[Enum],
    fact: str,
    pairs: Mapping[Any, Enum | None],
    *,
    by_item: bool = False,
) -> Table:
    """Return the table of one fact; raise at the start if the pairs lack a code of ours."""
    if set(pairs) != set(LISTS[fact]):
        raise TypeError(f"{field}: each code of {fact}, and no other")
    return generate(field, theirs, (fact,), lambda code: pairs[code], by_item=by_item)
