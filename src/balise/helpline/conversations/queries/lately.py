"""What a young person said right before, and what was asked: read with their next message."""

from uuid import UUID

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey
from balise.helpline.conversations.models import Said
from balise.helpline.conversations.queries import COLUMNS, EventRow, read
from balise.helpline.conversations.rules import ChatEventKind, Side
from balise.helpline.queue.rules.danger_words import MOST_TOGETHER, TOGETHER_FOR

_LOOKED_AT = 6  # messages


def lately(conversation_id: UUID, *, key: RecordKey) -> tuple[list[str], str]:
    """Return what the young person said in the last two minutes, and what was asked right then.

    At most two messages, the oldest first; the question is empty where the last word was theirs.
    """
    found = Said.objects.filter(
        conversation=conversation_id, kind=ChatEventKind.MESSAGE, at__gt=now() - TOGETHER_FOR
    )
    rows = [
        EventRow(*values) for values in found.order_by("-seq").values_list(*COLUMNS)[:_LOOKED_AT]
    ]
    said = [read(row, conversation_id, key) for row in rows]
    asked = said[0].text if said and said[0].side is Side.STAFF else ""
    theirs = [each.text for each in said if each.side is Side.YOUNG]
    return theirs[: MOST_TOGETHER - 1][::-1], asked
