"""What happened at the removal desk; `platform` is an organisation of the directory."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.removals.rules.requests import ConsentBy, ItemKind
from balise.helpline.removals.rules.states import State
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.urgency import Urgency


class RemovalRequested(Event):
    """Someone agreed, and a request was written; the subject is the request."""

    name = "helpline.removal.requested"

    platform: UUID
    consent: ConsentBy
    urgency: Urgency
    items: int


class RemovalRead(Event):
    """A listener opened what is sealed of a request."""

    name = "helpline.removal.read"


class CodeRenewed(Event):
    """The young person has another code to follow it with; the one before leads nowhere."""

    name = "helpline.removal.code-renewed"


class ItemEvent(Event):
    """A fact about an item, which is its subject."""

    platform: UUID
    kind: ItemKind


class ItemAdded(ItemEvent):
    """One more thing is asked for; `request` is what it belongs to."""

    name = "helpline.removal.item-added"

    request: UUID


class ItemMoved(ItemEvent):
    """It stands elsewhere: the platform has it, it came back, the hotline has it, and so on."""

    name = "helpline.removal.moved"

    before: State
    after: State


class ItemLeaves(ItemEvent):
    """Someone decided that it leaves, by a way of this kind."""

    name = "helpline.removal.leaves"

    way: ContactKind


class AnswerGiven(ItemEvent):
    """The platform's question is answered, with the word of this id; the clock goes on."""

    name = "helpline.removal.answer-given"

    word: UUID


class ItemSilent(ItemEvent):
    """The platform's time passed without a word of it."""

    name = "helpline.removal.silent"


class ItemDecided(ItemEvent):
    """The platform decided, `seconds` of its own time after it was sent."""

    name = "helpline.removal.decided"

    decision: Code
    refuses: bool
    seconds: int


class ItemGone(ItemEvent):
    """We looked and it is gone, `seconds` of the platform's time after it was sent."""

    name = "helpline.removal.gone"

    seconds: int


class RungClimbed(ItemEvent):
    """Someone did what the ladder says."""

    name = "helpline.removal.climbed"

    rung: Rung
