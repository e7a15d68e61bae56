"""Transfer someone with a brief, so that the young person need not tell everything again."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.helpline.console import access
from balise.helpline.console.events import BriefLeft, BriefRead, HandLowered, HandRaised
from balise.helpline.console.models import BRIEFED, LINE, Brief, Hand
from balise.helpline.console.rules import NotHeld, not_held, read_brief
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.rules import Skill


def transfer(
    *, item_id: UUID, brief: str, to: str = "", skill: Skill | None = None, by: Actor
) -> None:
    """Pass what one holds to a listener (an account) or to a profession, with a sealed brief.

    It waits in front, with its age and risk. In a conversation nothing is shown and nobody leaves:
    the next listener replaces the first, and reads the brief before writing.
    """
    access.require(by, access.WORK)
    words = read_brief(brief)
    key = new_key(LINE, uuid4())
    with transaction.atomic():
        claiming.hand_over(item_id=item_id, to=to, skill=skill, by=by)
        Brief.objects.create(
            id=key.record,
            item=item_id,
            author=by.key,
            at=now(),
            sealed=key.seal({"text": words}, where=BRIEFED, row=key.record),
        )
        keep(key)
        record(BriefLeft(subject=item_id), by=by)
        _lower(item_id, by)


def open_briefs(*, item_id: UUID, by: Actor) -> list[str]:
    """Return what colleagues left for the listener who has the item, the last one first.

    Reading is logged before anything opens; refuses (NotHeld) someone who does not have it.
    """
    access.require(by, access.WORK)
    briefs = list(Brief.objects.filter(item=item_id).order_by("-at"))
    if queue.item(item_id, seen_by=by).held_by != by.key:
        raise NotHeld(_("Only the listener of this contact can read this."))
    if not briefs:
        return []
    with transaction.atomic():
        record(BriefRead(subject=item_id), by=by)
    return [
        str(key_of_line(LINE, one.id).open(bytes(one.sealed), where=BRIEFED, row=one.id)["text"])
        for one in briefs
    ]


def call_for_help(*, item_id: UUID, by: Actor) -> None:
    """Raise one's hand for a supervisor, about someone whom one holds; once is enough."""
    access.require(by, access.WORK)
    with transaction.atomic():
        held_by = queue.item(item_id, seen_by=by).held_by
        if held_by != by.key:
            raise not_held(held_by)
        _hand, is_new = Hand.objects.get_or_create(
            item=item_id, lowered_at=None, defaults={"account": by.key, "raised_at": now()}
        )
        if is_new:
            record(HandRaised(subject=item_id), by=by)


def lower_hand(*, item_id: UUID, by: Actor) -> None:
    """Lower a hand: a supervisor comes, or help is no longer needed."""
    with transaction.atomic():
        hand = Hand.objects.filter(item=item_id, lowered_at=None).first()
        is_own = hand is not None and hand.account == by.key
        access.require(by, access.WORK if is_own else access.SUPERVISE)
        _lower(item_id, by)


def _lower(item_id: UUID, by: Actor) -> None:
    moment = now()
    hand = Hand.objects.select_for_update().filter(item=item_id, lowered_at=None).first()
    if hand is None:
        return
    hand.lowered_at = moment
    hand.save(update_fields=("lowered_at",))
    seconds = max(int((moment - hand.raised_at).total_seconds()), 0)
    record(HandLowered(subject=item_id, seconds=seconds), by=by)
