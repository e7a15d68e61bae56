"""One request, with all that is sealed of it in clear."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.helpline.removals.models import LINE, SAID, TOLD, Request
from balise.helpline.removals.queries.items import ItemTold, clock_of, next_of, steps_open, told_of
from balise.helpline.removals.queries.noticed import unsent
from balise.helpline.removals.queries.platforms import Platform, platform
from balise.helpline.removals.rules.customs import LETTERS, PROMISES, STEPS, TARGETS
from balise.helpline.removals.rules.next_steps import Next
from balise.helpline.removals.rules.requests import (
    ConsentBy,
    ContentType,
    ItemKind,
    Part,
    missing,
    score,
)
from balise.helpline.removals.rules.states import RemovalState, Step
from balise.takedown.law.rules import Facts
from balise.takedown.notices.rules.ladder import Step as Rise
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Said:
    """What a platform said, or we to it."""

    is_ours: bool
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item as its page shows it. `left` are seconds until its target, negative beyond."""

    id: UUID
    number: int
    kind: ItemKind
    content_type: ContentType
    offence: str
    days: Facts
    is_sensitive: bool
    told: ItemTold
    score: int
    missing: tuple[Part, ...]
    state: RemovalState
    decision: Outcome | None
    next: Next
    may_see_gone: bool
    may_hear: bool
    may_close: bool
    needs_second: bool
    written_by: str
    approved_by: str
    written_name: str
    approved_name: str
    way: UUID | None
    is_by_hand: bool
    waits_for_hand: bool
    notice: UUID | None
    ticket: str
    failure: str
    sent_at: datetime | None
    decided_at: datetime | None
    gone_at: datetime | None
    ran_s: int | None
    left_s: int | None
    stands_still: bool
    open: tuple[Rise, ...]
    climbed: Rise | None
    letters: tuple[Rise, ...]
    back_count: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request: who agreed and when, what is asked of whom."""

    id: UUID
    platform: Platform | None
    contact: UUID | None
    conversation: UUID | None
    consent: ConsentBy
    agreed_at: datetime
    urgency: Urgency
    asked_by: str
    asked_name: str
    asked_at: datetime
    closed_at: datetime | None
    words: str
    items: tuple[ItemShown, ...]

    @property
    def promise(self) -> str:
        """How soon it must be gone, in words."""
        return str(PROMISES[self.urgency])


def opened(request: Request) -> Opened:
    """Return a request in clear. The caller has logged who reads it."""
    key = key_of_line(LINE, request.id)
    items = list(request.items.prefetch_related("said"))
    for item in items:
        item.request = request
    accounts_met = {request.asked_by}
    accounts_met |= {one for item in items for one in (item.written_by, item.approved_by)}
    names = accounts.names_of({one for one in accounts_met if one})
    at = now()
    shown = []
    for item in items:
        told = told_of(item, key)
        clock, target = clock_of(item), TARGETS[request.how_urgent]
        # What came back has no clock until it is asked for again.
        until = (
            None if item.stands is RemovalState.REAPPEARED else item.gone_at or item.ended_at or at
        )
        ran = clock.has_run(until) if clock is not None and until is not None else None
        has = {"url": told.url, "handle": told.handle, "kind": told.kind, "words": told.words}
        shown.append(
            ItemShown(
                id=item.id,
                number=item.number,
                kind=told.kind,
                content_type=ContentType(item.content_type),
                offence=item.offence,
                days=item.days,
                is_sensitive=item.is_sensitive,
                told=told,
                score=score(**has),  # type: ignore[arg-type]
                missing=missing(**has),  # type: ignore[arg-type]
                state=item.stands,
                decision=item.decided_as,
                next=next_of(item),
                may_see_gone=item.may(Step.SEE_GONE),
                may_hear=item.may(Step.DECIDE),
                may_close=item.may(Step.CLOSE),
                needs_second=item.needs_second,
                written_by=item.written_by,
                approved_by=item.approved_by,
                written_name=names.get(item.written_by, ""),
                approved_name=names.get(item.approved_by, ""),
                way=item.way,
                is_by_hand=item.is_by_hand,
                waits_for_hand=item.is_by_hand and unsent(item) is not None,
                notice=item.notice,
                ticket=item.ticket,
                failure=item.failure,
                sent_at=clock.starts_at if clock is not None else None,
                decided_at=item.decided_at,
                gone_at=item.gone_at,
                ran_s=None if ran is None else int(ran.total_seconds()),
                left_s=None if ran is None else int((target - ran).total_seconds()),
                stands_still=item.stands is RemovalState.INFO_REQUESTED,
                open=steps_open(item),
                climbed=STEPS[item.climbed] if item.climbed is not None else None,
                letters=tuple(STEPS[rung] for rung in STEPS if rung in item.rungs_taken & LETTERS),
                back_count=item.back_count,
                said=tuple(
                    Said(
                        word.is_ours,
                        word.at,
                        str(key.open(word.sealed, where=SAID, row=word.id)["text"]),
                    )
                    for word in item.said.all()
                ),
            )
        )
    return Opened(
        id=request.id,
        platform=platform(request.platform),
        contact=request.contact,
        conversation=request.conversation,
        consent=ConsentBy(request.consent),
        agreed_at=request.agreed_at,
        urgency=request.how_urgent,
        asked_by=request.asked_by,
        asked_name=names.get(request.asked_by, ""),
        asked_at=request.asked_at,
        closed_at=request.closed_at,
        words=str(key.open(request.sealed, where=TOLD, row=request.id)["words"]),
        items=tuple(shown),
    )
