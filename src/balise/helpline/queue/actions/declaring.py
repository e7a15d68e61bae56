"""Set the risk of what waits; at A a life is in danger. In the open transaction of others."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.queue import access
from balise.helpline.queue.events import DangerConfirmed, DangerDeclared, RiskJudged
from balise.helpline.queue.models import Danger, Item
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import Risk, RiskFrom, worse
from balise.helpline.queue.rules.dangers import SaidBy, said_by

_THE_PERSON = "person"


def set_risk(*, item: Item, risk: Risk, how: RiskFrom, by: Actor) -> None:
    """Give a locked item a risk, and write it down; at A a danger is declared."""
    before = Risk(item.risk)
    item.risk, item.risk_from = risk, how
    item.take_rank()
    if how is not RiskFrom.WORDS:
        item.highest = worse(Risk(item.highest), risk)
    item.save(update_fields=("risk", "risk_from", "highest", "rank", "turn_at"))
    record(item.fact(RiskJudged, before=before, how=how), by=by)
    if risk is Risk.A:
        declare(item=item, how=how, by=by)


def declare(*, item: Item, how: RiskFrom, by: Actor) -> None:
    """Note that a locked item is about a life in danger.

    One that is on already is confirmed by a person, where words alone had raised it; and whoever
    says so again undoes a proposal of its end: supervisors are called anew.
    """
    is_lead = by.may(access.SUPERVISE) and item.held_by != by.key
    said = said_by(how, is_lead=is_lead)
    one = attach(item=item, by=by)
    if one is None:
        one = Danger.objects.create(
            kind=item.kind,
            subject=item.subject,
            item=item.id,
            said_by=said,
            declared_by=by.key if how is RiskFrom.JUDGED else "",
            declared_at=now(),
            listener=item.held_by,
        )
        record(DangerDeclared(subject=item.id, said_by=said, again=False), by=by)
        return
    if one.life.is_guess and said is not SaidBy.WORDS:
        one.confirmed_by = by.key or _THE_PERSON
        record(DangerConfirmed(subject=item.id), by=by)
    if one.proposed_by:
        withdraw_proposal(danger=one, by=by)
        record(DangerDeclared(subject=item.id, said_by=said, again=True), by=by)
    one.save()


def attach(
    *,
    item: Item,
    same_as: UUID | None = None,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Danger | None:
    """Return the danger that is on of whom a locked item is about, locked, and lead it there.

    `same_as`: another subject that is the same person.
    """
    known = {item.subject, same_as or item.subject}
    found = dangers.on().select_for_update().filter(kind=item.kind, subject__in=known)
    one = min(found, key=lambda each: each.subject != item.subject, default=None)
    if one is not None and one.item != item.id:
        one.item, one.subject = item.id, item.subject
        one.save(update_fields=("item", "subject"))
    return one


def withdraw_proposal(
    *,
    danger: Danger,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> None:
    """Undo, unsaved, that somebody proposed its end."""
    danger.proposed_by, danger.proposed_at = "", None
    danger.outcome, danger.risk_now, danger.ending = "", "", b""
