"""Take reports in: one from a form or a partner, thousands from a file, by the same road."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, zone
from balise.foundation.encryption.sealing import new_key, wraps_for
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Event
from balise.hotline.reports.events import ReportReceived, report_finished
from balise.hotline.reports.models import Report, writing
from balise.hotline.reports.models.batches import Batch
from balise.hotline.reports.models.writing import LINE
from balise.hotline.reports.rules.incoming import Incoming

_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it: the report, how many of its contents were known, whether it was new."""

    report_id: UUID
    contents: int
    known: int
    is_new: bool


def receive(*, incoming: Incoming, by: Actor) -> Received:
    """Take in one report. Anyone may: no ability is asked for. A second sending changes nothing."""
    key = new_key(LINE, uuid4())
    wraps = wraps_for(key, receipt=incoming.receipt)
    arrivals = [writing.Arrival(incoming, key)]
    contents = writing.contents_of(arrivals)
    with transaction.atomic():
        if not writing.insert_report(arrivals[0]):
            return _received_before(incoming.key)
        known = writing.insert_contents(contents)
        writing.insert_mentions(arrivals, contents)
        writing.insert_wraps(wraps)
        received = _received(arrivals[0], known)
        events = _events(incoming, received, received_on=day_of(incoming.received_at))
        record_many(events, by=by)
    return received


def receive_many(*, incoming: Sequence[Incoming], by: Actor) -> list[Received]:
    """Take in a batch of reports of a file, in one transaction, and return what became of each.

    A report that was taken in before is left as it is. Data keys are wrapped under one batch key.
    """
    for _again in range(_MEETINGS):
        try:
            return _receive_batch(incoming, by)
        except IntegrityError:
            continue  # someone wrote one of these a moment ago: now it can be seen
    return _receive_batch(incoming, by)


def _receive_batch(incoming: Sequence[Incoming], by: Actor) -> list[Received]:
    seen = writing.known_intake_keys([one.key for one in incoming])
    by_key = {key: Received(report_id, 0, 0, is_new=False) for key, report_id in seen.items()}
    fresh = {one.key: one for one in incoming if one.key not in seen}
    if fresh:
        batch = Batch(list(fresh.values()))
        centre = zone()
        events: list[Event] = []
        with transaction.atomic():
            known = batch.write()
            for arrival in batch.arrivals:
                received = _received(arrival, known)
                received_on = arrival.incoming.received_at.astimezone(centre).date()
                events += _events(arrival.incoming, received, received_on=received_on)
                by_key[arrival.incoming.key] = received
            record_many(events, by=by)
    return [by_key[one.key] for one in incoming]


def _received_before(intake_key: bytes) -> Received:
    report = Report.objects.only("id").get(intake_key=intake_key)
    return Received(report.id, report.mentions.count(), 0, is_new=False)


def _received(arrival: writing.Arrival, known: set[bytes]) -> Received:
    report_id = arrival.key.record
    joined = len(arrival.identities.keys() & known)
    return Received(report_id, len(arrival.identities), joined, is_new=True)


def _events(incoming: Incoming, received: Received, *, received_on: date) -> list[Event]:
    events: list[Event] = [
        ReportReceived(
            subject=received.report_id,
            channel=incoming.channel,
            received_on=received_on,
            contents=received.contents,
            known=received.known,
        )
    ]
    if incoming.is_finished:
        events.append(
            report_finished(
                received.report_id,
                answers=incoming.answers,
                channel=incoming.channel,
                received_on=received_on,
                abandoned=False,
            )
        )
    return events
