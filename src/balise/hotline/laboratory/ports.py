"""What the laboratory asks of the helpline: to take care of someone under 18, and to read words."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.danger import DangerIn
from balise.foundation.ports import Port


class PassToHelpline(Protocol):
    """Hand a young person to the helpline, who asked for it; return the number of the referral."""

    def __call__(
        self, *, origin: UUID, contact: str, age_band: str, words: str, by: Actor
    ) -> UUID: ...


danger_in = Port[DangerIn]("hotline.laboratory.danger_in")
pass_to_helpline = Port[PassToHelpline]("hotline.laboratory.pass_to_helpline")
