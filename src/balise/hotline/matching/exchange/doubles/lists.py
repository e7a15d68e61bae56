"""What the invented sources of hashes have on their lists, and how each behaves."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Manner(StrEnum):
    """What a source does that a client must survive."""

    UNORDERED = "unordered"  # pages are not in the order of time
    CORRUPT = "corrupt"  # its second page is cut short
    SPOILT = "spoilt"  # one entry has a hash of 255 bits
    EXPIRING = "expiring"  # the first link to a second page leads nowhere
    CHANGING = "changing"  # an entry changes once the first page was read
    LISTS = "lists"  # `[]` where an empty object belongs
    GARBAGE = "garbage"  # it answers something else altogether
    ENDLESS = "endless"  # each page leads to itself
    SLOW = "slow"  # it answers only once it is let
    REFUSING = "refusing"  # it knows no such user
    FAILING = "failing"  # it is broken


@dataclass(slots=True)
class Listed:
    """An entry on a list. `changed` is in seconds; `member` gave it."""

    number: str
    pdq: str
    changed: int
    md5: str = ""
    member: str = "7"
    is_gone: bool = False


@dataclass(slots=True)
class List:
    """A source's list and manners, what it was told, and how it is paged."""

    entries: list[Listed] = field(default_factory=list)
    manners: set[Manner] = field(default_factory=set)
    page: int = 3  # entries of a page
    votes: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0
    expired: bool = False
    changed: bool = False
    _paged: list[Listed] = field(default_factory=list)

    def paged(self, since: int, until: int, *, start: int) -> list[Listed]:
        """Return what changed in a range as it was when its first page was asked for."""
        if not start:
            self._paged = self._between(since, until)
        return self._paged

    def _between(self, since: int, until: int) -> list[Listed]:
        """Return what changed in a range, in the order in which it is paged."""
        found = [one for one in self.entries if since <= one.changed < until]
        if Manner.UNORDERED in self.manners:
            Random(len(found)).shuffle(found)  # noqa: S311 - the same each time
            return found
        return sorted(found, key=lambda one: one.changed)

    def change(self, *, at: int) -> None:
        """Change the first entry, once, and withdraw the second."""
        if Manner.CHANGING in self.manners and not self.changed and len(self.entries) > 1:
            self.changed = True
            first, second = self.entries[:2]
            first.pdq, first.changed = first.pdq[::-1], at
            second.is_gone, second.changed = True, at


def invented(seed: int, many: int, *, begin: int, step: int = 3_600) -> list[Listed]:
    """Return entries of drawings that nobody has drawn, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - the same in every demonstration
    return [
        Listed(
            number=f"{seed}-{place}",
            pdq=chance.randbytes(32).hex(),
            md5=chance.randbytes(16).hex(),
            changed=begin + place * step,
        )
        for place in range(many)
    ]
