"""What every source of hashes is reduced to: ranges, pages, and entries under its own references.

Pure; each source's own shape is in `rules/sources`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final, NamedTuple, Protocol

from balise.hotline.matching.exchange.rules.words import Vote
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

LONGEST_REFERENCE: Final = 120
LONGEST_RANGE: Final = timedelta(days=30)
# What a source still writes at the end of a range would be missed: the range ends a little before.
SETTLES: Final = timedelta(minutes=5)
BEGINNING: Final = "2010-01-01T00:00:00Z"
_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"


class PageUnreadable(ValueError):
    """Nothing of a page can be read; the message is a code for a log, without any of its words."""


class Item(NamedTuple):
    """An entry as its source has it.

    `opinion` is a word of the banks. `origin` is who gave it to the source, as it calls them;
    `version` is when it was changed, in seconds, 0 where the source does not say.
    """

    reference: str
    signals: tuple[Signal, ...] = ()
    opinion: str = "positive"
    labels: tuple[str, ...] = ()
    is_gone: bool = False
    version: int = 0
    origins: tuple[str, ...] = ()

    @property
    def digest(self) -> bytes:
        """Return 16 bytes that change with what it says, and with nothing else."""
        found = blake2b(digest_size=16)
        for one in sorted(self.signals):
            found.update(one.kind.encode() + one.value + bytes((one.quality,)))
        said = (self.opinion, *sorted(self.labels), str(self.is_gone))
        found.update("\0".join(said).encode())
        return found.digest()


class Ask(NamedTuple):
    """One request to a source, below its address: a method, a path, a query, a body."""

    path: str
    query: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes = b""
    content_type: str = ""

    @property
    def words(self) -> dict[str, object]:
        """Return what of it a person may read: a path and the words of a query."""
        return {"path": self.path, "query": dict(self.query)}


class Range(NamedTuple):
    """From one moment of a source to another, as it writes them. `until` is the checkpoint then."""

    since: str
    until: str


class Page(NamedTuple):
    """What was read of a page.

    `unread` counts the entries that could not be read, `following` asks for the next page, None at
    the end. `until` is where the source says that the next range begins, "" where we say it.
    """

    items: tuple[Item, ...]
    unread: int = 0
    following: Ask | None = None
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a source is addressed: its address, the names and secrets it gave us, what we are there.

    `own` is what it calls us, so that our entries are known when they come back.
    """

    address: str
    user: str = ""
    secret: str = ""
    own: str = ""


class Adapter(Protocol):
    """One source's shape."""

    code: str
    bank: str  # the code of the bank that its entries go to
    name: str  # as people read it
    production: str  # its public address, below which everything is
    is_bounded: bool  # whether a range has an end there; else everything since its beginning comes

    def begins(self, ranged: Range) -> Ask:
        """Return what asks for the first page of a range."""

    def reads(self, octets: bytes, ask: Ask) -> Page:
        """Return what a page holds. Raises PageUnreadable."""

    def passes(self, octets: bytes, ask: Ask, ranged: Range, reached: int) -> Ask | None:
        """Return what asks for the page after one that can't be read; None where none can follow.

        `reached` is the latest version that was read in this range.
        """

    def headers(self, access: Access) -> dict[str, str]:
        """Return the headers that a request carries, beside Basic authentication."""

    def user(self, access: Access) -> tuple[str, str] | None:
        """Return the name and the password of Basic authentication, or None."""

    def votes(self, reference: str, kind: HashKind, vote: Vote) -> Ask | None:
        """Return what tells the source of a vote, or None where it hears none."""


def stamp(moment: datetime) -> str:
    """Return a moment as NCMEC writes it: UTC, whole seconds, `Z`."""
    return moment.strftime(_STAMP)


def moment_of(text: str) -> datetime:
    """Return the moment of a stamp, aware. Raises ValueError."""
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)


def next_range(checkpoint: str, now: datetime, *, is_bounded: bool) -> Range:
    """Return the range to ask for: a month at most if `is_bounded`, never up to this very moment.

    A checkpoint in the future, or that is no moment, begins again: nothing would ever come.
    """
    latest = now - SETTLES
    try:
        since = moment_of(checkpoint or BEGINNING)
    except ValueError:
        since = moment_of(BEGINNING)
    if since >= latest:
        return Range(stamp(since), stamp(since))
    until = min(since + LONGEST_RANGE, latest) if is_bounded else latest
    return Range(stamp(since), stamp(until))
