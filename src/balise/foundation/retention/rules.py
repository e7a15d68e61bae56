"""What is forgotten, when and how, as modules declare it; and when the clock is not trusted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5


class Words(Protocol):
    """Words for people, translated when they are shown."""

    def __str__(self) -> str: ...


type Due = Callable[[datetime], Any]  # a QuerySet, of which nothing is asked here
type Erase = Callable[[Sequence[Any]], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """One retention rule; its line is the first word of its name.

    `forgets` is the table whose rows it deletes, with all that hangs on them, or empties of what
    is encrypted. `due` returns the rows whose time has come at a moment. `erase` takes their
    primary keys in one transaction, leaves the figures, and returns how many rows there were.
    """

    name: str
    forgets: type
    says: Words
    due: Due
    erase: Erase

    @property
    def line(self) -> str:
        """The line that forgets, in whose part of the journal it is written down."""
        return self.name.partition(".")[0]

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
