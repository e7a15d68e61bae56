"""What this module shows on pages of cases and conversations, which do not know it."""

from uuid import UUID

from django.utils.translation import get_language

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.web.parts import Part
from balise.helpline.vault import queries


def language() -> str:
    """Return the language of the words: that of the page."""
    return (get_language() or "fr")[:2]


def case(case_id: UUID, seen_by: Actor) -> Part | None:
    """Return what was shared with a case, and the way to invite; None for who is not on it."""
    shelf = queries.of_case(case_id, language=language(), seen_by=seen_by)
    return Part("helpline/vault/parts/shelf.html", shelf) if shelf else None


def pane(conversation_id: UUID, seen_by: Actor) -> Part | None:
    """Return what was asked of a vault, or the way to ask, for the listener alone."""
    found = queries.asked_in(conversation_id, seen_by=seen_by)
    return Part("helpline/vault/parts/ask.html", found) if found else None


def room(token: Receipt, _seen_by: Actor) -> Part:
    """Return what the listener asks of the young person's vault; a script draws it again."""
    return Part("helpline/vault/parts/room.html", queries.is_asked(token))
