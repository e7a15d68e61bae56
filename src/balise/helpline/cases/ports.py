"""What the helpline asks of the other lines."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port


class ReportContent(Protocol):
    """Hand contents to the hotline, once for an origin, without a name; return its report.

    Refuses (Refused) addresses that cannot be read, saying which.
    """

    def __call__(
        self, *, origin: UUID, addresses: Sequence[str], words: str, danger: bool, by: Actor
    ) -> UUID: ...


class Standing(Protocol):
    """The state of a content: in two or three words, in a sentence, and how to mark it."""

    @property
    def label(self) -> object: ...

    @property
    def words(self) -> object: ...

    @property
    def tone(self) -> str: ...


report_content = Port[ReportContent]("helpline.cases.report_content")
# What became of the contents that were handed over for an origin; nothing that says which they are.
standings = Port[Callable[[UUID], Sequence[Standing]]]("helpline.cases.standings")
