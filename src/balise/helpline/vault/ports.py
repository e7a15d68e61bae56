"""What is asked of the pictures of a screen, which a centre turns on (decision 67)."""

from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port
from balise.foundation.web.parts import Part


class Draw(Protocol):
    """Answered by pictures: a picture drawn again as WebP, the look counted as exposure."""

    def __call__(self, *, octets: bytes, by: Actor) -> bytes: ...


class Close(Protocol):
    """Answered by pictures: close one to all but one supervisor; the case of the duty, if any."""

    def __call__(self, *, octets: bytes, case_id: UUID, by: Actor) -> UUID | None: ...


class Veil(Protocol):
    """Answered by pictures: the part of a page that draws a picture, blurred first."""

    def __call__(self) -> Part: ...


# Nobody answers where pictures are off: then none is shown or taken out of a case.
draw = Port[Draw]("vault.draw")
veil = Port[Veil]("vault.veil")
close = Port[Close]("vault.close")
