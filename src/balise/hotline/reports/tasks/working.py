"""The hotline's jobs: sign, trace, finish what was left open, raise what waits."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.hotline.reports import access
from balise.hotline.reports.actions import (
    answering,
    closing,
    consulting,
    notifying,
    referring,
    removal,
)
from balise.hotline.reports.models import LINE
from balise.hotline.reports.rules.assessing import CLAIM_LASTS
from balise.takedown.directory.actions.keeping import propose_found
from balise.takedown.notices.rules.outcomes import Ends, Outcome
from balise.takedown.tracing import actions as hosting
from balise.takedown.tracing.queries import trace_live
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.watch.actions import watching
from balise.takedown.watch.actions.watching import NotWatched


@job(attempts=8)
def sign_certificate(report_id: str) -> None:
    """Sign the certificate that a reporter asked for; one that was erased since has none."""
    with suppress(KeyForgotten):
        referring.certify(report_id=UUID(report_id), by=SYSTEM)


def sign_certificates(entries: Sequence[Entry]) -> None:
    """Queue the certificates that reporters have just asked for."""
    for entry in entries:
        sign_certificate.later(report_id=entry.subject)


def forget_receipts(entries: Sequence[Entry]) -> None:
    """Destroy what the receipts open of those who have just wished for no follow-up."""
    for entry in entries:
        answering.forget_receipt(report_id=entry.subject, by=SYSTEM)


def forget_corrected(entries: Sequence[Entry]) -> None:
    """Destroy the contents whose only reporter has just corrected their place."""
    for entry in entries:
        answering.forget_corrected(content_id=entry.subject, by=SYSTEM)


def trace_claimed(entries: Sequence[Entry]) -> None:
    """Queue a trace as soon as an analyst takes content; not for a claim that has lapsed."""
    lasting = [entry for entry in entries if entry.at >= now() - CLAIM_LASTS]
    for entry in lasting:
        trace.later(content_id=str(entry.subject))


def ask_trace(*, content_id: UUID, by: Actor) -> None:
    """Queue another trace, because an analyst asks."""
    access.require(by, access.ASSESS)
    with transaction.atomic():
        hosting.note_asked(line=LINE, subject=content_id, by=by)
        trace.later(content_id=str(content_id))


@job(attempts=4, outside=True, lane=Lane.WATCH)
def trace(content_id: str) -> None:
    """Ask where a content's host is and who can act; propose contacts that the directory lacks.

    When it was asked and what came back is kept, also where nothing did. Content that was erased
    since has no trace.
    """
    content = UUID(content_id)
    with suppress(NotHere, KeyForgotten):
        _trace(content, consulting.place_of(content_id=content, by=SYSTEM).host)


def _trace(content: UUID, host: str) -> None:
    try:
        found = trace_live(host) if host else None
    except AddressRefused:  # a private address: nobody outside is asked for it
        found = None
    if found is None:
        hosting.note_untraceable(line=LINE, subject=content, by=SYSTEM)
        return
    hosting.note_hosting(line=LINE, subject=content, trace=found, by=SYSTEM)
    if not found.is_known:
        return
    removal.note_hosting(content_id=content, country=found.country, network=found.asn, by=SYSTEM)
    propose_found(trace=found, by=SYSTEM)


def watch_notified(entries: Sequence[Entry]) -> None:
    """Monitor the hotline's content whose host was told."""
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            notifying.watch_content(
                content_id=UUID(entry.facts["content"]), told=UUID(entry.facts["host"]), by=SYSTEM
            )


def look_again(entries: Sequence[Entry]) -> None:
    """Check at once what was removed and is reported again."""
    for entry in entries:
        with suppress(NotWatched):  # it was gone for so long that the watch has ended
            watching.look_now(line=LINE, subject=entry.subject, by=SYSTEM)


def note_outcomes(entries: Sequence[Entry]) -> None:
    """Note which content of the hotline a notice had removed, and which a recipient refused."""
    for entry in entries:
        if entry.facts["for_line"] != LINE:
            continue
        content, outcome = UUID(entry.facts["content"]), Outcome(entry.facts["outcome"])
        if outcome.is_gone:
            removal.note_removed(content_id=content, at=entry.at, by=SYSTEM)
        elif outcome.ends is Ends.REFUSED:
            removal.note_refused(content_id=content, at=entry.at, by=SYSTEM)


def note_gone(entries: Sequence[Entry]) -> None:
    """Note content that the monitoring no longer finds, since its first look without it."""
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            gone_at = datetime.fromisoformat(entry.facts["gone_at"])
            removal.note_removed(content_id=entry.subject, at=gone_at, by=SYSTEM)


def note_back(entries: Sequence[Entry]) -> None:
    """Note content that the monitoring finds again."""
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            removal.note_reappeared(content_id=entry.subject, by=SYSTEM)


def note_host_moved(entries: Sequence[Entry]) -> None:
    """Note content that the monitoring finds at another host; ask who can act there."""
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            removal.note_host_moved(
                content_id=entry.subject,
                country=entry.facts["country"],
                network=entry.facts["network"] or None,
                by=SYSTEM,
            )
            trace.later(content_id=str(entry.subject))


@job(attempts=1)
def finish_left_open() -> None:
    """Count the forms that were left as they are."""
    answering.finish_left_open(at=now(), by=SYSTEM)


@job(attempts=1)
def raise_waiting() -> None:
    """Raise what has waited long."""
    answering.raise_waiting(at=now(), by=SYSTEM)


@job(attempts=1)
def hasten_removals() -> None:
    """Let an illegal verdict stand where danger came while it waited for other eyes."""
    closing.hasten(by=SYSTEM)


@job(attempts=1)
def end_closings() -> None:
    """Give what was closed together its verdict, once it can no longer be undone."""
    closing.take_effect(at=now(), by=SYSTEM)


SCHEDULE = (
    Every(timedelta(minutes=1), end_closings),
    Every(timedelta(minutes=1), hasten_removals),
    Every(timedelta(minutes=5), finish_left_open),
    Every(timedelta(hours=1), raise_waiting),
)
