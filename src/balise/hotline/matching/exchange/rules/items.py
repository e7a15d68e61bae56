"""What every source of hashes is reduced to: ranges, pages, and entries under its own references.

Pure; each source's own shape is in `rules/sources`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Final, NamedTuple, Protocol

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

# The words of the exchange: what partners answer, what they are told to do, why one is cut off.


class Replied(TextChoices):
    """What a partner says of an entry."""

    RECEIVED = "received", pgettext_lazy("partner’s answer", "received")
    BLOCKED = "blocked", pgettext_lazy("partner’s answer", "blocked")
    NOT_FOUND = "not-found", pgettext_lazy("partner’s answer", "not found")
    WITHDRAWN = "withdrawn", pgettext_lazy("partner’s answer", "withdrawn")


class Todo(StrEnum):
    """What a partner that asks is told to do. These words are part of our API."""

    NOTHING = "nothing"
    BLOCK = "block"
    REVIEW = "review"
    ASK_AGAIN = "ask-again"  # not all of the index answered: never "no"


class CutOff(TextChoices):
    """Why a partner was cut off by itself."""

    PLANTED = "planted", pgettext_lazy("cut off", "It asked about an entry that no picture has")
    PROBING = "probing", pgettext_lazy("cut off", "It asked too often about one picture")
    INVENTED = "invented", pgettext_lazy("cut off", "It blocked an entry that no picture has")


class Vote(TextChoices):
    """What we say to a source of an entry of its list, once a person has decided."""

    AGREES = "agrees", pgettext_lazy("vote", "It agrees")
    DISAGREES = "disagrees", pgettext_lazy("vote", "It disagrees")


class Fault(TextChoices):
    """What is wrong with a page, or with a source."""

    UNREADABLE = "unreadable", pgettext_lazy("hash source", "The page could not be read")
    ENTRIES = "entries", pgettext_lazy("hash source", "Some entries could not be read")
    REFUSED = "refused", pgettext_lazy("hash source", "It refuses us")
    SILENT = "silent", pgettext_lazy("hash source", "It did not answer")
    EXPIRED = "expired", pgettext_lazy("hash source", "Its links expire before the list ends")
    ENDLESS = "endless", pgettext_lazy("hash source", "Its list does not end")


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


# How our copy of a source follows it: what an entry that comes means for the one we hold. Pure.


class Step(StrEnum):
    """What is done with an entry that has come."""

    NOTHING = "nothing"
    ADD = "add"
    CHANGE = "change"  # what we hold is withdrawn, and what it says now is added
    WITHDRAW = "withdraw"
    OWN = "own"  # ours, come back


class Copy(NamedTuple):
    """What we hold under a reference. `until` is the range in which it came last."""

    digest: bytes
    version: int
    is_gone: bool
    until: str


def step_of(item: Item, held: Copy | None, *, own: str, until: str) -> Step:
    """Return what an entry asks of us.

    Pages come in any order, and old ranges again: what is older is passed over, and within one
    range a withdrawal wins, for the source does not say which came last.
    """
    if own and own in item.origins:
        return Step.OWN
    if held is None:
        return Step.NOTHING if item.is_gone or not item.signals else Step.ADD
    said_at, held_at = (item.version, until), (held.version, held.until)
    if said_at < held_at or item.digest == held.digest:
        return Step.NOTHING
    if item.is_gone or not item.signals:
        return Step.NOTHING if held.is_gone else Step.WITHDRAW
    if held.is_gone:
        return Step.ADD if said_at > held_at else Step.NOTHING
    return Step.CHANGE
