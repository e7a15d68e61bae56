"""Record an event, and register who receives it.

An action calls `record` once. The entry is the audit trail and the queue: the clerk links it and
gives it to the subscribers a moment after the action's transaction is committed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from itertools import batched
from operator import itemgetter
from types import NoneType
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code, Event
from balise.foundation.journal.models import Entry

type Past = tuple[Event, Actor, datetime]  # a fact of the past: who acted, and when
type Handler = Callable[[Sequence[Entry]], None]

_COLUMNS = ("at", "line", "event", "subject", "actor_kind", "actor_key", "facts_text")
_AT_ONCE = 2_000
_FACTS = (UUID, Code, Enum, int, date, datetime, NoneType)


def record(event: Event, *, by: Actor) -> None:
    """Write the fact in the open transaction; raise RuntimeError where there is none."""
    _check_transaction(event.name)
    rows.insert(Entry, _COLUMNS, [_row(event, by, clock.now())])


def record_many(events: Iterable[Event], *, by: Actor) -> int:
    """Write many facts in the open transaction and return how many; for imports."""
    return record_each((event, by) for event in events)


def record_each(events: Iterable[tuple[Event, Actor]]) -> int:
    """Write many facts, each with who acted, in the open transaction; return how many."""
    _check_transaction("facts")
    at = clock.now()
    return sum(
        rows.insert(Entry, _COLUMNS, [_row(event, by, at) for event, by in some])
        for some in batched(events, _AT_ONCE, strict=False)
    )


def record_past(facts: Iterable[Past]) -> int:
    """Write facts of the past in the open transaction, in the order of their moments.

    Return how many. For a history that is brought in; those of one moment stay in the given order.
    """
    _check_transaction("facts")
    told = sorted(facts, key=itemgetter(2))
    return sum(
        rows.insert(Entry, _COLUMNS, [_row(*fact) for fact in some])
        for some in batched(told, _AT_ONCE, strict=False)
    )


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler and the events it receives, under a name that its cursor keeps permanently."""

    name: str
    handler: Handler
    events: frozenset[str]
    lines: frozenset[str]
    from_now: bool


SUBSCRIPTIONS: dict[str, Subscription] = {}


def subscribe(name: str, handler: Handler, *events: type[Event], from_now: bool = False) -> None:
    """Hand the events to a handler, in order and in batches.

    Only `config/wiring` calls this, and the card of a module that a centre turns on.

    The handler runs in the transaction that moves its cursor: what it writes to the database
    happens exactly once; what it does outside may happen again. A new subscriber starts with the
    first entry ever; one that says `from_now`, with the first after the last set-up.
    """
    SUBSCRIPTIONS[name] = Subscription(
        name=name,
        handler=handler,
        events=frozenset(event.name for event in events),
        lines=frozenset(event.line for event in events),
        from_now=from_now,
    )


def facts_of(event: Event) -> str:
    """Return the event's facts as canonical JSON: sorted keys, no spaces, UTF-8.

    Raises TypeError for what is neither id, code, number nor date, and ValueError for a string
    that is no code: free text never enters the journal.
    """
    facts = {name: _fact(getattr(event, name)) for name in _fact_names(type(event))}
    return orjson.dumps(facts).decode()


def _row(event: Event, by: Actor, at: datetime) -> tuple[Any, ...]:
    return (at, event.line, event.name, event.subject, by.kind.value, by.key, facts_of(event))


def _fact(value: object) -> object:
    if isinstance(value, _FACTS):
        return value
    if isinstance(value, str):
        return Code(value)
    if isinstance(value, tuple | frozenset):
        return sorted(str(_fact(part)) for part in value)
    raise TypeError(f"a fact is an id, a code, a number or a date, not {type(value).__name__}")


_names: dict[type[Event], tuple[str, ...]] = {}


def _fact_names(event: type[Event]) -> tuple[str, ...]:
    names = _names.get(event)
    if names is None:
        names = tuple(sorted(field.name for field in fields(event) if field.name != "subject"))
        _names[event] = names
    return names


def _check_transaction(what: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"{what} recorded outside a transaction")


# What the journal was told, read again by the kind of fact: for registers that are asked of a
# day.
#
# For facts of which there are thousands, not millions: each is parsed.


def told(
    *events: type[Event], until: datetime
) -> Iterator[tuple[type[Event], UUID, Mapping[str, Any]]]:
    """Yield what was recorded of these events before a moment, in order: subject and facts."""
    by_name = {event.name: event for event in events}
    rows = Entry.objects.filter(event__in=by_name, at__lt=until).order_by("id")
    for row in rows.only("event", "subject", "facts_text").iterator():
        yield by_name[row.event], row.subject, row.facts


def has_done(*events: type[Event], subject: UUID, by: Actor) -> bool:
    """Return whether someone has done one of these to a subject."""
    names = [event.name for event in events]
    return Entry.objects.filter(subject=subject, event__in=names, actor_key=by.key).exists()
