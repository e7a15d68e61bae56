"""What someone gives who registers, and which addresses are one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

AGAIN: Final = timedelta(hours=1)  # before an address that registers again is written to again
KEPT: Final = timedelta(days=30)  # after the end of the event
SOON: Final = timedelta(days=1)
NOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A registration as the form has it; the event and its kind are those of the page."""

    event: UUID
    kind: str
    address: str
    language: str
    is_adult: bool
    name: str = ""
    comes_as: str = ""


def canonical(address: str) -> str:
    """Return an address as it is compared: two that differ by case or spaces are one."""
    return address.strip().lower()
