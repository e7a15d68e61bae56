"""A report on its way in, whichever door it comes through."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.encryption.receipts import Receipt
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A report on its way in. `key` (16 bytes) is what makes it one report however often sent."""

    key: bytes
    channel: Channel
    answers: Answers
    language: str
    received_at: datetime
    is_finished: bool
    receipt: Receipt | None = None
    partner: UUID | None = None
    # Whether someone follows it without a receipt: a partner's people at their desk.
    has_reader: bool = False
    # The blind index of what was said, where the same key may come with other words (an API).
    said_key: bytes = b""
