"""What is forgotten, when and how: lines declare it. And when no clock may be trusted with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import NAMESPACE_URL, UUID, uuid5


class Words(Protocol):
    """Words for people, translated when they are shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One retention rule.

    `forgets` is the table whose records it destroys, with all that hangs on them, or empties of
    what is sealed. `due` returns the records whose time has come at a moment, all or the first of
    them; `erase` destroys these records with their keys, leaves the figures, and returns how many
    there were.
    """

    name: str
    forgets: type
    line: str
    says: Words
    due: Callable[[datetime], Iterable[UUID]]
    erase: Callable[[Sequence[UUID]], int]

    @property
    def subject(self) -> UUID:
        """The rule's own id, the same in every centre; the journal names it."""
        return uuid5(NAMESPACE_URL, f"urn:balise:retention:{self.name}")


RULES: dict[str, Rule] = {}

LONGEST_SILENCE = timedelta(hours=24)


def register(*rules: Rule) -> None:
    """Add rules to those that are applied every night; the centre's start calls it."""
    for rule in rules:
        known = RULES.setdefault(rule.name, rule)
        if known != rule:
            raise ValueError(f"two retention rules are called {rule.name}")


def find_jump(moments: Iterable[datetime], now: datetime) -> tuple[datetime, datetime] | None:
    """Return the first two successive moments of a record that are more than 24 h apart.

    The record ends with `now`. Forward or backward, such a jump means that the clock may be wrong
    now, or was wrong when the record was written.
    """
    before: datetime | None = None
    for moment in moments:
        if before is not None and abs(moment - before) > LONGEST_SILENCE:
            return before, moment
        before = moment
    if before is not None and abs(now - before) > LONGEST_SILENCE:
        return before, now
    return None
