"""Read what a partner's people write or bring, and keep it until it is sent. Nothing is lost.

Each line is answered at once: it can be sent, it was sent before, or what is to be corrected.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import (
    RecordKey,
    blinder,
    forget,
    keep,
    key_of_line,
    new_key,
)
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import BatchPrepared, DraftDropped
from balise.hotline.desk.models import LINE, Batch, Draft
from balise.hotline.desk.queries.drafts import CELLS, sent_before
from balise.hotline.desk.rules import files
from balise.hotline.desk.rules.columns import CODES
from balise.hotline.desk.rules.files import Form, Line
from balise.hotline.desk.rules.reading import Understood, understand
from balise.hotline.desk.rules.words import DraftSent, DraftState
from balise.hotline.reports.rules.completeness import completeness
from balise.hotline.reports.rules.given import Answers, Fault


def prepare_one(*, cells: Mapping[str, str], by: Actor) -> UUID:
    """Save one report that is being written, and return the id of its draft."""
    partner = access.require_member(by)
    line = Line(1, {code: cells.get(code, "") for code in CODES})
    with transaction.atomic():
        batch = _batch(partner, Form.FORM, by)
        (draft,) = _keep(batch, [line])
        _tell(batch, [draft], by)
    return draft.id


def prepare_file(*, content: bytes, by: Actor) -> UUID:
    """Save the lines of a file, each with its answer, and return the id of the batch.

    Refuses (FileRefused) what is no file of reports; a line that is faulty is kept to be corrected.
    """
    partner = access.require_member(by)
    form, lines = files.read(content)
    with transaction.atomic():
        batch = _batch(partner, form, by)
        _tell(batch, _keep(batch, lines), by)
    return batch.id


def revise(*, draft_id: UUID, cells: Mapping[str, str], by: Actor) -> DraftState:
    """Replace a draft, and return its answer. Refuses one that was sent."""
    partner = access.require_member(by)
    with transaction.atomic():
        draft = Draft.locked(draft_id, partner=partner)
        _check_is_open(draft)
        key = key_of_line(LINE, draft.batch_id)
        line = Line(draft.number, {code: cells.get(code, "") for code in CODES})
        first = {
            bytes(said): number
            for said, number in Draft.objects.filter(batch=draft.batch_id, number__lt=draft.number)
            .exclude(said_key=b"")
            .order_by("-number")
            .values_list("said_key", "number")
        }
        (fresh,) = _answer(draft.batch, key, [line], first=first)
        fresh.id = draft.id
        fresh.sealed = _sealed(key, draft.id, line.cells, _understood(line).faults)
        fresh.save(force_update=True)
        if bytes(fresh.said_key) != bytes(draft.said_key):
            _let_follow(draft)
        Batch.objects.filter(id=draft.batch_id).update(changed_at=now())
    return fresh.stands


def drop(*, draft_id: UUID, by: Actor) -> UUID:
    """Delete a draft, and return its batch; the last one deletes its batch and key too."""
    partner = access.require_member(by)
    with transaction.atomic():
        draft = Draft.locked(draft_id, partner=partner)
        _check_is_open(draft)
        batch = draft.batch_id
        _let_follow(draft)
        draft.delete()
        record(DraftDropped(subject=batch, partner=partner), by=by)
        if not Draft.objects.filter(batch=batch).exists():
            forget([batch])
            Batch.objects.filter(id=batch).delete()
    return batch


def _batch(partner: UUID, form: Form, by: Actor) -> Batch:
    moment = now()
    return Batch.objects.create(
        partner=partner, form=form.value, made_by=by.key, made_at=moment, changed_at=moment
    )


def _keep(batch: Batch, lines: Sequence[Line]) -> list[Draft]:
    key = new_key(LINE, batch.id)
    keep(key)
    return Draft.objects.bulk_create(_answer(batch, key, lines))


def _let_follow(draft: Draft) -> None:
    """Replace a line by the next line that says the same."""
    same = Draft.objects.filter(batch=draft.batch_id, same_as=draft.number).order_by("number")
    heir = same.first()
    if heir is None:
        return
    known = sent_before(draft.partner, [bytes(heir.said_key)])
    heir.state = DraftState.KNOWN if known else DraftState.READY
    heir.report, heir.same_as = next(iter(known.values()), None), None
    heir.save(update_fields=("state", "report", "same_as"))
    same.exclude(id=heir.id).update(same_as=heir.number)


def _answer(
    batch: Batch,
    key: RecordKey,
    lines: Sequence[Line],
    *,
    first: Mapping[bytes, int] | None = None,
) -> list[Draft]:
    """Return lines as drafts with their answers, unsaved.

    `first` says which line of the batch said something first, by the key of what it says.
    """
    hide = blinder(LINE, "desk-said")
    understood = [_understood(line) for line in lines]
    said = [_said(hide, batch.partner, one.answers) for one in understood]
    before = sent_before(batch.partner, [key for key in said if key])
    seen = dict(first or {})
    drafts = []
    for line, one, said_key in zip(lines, understood, said, strict=True):
        draft_id = uuid4()
        draft = Draft(
            id=draft_id,
            batch=batch,
            partner=batch.partner,
            number=line.number,
            state=DraftState.FAULTY,
            sealed=_sealed(key, draft_id, line.cells, one.faults),
        )
        if one.answers is not None:
            found = completeness(one.answers)
            draft.same_as = seen.get(said_key)
            if draft.same_as is not None:
                draft.state = DraftState.SAME
            else:
                draft.state = DraftState.KNOWN if said_key in before else DraftState.READY
                draft.report = before.get(said_key)
            draft.said_key, draft.score = said_key, found.score
            draft.missing = [element.value for element in found.missing]
            seen.setdefault(said_key, line.number)
        drafts.append(draft)
    return drafts


def _understood(line: Line) -> Understood:
    if line.matter:
        return Understood(None, (Fault("", "unreadable", line.matter),))
    return understand(line.cells, country=settings.COUNTRY, today=today())


def _sealed(
    key: RecordKey, draft_id: UUID, cells: Mapping[str, str], faults: Sequence[Fault]
) -> bytes:
    told = [[fault.field, fault.code, str(fault.message), fault.index] for fault in faults]
    return key.seal({"cells": dict(cells), "faults": told}, where=CELLS, row=draft_id)


def _said(hide: Callable[[str], bytes], partner: UUID, answers: Answers | None) -> bytes:
    if answers is None:
        return b""
    # Two ways of writing one address say the same.
    said = answers.to_fields() | {"places": [place.identity for place in answers.places]}
    words = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    return hide(f"{partner}:{words}")


def _tell(batch: Batch, drafts: Sequence[Draft], by: Actor) -> None:
    fact = BatchPrepared(
        subject=batch.id,
        partner=batch.partner,
        form=Form(batch.form),
        lines=len(drafts),
        faulty=sum(draft.state == DraftState.FAULTY for draft in drafts),
    )
    record(fact, by=by)


def _check_is_open(draft: Draft) -> None:
    if draft.stands is DraftState.SENT:
        raise DraftSent(
            _("This report has been sent and cannot be changed. Write to the analysts instead.")
        )
