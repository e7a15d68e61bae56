"""A life in danger: a supervisor joins; its end is proposed by one person and agreed by another."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, RecordKey, keep, key_of_line, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.helpline.queue import access
from balise.helpline.queue.actions.waiting import set_risk, withdraw_proposal
from balise.helpline.queue.events import (
    DangerEnded,
    DangerJoined,
    DangerRead,
    DangerSetAside,
    EndProposed,
    EndRefused,
)
from balise.helpline.queue.models import ANSWERED, LINE, TOLD, Danger, Item
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import OPEN, Risk, RiskFrom
from balise.helpline.queue.rules.dangers import (
    DangerOver,
    NoDanger,
    NotADanger,
    Outcome,
    SecondNeeded,
    alone_after,
    check_alone,
    check_guess,
    check_second,
    read_told,
)


def join(*, item_id: UUID, by: Actor) -> None:
    """Join a danger as a supervisor; the first one counts."""
    access.require(by, access.SUPERVISE)
    moment = now()
    with transaction.atomic():
        _item, one = _on(item_id, by)
        if one.joined_at is not None:
            return
        one.joined_by, one.joined_at = by.key, moment
        one.save(update_fields=("joined_by", "joined_at"))
        record(DangerJoined(subject=item_id, seconds=_since(one, moment)), by=by)


def propose_end(*, item_id: UUID, outcome: Outcome, risk: Risk, told: str, by: Actor) -> None:
    """Propose that a danger is over: how it ended, the risk now, and a sentence, which is sealed.

    From here on the listener may take others; whom it is about keeps listener and place. For those
    who have to do with it. Refuses risk A and one that is not assessed: the danger would go on.
    """
    access.require(by, access.WORK)
    words = read_told(told)
    if risk in {Risk.A, Risk.F}:
        raise Refused(_("Say how high the risk is now, from B to E."))
    with transaction.atomic():
        _item, one = _on(item_id, by)
        if one.proposed_by and one.proposed_by != by.key:
            raise SecondNeeded(_("Somebody has just proposed the end: agree, or say not yet."))
        one.proposed_by, one.proposed_at = by.key, now()
        one.outcome, one.risk_now = outcome, risk
        one.ending = _seal(one, {"told": words})
        one.save(update_fields=("proposed_by", "proposed_at", "outcome", "risk_now", "ending"))
        record(EndProposed(subject=item_id, outcome=outcome), by=by)


def agree_to_end(*, item_id: UUID, by: Actor) -> None:
    """End a danger as the second person. Refuses (SecondNeeded) the one who proposed it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item, one = _on(item_id, by)
        check_second(one.life, by=by.key)
        _end(one, item, is_alone=False, by=by)


def refuse_end(*, item_id: UUID, by: Actor) -> None:
    """Say “not yet”, without a reason: the danger goes on as before the proposal."""
    access.require(by, access.WORK)
    with transaction.atomic():
        _item, one = _on(item_id, by)
        if not one.proposed_by:
            return
        withdraw_proposal(danger=one, by=by)
        one.save()
        record(EndRefused(subject=item_id), by=by)


def end_alone(*, item_id: UUID, reason: str, by: Actor) -> None:
    """End alone what one proposed, where no second person came within the country's minutes.

    The reason is sealed; it stands before a supervisor until one reads it.
    """
    access.require(by, access.WORK)
    words = read_told(reason)
    with transaction.atomic():
        item, one = _on(item_id, by)
        check_alone(one.life, by=by.key, moment=now(), after=alone_after(settings.COUNTRY))
        one.ending = _seal(one, dangers.told_of(one) | {"alone": words})
        _end(one, item, is_alone=True, by=by)


def set_aside(*, item_id: UUID, why: NotADanger, by: Actor) -> None:
    """Say that words of danger tell of none, as whoever read them; a supervisor reads it later.

    The risk is again what a person gave before. Refuses (OnlyWords) what a person said or
    confirmed. A new message with such words alarms again.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        item, one = _on(item_id, by)
        check_guess(one.life)
        one.set_aside, one.ended_by, one.ended_at = why, by.key, moment
        one.save(update_fields=("set_aside", "ended_by", "ended_at"))
        record(DangerSetAside(subject=item_id, why=why), by=by)
        _lower(item, Risk(item.highest) if item else Risk.F, by)


def read(*, danger_id: UUID, by: Actor) -> None:
    """Note, as a supervisor, that one has read what another person ended or set aside alone."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = Danger.locked(danger_id)
        if one.ended_at is None:
            raise NoDanger(_("The danger is still on."))
        if one.ended_by == by.key:
            raise SecondNeeded(_("You ended it yourself: another supervisor reads it."))
        if one.read_by:
            return
        one.read_by = by.key
        one.save(update_fields=("read_by",))
        record(DangerRead(subject=one.item), by=by)


def keep_steps(
    *,
    item_id: UUID,
    change: Callable[[Mapping[str, str]], Mapping[str, str]],
    by: Actor,
) -> bool:
    """Seal what `change` makes of the answers to the questions; return whether it differs.

    For people who may read them, of a danger that is on or over. Raises NoDanger where none was
    ever declared; refuses (NotYours) as `dangers.check_may_read`.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = _latest(item_id, by)
        before = dangers.steps_of(one)
        after = change(before)
        if after == before:
            return False
        one.sealed = _key_for(one).seal(dict(after), where=ANSWERED, row=one.id)
        one.save(update_fields=("sealed",))
    return True


def _latest(item_id: UUID, by: Actor) -> Danger:
    item = Item.objects.select_for_update().filter(id=item_id).first()
    found = Danger.objects.select_for_update().filter(item=item_id).order_by("-declared_at")
    one = found.first()
    if one is None:
        raise _none(item_id)
    dangers.check_may_read(dangers.row_of(one), item.held_by if item else "", seen_by=by)
    return one


def _key_for(one: Danger) -> RecordKey:
    """Return the key of a locked danger, made with the first word that is sealed under it."""
    try:
        return key_of_line(LINE, one.id)
    except KeyForgotten:
        key = new_key(LINE, one.id)
        keep(key)
        return key


def _seal(one: Danger, words: dict[str, str]) -> bytes:
    return _key_for(one).seal(dict(words), where=TOLD, row=one.id)


def _on(item_id: UUID, by: Actor) -> tuple[Item | None, Danger]:
    """Return an item and its danger that is on, locked in the order of all locks.

    To whom may read it.
    """
    item = Item.objects.select_for_update().filter(id=item_id).first()
    one = dangers.on().select_for_update().filter(item=item_id).first()
    if one is not None:
        dangers.check_may_read(dangers.row_of(one), item.held_by if item else "", seen_by=by)
        return item, one
    last = dangers.of_item(item_id)
    raise DangerOver(dangers.over(last)) if last else _none(item_id)


def _none(item_id: UUID) -> NoDanger:
    """Return the refusal of an item that never was in danger. Raises NotHere for none."""
    find(Item, id=item_id)
    return NoDanger(_("No immediate danger has been declared here."))


def _end(one: Danger, item: Item | None, *, is_alone: bool, by: Actor) -> None:
    moment = now()
    one.ended_by, one.ended_at, one.is_alone = by.key, moment, is_alone
    one.save(update_fields=("ended_by", "ended_at", "is_alone", "ending"))
    seconds, outcome = _since(one, moment), Outcome(one.outcome)
    fact = DangerEnded(subject=one.item, seconds=seconds, outcome=outcome, alone=is_alone)
    record(fact, by=by)
    _lower(item, Risk(one.risk_now), by)


def _lower(item: Item | None, risk: Risk, by: Actor) -> None:
    """Give the item of a danger that is over its risk of now; it is not what it comes back with."""
    if item is None or item.risk != Risk.A:
        return
    if item.state in OPEN:
        set_risk(item=item, risk=risk, how=RiskFrom.JUDGED, by=by)
        return
    item.risk, item.risk_from = risk, RiskFrom.JUDGED
    item.save(update_fields=("risk", "risk_from"))


def _since(one: Danger, moment: datetime) -> int:
    return max(int((moment - one.declared_at).total_seconds()), 0)
