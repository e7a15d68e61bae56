"""Let a supervisor who reads along speak in a conversation: the young person is told first.

The listener stays its listener. What the supervisor says stands behind the line that says that
someone else has joined: nobody speaks who was not announced (`rules.saying`).
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions.writing import write
from balise.helpline.conversations.events import SupervisorJoined, SupervisorLeft
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationState,
    NobodyTalks,
    check_goes_on,
)


def speak_in(*, conversation_id: UUID, by: Actor) -> None:
    """Announce a supervisor to the young person; from here on they may say something.

    Refuses (ConversationOver) a conversation that has ended, and (NobodyTalks) one that no listener
    holds at this moment. Who is in it already stays in it, and nothing is said twice.
    """
    access.require(by, access.READ_ALONG)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        check_goes_on(one.state)
        if one.state != ConversationState.OPEN or not one.listener:
            raise NobodyTalks(_("No listener is talking in this conversation now."))
        if by.key == one.listener or by.key in queries.announced([one.id])[one.id]:
            return
        write(conversation=one, kind=ChatEventKind.CAME_IN, moment=now(), by=by)
        record(SupervisorJoined(subject=one.id), by=by)


def step_out(*, conversation_id: UUID, by: Actor) -> None:
    """Tell the young person that the supervisor has left; one who is not in it changes nothing."""
    access.require(by, access.READ_ALONG)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if (
            one.state == ConversationState.ENDED
            or by.key not in queries.announced([one.id])[one.id]
        ):
            return
        write(conversation=one, kind=ChatEventKind.WENT_OUT, moment=now(), by=by)
        record(SupervisorLeft(subject=one.id), by=by)
