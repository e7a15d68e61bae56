"""Accept: take someone, begin the record, join the conversation, in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.channels.actions import answering as channels
from balise.helpline.channels.queries import channel_of
from balise.helpline.console import access
from balise.helpline.console.events import SwitchboardReleased, SwitchboardTaken
from balise.helpline.console.models import Switchboard
from balise.helpline.console.queries.rail import open_kinds
from balise.helpline.console.rules import QueueTaken
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.actions import passing as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.actions.claiming import Claimed
from balise.helpline.queue.rules import ANYONE_FOR, SeatNeeded, WaitKind
from balise.helpline.telephony.actions import telling as telephony

_CHANNELS = {
    WaitKind.CALL: Channel.CALL,
    WaitKind.CHAT: Channel.CHAT,
    WaitKind.CALL_BACK: Channel.OUTGOING,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """Whom one has now: the item, what it is about, and its record (a removal has none here).

    `made_way`: how many that one had went back to their place for someone in danger.
    """

    item: UUID
    kind: WaitKind
    subject: UUID
    contact: UUID | None
    made_way: int = 0


def accept(*, item_id: UUID | None = None, by: Actor) -> Accepted | None:
    """Take the next in the queue, or a given item; return None when nobody waits for this console.

    None too where a given one has gone meanwhile: their item leaves the queue. A kind that a
    supervisor has taken over (`take_queue`) goes to them only, while they are at their console;
    someone of risk A or B goes to anyone at once. Refuses as the queue does: a console that is not
    ready, one that is full, an item that another took first.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        if item_id is None:
            claimed = claiming.claim_next(kinds=open_kinds(seen_by=by), by=by)
        else:
            claimed = claiming.claim(item_id=item_id, by=by)
            if claimed is not None and not _may_take(claimed, by):
                raise QueueTaken(_("A supervisor is handling this queue."))
        if claimed is None:
            return None
        contact = _begin(claimed, by)
        return Accepted(
            claimed.id, claimed.kind, claimed.subject, contact, made_way=claimed.made_way
        )


def take_queue(*, kind: WaitKind, by: Actor) -> None:
    """Take over all that waits of a kind, to transfer each to a listener.

    It lasts while one is at one's console. Refuses (SeatNeeded) a supervisor who is not.
    """
    access.require(by, access.SUPERVISE)
    if not queue.are_there([by.key]):
        raise SeatNeeded(_("Go on duty first."))
    with transaction.atomic():
        one = Switchboard.objects.select_for_update().filter(kind=kind).first()
        if one is not None and one.account == by.key:
            return
        Switchboard.objects.update_or_create(
            kind=kind, defaults={"account": by.key, "since": now()}
        )
        record(SwitchboardTaken(subject=UUID(by.key), kind=kind), by=by)


def release_queue(*, kind: WaitKind, by: Actor) -> None:
    """Release a kind that was taken over to everyone; any supervisor may."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        if Switchboard.objects.filter(kind=kind).delete()[0]:
            record(SwitchboardReleased(subject=UUID(by.key), kind=kind), by=by)


def _may_take(claimed: Claimed, by: Actor) -> bool:
    return claimed.risk in ANYONE_FOR or claimed.kind in open_kinds(seen_by=by)


def _begin(claimed: Claimed, by: Actor) -> UUID | None:
    if claimed.kind is WaitKind.CHAT:
        conversations.join(conversation_id=claimed.subject, by=by)
    elif claimed.kind is WaitKind.CALL:
        telephony.accept(call_id=claimed.subject, by=by)
    elif claimed.kind is WaitKind.MESSAGE:
        channels.accept(thread_id=claimed.subject, by=by)
    channel = _channel(claimed)
    if channel is None:
        return None
    return keeping.begin(
        channel=channel,
        subject=claimed.subject,
        item=claimed.id,
        waited_s=claimed.waited_s,
        by=by,
    )


def _channel(claimed: Claimed) -> Channel | None:
    if claimed.kind is WaitKind.MESSAGE:
        return channel_of(claimed.subject)
    return _CHANNELS.get(claimed.kind)
