"""Send what is ready: drafts become reports, each once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, gettext as _

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import BatchSent
from balise.hotline.desk.models import LINE, Batch, Draft
from balise.hotline.desk.queries.drafts import CELLS, answers_of, sent_before
from balise.hotline.desk.rules.reading import where_of
from balise.hotline.desk.rules.words import DraftSent, DraftState, NothingToSend
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.rules.completeness import WHOLE
from balise.hotline.reports.rules.given import Answers

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SentDrafts:
    """How many drafts became reports, how many of these lack something, and what became known."""

    sent: int
    known: int
    incomplete: int


def send_one(*, draft_id: UUID, by: Actor) -> UUID:
    """Send one draft, even one that was sent before in these words; return its report.

    Refuses one that is to be corrected, and one that was sent.
    """
    partner = access.require_member(by)
    with transaction.atomic():
        draft = Draft.locked(draft_id, partner=partner)
        if draft.stands is DraftState.SENT:
            raise DraftSent(_("Already sent."))
        if not _send(draft.batch_id, [draft], by).sent or draft.report is None:
            raise NothingToSend(_("Correct the errors first."))
    return draft.report


def send_batch(*, batch_id: UUID, by: Actor) -> SentDrafts:
    """Send the lines of a batch that are ready; the others stay to be corrected.

    Refuses a batch without a line that is ready.
    """
    partner = access.require_member(by)
    batch = find(Batch, id=batch_id, partner=partner)
    ready = Draft.objects.filter(batch=batch, state=DraftState.READY)
    sent = known = incomplete = 0
    for some in batched(list(ready.values_list("id", flat=True)), _AT_ONCE, strict=False):
        with transaction.atomic():
            rows.in_turn("hotline.desk")  # two batches that say the same are sent one by one
            drafts = Draft.objects.select_for_update().filter(id__in=some, state=DraftState.READY)
            found = _send(batch.id, _fresh(partner, drafts.order_by("number")), by)
        sent, known = sent + found.sent, known + found.known
        incomplete += found.incomplete
    if not sent:
        raise NothingToSend(_("No line is ready to be sent."))
    return SentDrafts(sent, known, incomplete)


def _fresh(partner: UUID, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts that say something new; note those that were sent since they were read."""
    waiting = list(drafts)
    before = sent_before(partner, [bytes(draft.said_key) for draft in waiting])
    known = [draft for draft in waiting if bytes(draft.said_key) in before]
    for draft in known:
        draft.state, draft.report = DraftState.KNOWN, before[bytes(draft.said_key)]
    Draft.objects.bulk_update(known, ("state", "report"))
    return [draft for draft in waiting if draft.state == DraftState.READY]


def _send(batch_id: UUID, drafts: Sequence[Draft], by: Actor) -> SentDrafts:
    """Turn locked drafts into reports; one that a day has made faulty is left as it is."""
    key = key_of_line(LINE, batch_id)
    ready: list[tuple[Draft, Answers]] = []
    for draft in drafts:
        answers = answers_of(draft, key)
        if answers is not None:
            ready.append((draft, answers))
    if not ready:
        return SentDrafts(0, 0, 0)
    taken = submitting.submit_many(
        answers=[(f"desk:{draft.id}", answers) for draft, answers in ready],
        language=(get_language() or "fr")[:2],
        by=by,
    )
    moment = now()
    for (draft, answers), report in zip(ready, taken, strict=True):
        draft.state, draft.report = DraftState.SENT, report.report_id
        draft.known_count = report.known
        draft.sent_by, draft.sent_at = by.key, moment
        draft.same_as = None
        # The report has the rest now.
        draft.sealed = key.seal({"cells": where_of(answers)}, where=CELLS, row=draft.id)
    fields = ("state", "report", "known_count", "sent_by", "sent_at", "same_as", "sealed")
    Draft.objects.bulk_update([draft for draft, _answers in ready], fields)
    Batch.objects.filter(id=batch_id).update(changed_at=moment)
    sent = SentDrafts(
        sent=len(ready),
        known=sum(draft.known_count > 0 for draft, _answers in ready),
        incomplete=sum(draft.score < WHOLE for draft, _answers in ready),
    )
    fact = BatchSent(
        subject=batch_id,
        partner=ready[0][0].partner,
        sent=sent.sent,
        known=sent.known,
        incomplete=sent.incomplete,
    )
    record(fact, by=by)
    return sent
