"""The steps of the handshake: by the receiver through its link, or written down by a listener."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import RecordKey, key_of_line, key_of_receipt
from balise.foundation.files import keeping
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access
from balise.helpline.cases.actions.reading import OpenedDocument
from balise.helpline.cases.events.sent import (
    LinkDocumentTaken,
    LinkOpened,
    SentAccepted,
    SentDone,
    SentEvent,
    SentRefused,
)
from balise.helpline.cases.models.files import LINE
from balise.helpline.cases.models.sent import ANSWERED, SentReferral
from balise.helpline.cases.queries import sent
from balise.helpline.cases.queries.files import require_on
from balise.helpline.cases.queries.sent import ReferralTold
from balise.helpline.cases.rules import received, sendings
from balise.helpline.cases.rules.sendings import Refusal, SentState, link_over


def open_told(*, token: Receipt, by: Actor = ANYONE) -> ReferralTold:
    """Return what a link holds, to the bearer of its secret; counted and logged first.

    Refuses (LinkOver) one that is over, or was opened as often as it may be.
    """
    with transaction.atomic():
        one = SentReferral.locked(sent.by_link(token).id)
        if not sent.openings_left(one):
            raise link_over()
        one.opened_count += 1
        one.save(update_fields=("opened_count",))
        record(LinkOpened(**one.about, opening=one.opened_count), by=by)
    return sent.told(one, key_of_receipt(one.id, token))


def take_document(*, token: Receipt, item: int, by: Actor = ANYONE) -> OpenedDocument:
    """Return a document that goes along with what a link told, once that was opened.

    It is no opening of its own, and is written down first. Refuses (LinkOver) one that is over, was
    refused or has no such document.
    """
    one = sent.by_link(token)
    if one.state == SentState.REFUSED or not one.opened_count:
        raise link_over()
    found = sent.told_document(one, key_of_receipt(one.id, token), item)
    if found is None:
        raise link_over()
    with transaction.atomic():
        record(LinkDocumentTaken(**one.about, item=item), by=by)
    return OpenedDocument(name=found.name, pieces=keeping.read(found.key))


def answer(
    *,
    token: Receipt,
    to: SentState,
    name: str = "",
    words: str = "",
    refusal: Refusal | None = None,
    by: Actor = ANYONE,
) -> None:
    """Accept, refuse, or say that it is done, as the receiver, through its link."""
    with transaction.atomic():
        one = SentReferral.locked(sent.by_link(token).id)
        key = key_of_receipt(one.id, token)
        _step(one, key, _Answer(to, name, words, refusal), by=by)


def note_answer(
    *,
    referral_id: UUID,
    to: SentState,
    name: str = "",
    words: str = "",
    refusal: Refusal | None = None,
    by: Actor,
) -> None:
    """Write down what a receiver answered otherwise than by its link: aloud, by letter."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = SentReferral.locked(referral_id)
        require_on(one.case_id, who=by)
        _step(one, key_of_line(LINE, one.id), _Answer(to, name, words, refusal), by=by)


@dataclass(frozen=True, slots=True)
class _Answer:
    to: SentState
    name: str
    words: str
    refusal: Refusal | None


def _step(one: SentReferral, key: RecordKey, said: _Answer, *, by: Actor) -> None:
    """Move a locked referral one step on, and save what was said."""
    sendings.check_sent_step(one.state, said.to)
    moment = now()
    one.state, one.remind_at = said.to, None
    one.answered_at = one.answered_at or moment
    if said.to in {SentState.REFUSED, SentState.DONE}:
        one.ended_at = moment
    if said.to is SentState.REFUSED:
        one.refusal = said.refusal or Refusal.OTHER
    one.sealed_answer = _added(one, key, said, moment)
    one.save(
        update_fields=(
            "state",
            "remind_at",
            "answered_at",
            "ended_at",
            "refusal",
            "sealed_answer",
        )
    )
    record(_event(one, moment), by=by)


def _added(one: SentReferral, key: RecordKey, said: _Answer, moment: datetime) -> bytes:
    kept: list[dict[str, str]] = []
    if one.sealed_answer:
        kept = key.open(bytes(one.sealed_answer), where=ANSWERED, row=one.id)["said"]
    entry = {
        "at": moment.isoformat(),
        "state": said.to.value,
        "name": said.name[: sendings.LONGEST_NAME],
        "words": said.words[: sendings.LONGEST_ANSWER],
    }
    payload: dict[str, Any] = {"said": [*kept, entry]}
    return key.seal(payload, where=ANSWERED, row=one.id)


def _event(one: SentReferral, moment: datetime) -> SentEvent:
    if one.state == SentState.ACCEPTED:
        waited = max(moment - one.sent_at, received.NO_TIME)
        return SentAccepted(
            **one.about,
            seconds=int(waited.total_seconds()),
            band=Code(received.wait_band(waited)),
        )
    if one.state == SentState.REFUSED:
        return SentRefused(**one.about, refusal=Refusal(one.refusal))
    return SentDone(**one.about)
