"""Tell both sides of a conversation what became of a picture, or of what was asked of a vault.

A code, and no word of anyone.
"""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.conversations import bell
from balise.helpline.conversations.actions.writing import side_of, write
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationState,
    Side,
    check_goes_on,
)


def tell_of_picture(*, conversation_id: UUID, code: str, is_new: bool = False, by: Actor) -> None:
    """Write in the log what became of a picture, within the caller's transaction.

    A new one is refused (ConversationOver) once it has ended; of another one nothing is written
    then. Whether `by` may is for the caller to ask.
    """
    _tell(ChatEventKind.PICTURE, conversation_id, code, is_new=is_new, by=by)


def tell_of_vault(*, conversation_id: UUID, code: str, is_new: bool = False, by: Actor) -> None:
    """Write in the log what was asked of a vault, and what became of it; as `tell_of_picture`."""
    _tell(ChatEventKind.VAULT, conversation_id, code, is_new=is_new, by=by)


def _tell(
    kind: ChatEventKind, conversation_id: UUID, code: str, *, is_new: bool, by: Actor
) -> None:
    one = Conversation.locked(conversation_id)
    if is_new:
        check_goes_on(one.state)
    if one.state == ConversationState.ENDED:
        return
    write(conversation=one, kind=kind, moment=now(), code=code, by=by)
    if one.listener and side_of(by=by) is Side.YOUNG:
        bell.ring(UUID(one.listener), note="news")
