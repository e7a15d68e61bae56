"""What the directory asks: it holds organisations, and does not know how they behave."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port


class RemovalTimes(Protocol):
    """How long an organisation took to remove what it was told of, ready to be shown."""

    @property
    def count(self) -> int: ...


class TimesOf(Protocol):
    """Return an organisation's removal times, or None: there are none, or not for this actor."""

    def __call__(self, host: UUID, *, seen_by: Actor) -> RemovalTimes | None: ...


removal_times = Port[TimesOf]("takedown.directory.removal_times")
