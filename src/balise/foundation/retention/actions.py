"""Delete what is due: in batches, each with its journal entry, and never by a wrong clock."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from uuid import uuid4

from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.foundation.retention.events import ClockNoted, RetentionErased, RunEnded
from balise.foundation.retention.models import Applied, Outcome, Run
from balise.foundation.retention.rules import RULES, Rule, find_jump

log = logging.getLogger(__name__)

BATCH = 200
_LOOKED_AT = 2_000  # rows that are asked for at a time


@dataclass(slots=True)
class _Result:
    count: int = 0
    error: str = ""
    seen: set[object] = field(default_factory=set)


def run(*, by: Actor, clock_is_right: bool = False) -> Run:
    """Apply every rule and return the run; erase nothing where the clock jumped.

    `clock_is_right` says that someone has checked the clock, and ends a refusal.
    """
    now = clock.now()
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    jump = None if clock_is_right else find_jump(_moments(), now)
    if jump:
        return _refuse(now, newest, jump, by=by)
    this = Run.objects.create(started_at=now, entry=newest)
    failed = False
    for rule in RULES.values():
        result = _apply(rule, now, by=by)
        failed = failed or bool(result.error)
        Applied.objects.create(
            run=this, rule=rule.name, line=rule.line, count=result.count, error=result.error
        )
    return _close(this, Outcome.FAILED if failed else Outcome.DONE, by=by)


@transaction.atomic
def note_clock(*, by: Actor) -> None:
    """Leave a mark in the journal: a day without events must not look like a jump of the clock."""
    record(ClockNoted(subject=uuid4()), by=by)


def _moments() -> Iterator[datetime]:
    """Return when the entries since the last run that trusted its clock were written."""
    trusted = (
        Run.objects.exclude(outcome=Outcome.REFUSED).order_by("-id").values_list("entry", flat=True)
    ).first()
    entries = Entry.objects.order_by("id").values_list("at", flat=True)
    if trusted is None:  # never ran: all that can be asked is whether the journal ends about now
        return iter(entries.reverse()[:1])
    return entries.filter(id__gte=trusted).iterator(chunk_size=5_000)


def _apply(rule: Rule, now: datetime, *, by: Actor) -> _Result:
    result = _Result()
    try:
        while found := list(rule.due(now).values_list("pk", flat=True)[:_LOOKED_AT]):
            if result.seen.intersection(found):
                result.error = "NothingErased"  # the rule names again what it was to erase
                break
            result.seen.update(found)
            for some in batched(found, BATCH, strict=False):
                result.count += _erase(rule, some, by=by)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rules are applied
        result.error = type(error).__qualname__[:200]
    if result.error:
        log.error("retention: %s failed (%s)", rule.name, result.error)
    return result


@transaction.atomic
def _erase(rule: Rule, records: Sequence[object], *, by: Actor) -> int:
    count = rule.erase(records)
    if count:
        erased = RetentionErased.in_line(rule.line)
        record(erased(subject=rule.subject, rule=Code(rule.name), count=count), by=by)
    return count


@transaction.atomic
def _refuse(now: datetime, newest: int, jump: tuple[datetime, datetime], *, by: Actor) -> Run:
    log.error("retention: refused, the clock jumped from %s to %s", *jump)
    this = Run(started_at=now, entry=newest, jumped_from=jump[0], jumped_to=jump[1])
    return _close(this, Outcome.REFUSED, by=by)


@transaction.atomic
def _close(this: Run, outcome: Outcome, *, by: Actor) -> Run:
    this.finished_at, this.outcome = clock.now(), outcome
    this.save()
    record(RunEnded(subject=uuid4(), outcome=Code(outcome)), by=by)
    return this
