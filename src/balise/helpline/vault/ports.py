"""What is asked of pictures, which a centre turns on (decision 67), and of dossiers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.packs import Words
from balise.foundation.ports import Port
from balise.foundation.web.pages import Part
from balise.takedown.onward.dossiers.rules.facts import Offer


class Draw(Protocol):
    """Answered by pictures: a picture drawn again as WebP, the look counted as exposure."""

    def __call__(self, *, octets: bytes, by: Actor) -> bytes: ...


class Close(Protocol):
    """Answered by pictures: close one to all but one supervisor; the case of the duty, if any."""

    def __call__(self, *, octets: bytes, case_id: UUID, by: Actor) -> UUID | None: ...


class Veil(Protocol):
    """Answered by pictures: the part of a page that draws a picture, blurred first."""

    def __call__(self) -> Part: ...


class Receiver(Protocol):
    """An authority that may be given evidence: its code, its name, the language that it reads."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> Words: ...

    @property
    def language(self) -> str: ...


class HandOver(Protocol):
    """Answered by dossiers: draft the dossier of what is offered, once; its id.

    Refuses (Refused) what an authority could not act on. Another person approves it there.
    """

    def __call__(self, *, authority: str, offer: Offer, by: Actor) -> UUID: ...


class Became(Protocol):
    """What became of a dossier: its state in words since when, its number, what was answered."""

    @property
    def label(self) -> object: ...

    @property
    def number(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def answer(self) -> str: ...


class Follow(Protocol):
    """Answered by dossiers: what became of some, by their id; nothing that one says."""

    def __call__(self, dossier_ids: Iterable[UUID], *, seen_by: Actor) -> Mapping[UUID, Became]: ...


class Receivers(Protocol):
    """Answered by dossiers: the authorities of the country, the usual one first."""

    def __call__(self) -> Sequence[Receiver]: ...


# Nobody answers where pictures are off: then none is shown or taken out of a case.
draw = Port[Draw]("vault.draw")
veil = Port[Veil]("vault.veil")
close = Port[Close]("vault.close")
hand_over = Port[HandOver]("vault.hand_over")
follow = Port[Follow]("vault.follow")
receivers = Port[Receivers]("vault.receivers")
