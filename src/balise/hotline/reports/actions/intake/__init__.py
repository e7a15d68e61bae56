"""Take reports in: one from a form or a partner, thousands from a file, by the same road."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from balise.foundation import failures, rows
from balise.foundation.actors import Actor
from balise.foundation.clock import zone
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record_each, record_many
from balise.foundation.journal.events import Event
from balise.hotline.reports.actions.intake.contents import Arrival, Batch, Contents, Neighbours
from balise.hotline.reports.events import ReportReceived, report_finished
from balise.hotline.reports.models import LINE
from balise.hotline.reports.queries.receipts import known_intake_keys
from balise.hotline.reports.rules.given import Incoming

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
    return _and_again(lambda: _receive_batch(brought))


_receive_together = GroupCommit(_receive_all)


def mention(*, arrival: Arrival, by: Actor) -> int:
    """Let a report that was taken in speak of more contents; return how many were known."""

    def write() -> Contents:
        with transaction.atomic():
            contents, sealer = Contents([arrival], ids=Neighbours()), BatchSealer(LINE)
            contents.join()
            wraps = contents.write(sealer)
            rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *wraps])
        return contents

    contents = _and_again(write)
    record_many(list(contents.facts.values()), by=by)
    return len(contents.known)


def say_more(*, arrival: Arrival, by: Actor) -> bool:
    """Let a report that its contents count say something else of them, in an open transaction.

    Return whether one of them is decided: it heeds nothing of it.
    """
    contents = Contents([arrival], ids=Neighbours(), are_new=False)
    contents.join()
    record_many(list(contents.facts.values()), by=by)
    return bool(contents.decided)


def _and_again[Found](write: Callable[[], Found]) -> Found:
    """Write in a transaction of its own; again where someone wrote one of these a moment ago.

    By then it can be seen. Where one waited for a content that the other joins, and the other for
    one that this one wrote, PostgreSQL ends one of the two (a deadlock): it is the same meeting.
    """
    for _again in range(_MEETINGS):
        try:
            return write()
        except IntegrityError:
            continue
        except OperationalError as error:
            if not failures.is_deadlock(error):
                raise
    return write()


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
            batch.join()
            known, facts = batch.contents.known, batch.contents.facts
            events: list[tuple[Event, Actor]] = []
            for one, arrival, by in zip(fresh.values(), batch.arrivals, bringers, strict=True):
                received = _received(arrival, known)
                received_on = one.received_at.astimezone(centre).date()
                events += ((event, by) for event in _events(one, received, received_on=received_on))
                if facts:  # said by the first report of the batch that speaks of the content
                    found = arrival.identities.keys() & facts.keys()
                    events += ((facts.pop(identity), by) for identity in found)
                taken[one.key] = received
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
