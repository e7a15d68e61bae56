"""Whether anyone comes to someone who waits, and who knows that they are not safe."""

from uuid import UUID

from django.utils.translation import gettext as _, pgettext

from balise.helpline.conversations import queries
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.conversations.rules.hours import OpenState, words
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import Standing
from balise.helpline.queue.rules import WaitKind


def closed_for(state: ConversationState, standing: Standing | None) -> OpenState | None:
    """Return why nobody comes to someone who waits; None where someone does, or is there."""
    if standing is not None:
        hours = queries.open_for(standing)
    elif state is ConversationState.SUSPENDED:
        hours = queries.open_now()
    else:
        return None
    return None if hours.is_open else hours


def who_knows(conversation_id: UUID, state: ConversationState) -> str:
    """Return who knows that someone is not safe, and when they come; "" where nobody was told."""
    standing = queries.waits(conversation_id)
    if state is ConversationState.ENDED or not queue.comes_first(WaitKind.CHAT, conversation_id):
        return ""
    if standing is None:
        return pgettext("youth", "Your listener has been told.")
    closed = closed_for(state, standing)
    if closed is not None:
        return words(standing, closed)
    return _("Our team knows. You are first in the queue.")
