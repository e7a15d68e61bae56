"""What the helpline asks of the other lines."""

from collections.abc import Sequence
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


report_content = Port[ReportContent]("helpline.cases.report_content")
