"""Who hears of a kit's next version: for how long an address is kept, and which is one. Pure."""

from datetime import timedelta
from typing import Final

UNCONFIRMED: Final = timedelta(days=7)
KEPT: Final = timedelta(days=730)  # 24 months after the confirmation
AGAIN: Final = timedelta(days=1)  # before an address is asked again whether it wants to hear


def canonical(address: str) -> str:
    """Return an address as it is compared: two that differ by case or spaces are one."""
    return address.strip().lower()
