"""What this module shows on pages of conversations and cases, which do not know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.web.parts import Part
from balise.helpline.pictures import queries
from balise.helpline.pictures.queries import Card

STYLE = "pictures/pictures.css"


@dataclass(frozen=True, slots=True)
class Cards:
    """The pictures of a conversation or a case."""

    about: UUID
    cards: Sequence[Card]


def room(token: Receipt, _seen_by: Actor) -> Part:
    """Return a young person's own pictures, above what they write; a script draws them again."""
    return Part("helpline/pictures/parts/room.html", queries.of_child(token), STYLE)


def composer(_token: Receipt, _seen_by: Actor) -> Part:
    """Return the way to show a picture: it takes along what is being written."""
    return Part("helpline/pictures/parts/way.html", None)


def pane(conversation_id: UUID, seen_by: Actor) -> Part | None:
    """Return the cards of a conversation, for its listener alone; a new one is drawn at once."""
    if not queries.may_see(conversation_id, who=seen_by):
        return None
    cards = queries.of_conversation(conversation_id, seen_by=seen_by)
    return Part("helpline/pictures/parts/cards.html", Cards(conversation_id, cards), STYLE)


def veiled() -> Part:
    """Return the part that draws a picture, blurred first; it reads its address as `source`."""
    return Part("helpline/pictures/parts/veiled.html", None, STYLE)


def case(case_id: UUID, seen_by: Actor) -> Part | None:
    """Return the pictures kept in a case, for its members; None for none."""
    cards = queries.of_case(case_id, seen_by=seen_by)
    shown = Cards(case_id, cards)
    return Part("helpline/pictures/parts/kept.html", shown, STYLE) if cards else None
