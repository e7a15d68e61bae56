"""What an authority answers: that it has a dossier, its outcome, that it refuses it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.events import (
    DossierAcknowledged,
    DossierAnswered,
    DossierOverdue,
    DossierRefused,
)
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.queries import REPLY, Reply
from balise.takedown.onward.dossiers.rules.states import Answer, DossierState, Refusal, check_step


def acknowledge(*, dossier_id: UUID, authority_number: str, by: Actor) -> None:
    """Write down that the authority has the dossier, and under which number of its own."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.RECORD, by=by)
        check_step("acknowledge", dossier.stands)
        at = now()
        dossier.state, dossier.acknowledged_at = DossierState.ACKNOWLEDGED.value, at
        dossier.remind_at = None
        _keep_reply(dossier, number=authority_number)
        dossier.save(update_fields=("state", "acknowledged_at", "remind_at", "sealed_reply"))
        waited = at - (dossier.handed_over_at or at)
        record(DossierAcknowledged(**dossier.about, seconds=int(waited.total_seconds())), by=by)


def record_answer(*, dossier_id: UUID, answer: Answer, words: str = "", by: Actor) -> None:
    """Record the outcome that the authority gives of the dossier; it ends there."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.RECORD, by=by)
        check_step("answer", dossier.stands)
        dossier.state, dossier.answer = DossierState.ANSWERED.value, answer.value
        _end(dossier, words)
        record(DossierAnswered(**dossier.about, answer=answer), by=by)


def record_refusal(*, dossier_id: UUID, refusal: Refusal, words: str = "", by: Actor) -> None:
    """Write down that the authority does not take the dossier, and why; it ends there."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.RECORD, by=by)
        check_step("refuse", dossier.stands)
        dossier.state, dossier.refusal = DossierState.REFUSED.value, refusal.value
        _end(dossier, words)
        record(DossierRefused(**dossier.about, refusal=refusal), by=by)


def note_overdue(*, by: Actor) -> int:
    """Mark each dossier that should have been acknowledged by now, and return how many there were.

    It is marked again after the same time, until the authority says that it has it.
    """
    marked = 0
    for dossier_id in queries.due():
        with transaction.atomic():
            dossier = access.locked(Dossier, dossier_id, access.RECORD, by=by)
            if dossier.stands is not DossierState.HANDED_OVER or dossier.remind_at is None:
                continue
            hours = queries.authority_of(dossier).remind_after_hours
            dossier.reminders += 1
            dossier.remind_at = now() + timedelta(hours=hours)
            dossier.save(update_fields=("reminders", "remind_at"))
            record(DossierOverdue(**dossier.about, reminders=dossier.reminders), by=by)
            marked += 1
    return marked


def _end(dossier: Dossier, words: str) -> None:
    dossier.ended_at, dossier.remind_at = now(), None
    if words:
        _keep_reply(dossier, words=words)
    dossier.save(
        update_fields=("state", "answer", "refusal", "ended_at", "remind_at", "sealed_reply")
    )


def _keep_reply(dossier: Dossier, *, number: str = "", words: str = "") -> None:
    known = queries.reply_of(dossier)
    reply = Reply(number=number or known.number, words=words or known.words)
    key = key_of_line(dossier.line, dossier.id)
    dossier.sealed_reply = key.seal(
        {"number": reply.number, "words": reply.words}, where=REPLY, row=dossier.id
    )
