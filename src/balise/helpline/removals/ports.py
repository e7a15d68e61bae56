"""What the removal desk asks of the other lines."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port


class PassToHotline(Protocol):
    """Hand an address to the hotline, once for each origin: an address, and no word beside it."""

    def __call__(self, *, origin: UUID, address: str, by: Actor) -> None: ...


pass_to_hotline = Port[PassToHotline]("helpline.removals.pass_to_hotline")
