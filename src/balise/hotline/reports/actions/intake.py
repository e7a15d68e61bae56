"""Take reports in: one from a form or a partner, thousands from a file, by the same road."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import zone
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record_each
from balise.foundation.journal.events import Event
from balise.hotline.reports.events import ReportReceived, report_finished
from balise.hotline.reports.models.batches import Batch
from balise.hotline.reports.models.writing import (
    Arrival,
    Reported,
    facts_of_known,
    known_intake_keys,
)
from balise.hotline.reports.rules.incoming import Incoming

_MEETINGS = 3
# Reports from which a batch waits for the others: neighbours in a file speak of the same contents,
# and two of them that write at once would meet in every batch.
_MANY = 100

type Brought = tuple[Incoming, Actor]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it: the report, how many of its contents were known, whether it was new."""

    report_id: UUID
    contents: int
    known: int
    is_new: bool


def receive(*, incoming: Incoming, by: Actor) -> Received:
    """Take in one report. Anyone may: no ability is asked for. A second sending changes nothing.

    Reports that arrive at the same moment are written in one transaction.
    """
    return _receive_together((incoming, by))


def receive_many(*, incoming: Sequence[Incoming], by: Actor) -> list[Received]:
    """Take in a batch of reports of a file, in one transaction, and return what became of each.

    A report that was taken in before is left as it is.
    """
    return _receive_all([(one, by) for one in incoming])


def _receive_all(brought: Sequence[Brought]) -> list[Received]:
    for _again in range(_MEETINGS):
        try:
            return _receive_batch(brought)
        except IntegrityError:
            continue  # someone wrote one of these a moment ago: now it can be seen
    return _receive_batch(brought)


_receive_together = GroupCommit(_receive_all)


def _receive_batch(brought: Sequence[Brought]) -> list[Received]:
    seen = known_intake_keys([one.key for one, _by in brought])
    fresh: dict[bytes, Incoming] = {}
    bringers: list[Actor] = []
    for one, by in brought:
        if one.key not in seen and one.key not in fresh:
            fresh[one.key] = one
            bringers.append(by)
    taken: dict[bytes, Received] = {}
    if fresh:
        batch = Batch(list(fresh.values()))
        centre = zone()
        with transaction.atomic():
            if len(fresh) >= _MANY:
                rows.in_turn("hotline.intake")
            known = batch.join()
            stirred = batch.stirred
            events: list[tuple[Event, Actor]] = []
            for arrival, by in zip(batch.arrivals, bringers, strict=True):
                received = _received(arrival, known)
                received_on = arrival.incoming.received_at.astimezone(centre).date()
                events += (
                    (event, by)
                    for event in _events(arrival.incoming, received, received_on=received_on)
                )
                if stirred:
                    events += ((event, by) for event in _stirred(arrival, stirred))
                taken[arrival.incoming.key] = received
            with rows.in_one_message(len(fresh)):
                batch.write()
                record_each(events)
    return [
        taken[one.key] if fresh.get(one.key) is one else _received_before(one.key, seen, taken)
        for one, _by in brought
    ]


def _received_before(
    key: bytes, seen: Mapping[bytes, UUID], taken: Mapping[bytes, Received]
) -> Received:
    """Return what became of a report that was there already, or came twice at this moment."""
    report_id = seen[key] if key in seen else taken[key].report_id
    return Received(report_id, 0, 0, is_new=False)


def _received(arrival: Arrival, known: set[bytes]) -> Received:
    report_id = arrival.key.record
    joined = len(arrival.identities.keys() & known)
    return Received(report_id, len(arrival.identities), joined, is_new=True)


def _stirred(arrival: Arrival, stirred: dict[bytes, Reported]) -> list[Event]:
    """Return what this report is the first of its batch to say of contents that were settled."""
    found = arrival.identities.keys() & stirred.keys()
    return facts_of_known({key: stirred.pop(key) for key in found})


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
