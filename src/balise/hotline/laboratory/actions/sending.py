"""The public door: stop with a code, send, come back. It seals hashes; the worker banks them."""

import hmac
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import orjson
from django.db import IntegrityError, transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import (
    INDEX_BYTES,
    RecordKey,
    keep,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.hotline.laboratory.events import CaseSent, DraftSaved
from balise.hotline.laboratory.models import LINE, PRINTS, Case, Item
from balise.hotline.laboratory.queries.coded import opened, prints_of
from balise.hotline.laboratory.rules.prints import (
    ClaimMissing,
    CodeUnknown,
    CodeUsed,
    NothingPrecise,
    Print,
    band_of,
    count_of,
    hashes_of,
    kind_of,
    to_fields,
)
from balise.hotline.laboratory.rules.standing import CaseState, ItemKind
from balise.hotline.matching.signals.rules.kinds import Clip


def save(
    *, receipt: Receipt, prints: Sequence[Print], is_threat: bool = False, by: Actor = ANYONE
) -> UUID:
    """Keep fingerprints under a code, on no list; return the case. Again replaces them.

    What was sent before is left as it is. Refuses (CodeUsed) a code under which other fingerprints
    were sent, or that is over.
    """

    def write() -> UUID:
        case, key = _case(receipt)
        if case.stands is CaseState.DRAFT:
            _seal(case, key, prints, is_threat=is_threat)
            record(DraftSaved(subject=case.id), by=by)
        else:
            _require_same(case, receipt, prints)
        return case.id

    return _once_more(write)


def send(
    *,
    receipt: Receipt,
    prints: Sequence[Print] = (),
    claims: bool,
    is_threat: bool = False,
    by: Actor = ANYONE,
) -> UUID:
    """Send fingerprints, or those of a draft; return the case. A second sending is the first one.

    Refuses (ClaimMissing) someone who does not say that it is them and that they did not agree,
    (NothingPrecise) a code under which there is nothing to send, and (CodeUsed) one under which
    other fingerprints were sent, or that is over.
    """
    if not claims:
        raise ClaimMissing

    def write() -> UUID:
        case, key = _case(receipt)
        if case.stands is not CaseState.DRAFT:
            _require_same(case, receipt, prints)
            return case.id
        sent = tuple(prints) or prints_of(case, key)
        if not sent:
            raise NothingPrecise
        case.state, case.sent_at = CaseState.SENT, now()
        case.sent_as = _digest(receipt, sent)
        _seal(case, key, sent, is_threat=is_threat)
        Item.objects.bulk_create(
            Item(
                case=case,
                number=number,
                kind=kind_of(one),
                count=hashes_of(one),
                seconds=one.seconds if isinstance(one, Clip) else 0,
                band=band_of(one),
            )
            for number, one in enumerate(sent, start=1)
        )
        record(_sent(case, sent), by=by)
        return case.id

    return _once_more(write)


def _sent(case: Case, prints: Sequence[Print]) -> CaseSent:
    clips = sum(kind_of(one) is ItemKind.CLIP for one in prints)
    return CaseSent(
        subject=case.id,
        hashes=count_of(prints),
        pictures=len(prints) - clips,
        clips=clips,
        threat=case.is_threat,
    )


def _case(receipt: Receipt) -> tuple[Case, RecordKey]:
    """Return the case of a code, locked, with its key: a new one where there is none yet."""
    try:
        return opened(receipt, lock=True)
    except CodeUnknown:
        key = new_key(LINE, uuid4())
        case = Case(
            id=key.record,
            receipt_key=receipt_index(receipt),
            began_at=now(),
            opened_on=today(),
        )
        case.save(force_insert=True)
        keep(key, receipt=receipt)
        return case, key


def _seal(case: Case, key: RecordKey, prints: Sequence[Print], *, is_threat: bool) -> None:
    case.is_threat = is_threat or case.is_threat
    case.sealed = key.seal({"prints": to_fields(prints)}, where=PRINTS, row=case.id)
    case.save(update_fields=("state", "sent_at", "is_threat", "sealed", "sent_as"))


def _require_same(case: Case, receipt: Receipt, prints: Sequence[Print]) -> None:
    """Refuse fingerprints that are not those which were sent; a page may bring none."""
    if prints and bytes(case.sent_as) != _digest(receipt, prints):
        raise CodeUsed


def _digest(receipt: Receipt, prints: Sequence[Print]) -> bytes:
    """Return 16 bytes that only the bearer of the code can compute again."""
    said = orjson.dumps(to_fields(prints))
    return hmac.digest(receipt.encode(), said, "sha256")[:INDEX_BYTES]


def _once_more(write: Callable[[], UUID]) -> UUID:
    """Write in a transaction; again where the same code was written at the same moment."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        with transaction.atomic():
            return write()


def come_back(*, receipt: Receipt, by: Actor = ANYONE) -> UUID:  # noqa: ARG001 - as all
    """Note the day on which someone came back with the code. Raises CodeUnknown."""
    with transaction.atomic():
        case, _key = opened(receipt, lock=True)
        if case.opened_on != today():
            case.opened_on = today()
            case.save(update_fields=("opened_on",))
        return case.id
