"""What the hotline asks of the other lines."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.danger import DangerIn
from balise.foundation.ports import Port


class PassToHelpline(Protocol):
    """Hand a person to the helpline, who agreed to it; return the number of the referral."""

    def __call__(
        self, *, origin: UUID, contact: str, age_band: str, words: str, by: Actor
    ) -> UUID: ...


class ToldAbroad(Protocol):
    """Return how many hotlines abroad were told of a content."""

    def __call__(self, *, content: UUID) -> int: ...


told_abroad = Port[ToldAbroad]("hotline.reports.told_abroad")  # where a centre exchanges
danger_in = Port[DangerIn]("hotline.reports.danger_in")
pass_to_helpline = Port[PassToHelpline]("hotline.reports.pass_to_helpline")
