"""What campaigns ask of those who count something under their codes."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from balise.foundation.ports import Port


class Counted(NamedTuple):
    """What carried a code: what it is, how many, of what.

    Rows of different rooms, or units, are never added up.
    """

    label: str
    number: int
    unit: str


class Counts(Protocol):
    """Answered by each room that counts: what carried a campaign's code there."""

    def __call__(self, *, code: str) -> Sequence[Counted]: ...


counted = Port[Sequence[Counts]]("campaigns.counted")
