"""What the laboratory asks of the helpline: to take care of someone under 18."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port


class PassToHelpline(Protocol):
    """Hand a young person to the helpline, who asked for it; return the number of the referral."""

    def __call__(
        self, *, origin: UUID, contact: str, age_band: str, words: str, by: Actor
    ) -> UUID: ...


pass_to_helpline = Port[PassToHelpline]("hotline.laboratory.pass_to_helpline")
