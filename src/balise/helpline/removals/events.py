"""What happened at the removal desk; `platform` is an organisation of the directory."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.removals.rules.requests import ConsentBy, ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung


class RemovalRequested(Event, name="helpline.removal.requested"):
    """Someone agreed, and a request was written; the subject is the request."""

    platform: UUID
    consent: ConsentBy
    urgency: Urgency
    items: int


class RemovalRead(Event, name="helpline.removal.read"):
    """A listener opened what is sealed of a request."""


class CodeRenewed(Event, name="helpline.removal.code-renewed"):
    """The young person has another code to follow it with; the one before leads nowhere."""


class ItemEvent(Event):
    """A fact about an item, which is its subject."""

    platform: UUID
    kind: ItemKind


class ItemAdded(ItemEvent, name="helpline.removal.item-added"):
    """One more thing is asked for; `request` is what it belongs to."""

    request: UUID


class ItemMoved(ItemEvent, name="helpline.removal.moved"):
    """It stands elsewhere: the platform has it, it came back, the hotline has it, and so on."""

    before: RemovalState
    after: RemovalState


class ItemLeaves(ItemEvent, name="helpline.removal.leaves"):
    """Someone decided that it leaves, by a way of this kind."""

    way: ContactKind


class AnswerGiven(ItemEvent, name="helpline.removal.answer-given"):
    """The platform's question is answered, with the word of this id; the clock goes on."""

    word: UUID


class ItemSilent(ItemEvent, name="helpline.removal.silent"):
    """The platform's time passed without a word of it."""


class ItemDecided(ItemEvent, name="helpline.removal.decided"):
    """The platform decided, `seconds` of its own time after it was sent."""

    decision: Code
    refuses: bool
    seconds: int


class ItemGone(ItemEvent, name="helpline.removal.gone"):
    """We looked and it is gone, `seconds` of the platform's time after it was sent."""

    band: Code
    seconds: int


class RungClimbed(ItemEvent, name="helpline.removal.climbed"):
    """Someone did what the ladder says."""

    rung: Rung
