"""Write what happens in conversations in their logs, inside an action's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from balise.foundation import rows
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.conversations import bell
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import ChatEventKind, Side
from balise.helpline.conversations.rules.saying import Room

_SIDES = {ActorKind.PUBLIC: Side.YOUNG, ActorKind.STAFF: Side.STAFF}
_FIELDS = (
    *("conversation", "seq", "kind", "side", "author", "at"),
    *("client_id", "code", "about", "sealed"),
)


def side_of(*, by: Actor) -> Side:
    """Return the side that an actor speaks for."""
    return _SIDES.get(by.kind, Side.HOUSE)


@dataclass(slots=True)
class Log:
    """What one transaction adds to the logs of locked conversations: at once, where many speak."""

    moment: datetime
    _added: list[tuple[object, ...]] = field(default_factory=list)
    _last: dict[UUID, int] = field(default_factory=dict)

    def add(
        self,
        room: Room | Conversation,
        kind: ChatEventKind,
        *,
        client_id: UUID | None = None,
        code: str = "",
        about: int | None = None,
        seal: Callable[[int], bytes] | None = None,
        by: Actor,
    ) -> None:
        """Add the next event of a conversation; `seal` binds its words to its place."""
        side = side_of(by=by)
        room.last_seq = seq = self._last[room.id] = room.last_seq + 1
        author = by.key if side is Side.STAFF else ""
        sealed = seal(seq) if seal else b""
        what = (room.id, seq, kind.value, side.value, author, self.moment)
        self._added.append((*what, client_id, code, about, sealed))

    def write(self) -> None:
        """Write it all, and ring the bell of each conversation."""
        rows.insert(Said, _FIELDS, self._added)
        places = [(seq, conversation_id) for conversation_id, seq in self._last.items()]
        rows.update(Conversation, ("last_seq",), places)
        for conversation_id in self._last:
            bell.ring(conversation_id)


def write(
    *,
    conversation: Conversation,
    kind: ChatEventKind,
    moment: datetime,
    about: int | None = None,
    code: str = "",
    by: Actor,
) -> None:
    """Write the next event of a locked conversation that has no words.

    `code` is the profession that comes where a listener left.
    """
    log = Log(moment)
    code = conversation.state if kind is ChatEventKind.STATE else code
    log.add(conversation, kind, code=code, about=about, by=by)
    log.write()
