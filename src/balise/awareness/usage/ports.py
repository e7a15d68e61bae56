"""What usage asks of those whose things it counts."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol

from balise.foundation.ports import Port


class Named(NamedTuple):
    """A thing as people know it, and where it is read."""

    title: str
    address: str


class Names(Protocol):
    """Answered by publications: what they are called in a language, of those that are public."""

    def __call__(self, *, things: Collection[str], language: str) -> Mapping[str, Named]: ...


class ThingAt(Protocol):
    """Answered by publications: the key of what is public at a path; "" for another page."""

    def __call__(self, *, path: str) -> str: ...


class KnownCampaign(Protocol):
    """Answered by campaigns: the code of one as it is kept, "" for none; refuses another."""

    def __call__(self, code: str, /) -> str: ...


names = Port[Names]("usage.names")
thing_at = Port[ThingAt]("usage.thing_at")
campaign = Port[KnownCampaign]("usage.campaign")
