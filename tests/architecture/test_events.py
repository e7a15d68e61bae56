"""The journal holds ids, codes, numbers and dates: no words of anyone, and nobody's name."""

import dataclasses
import re
import types
import typing
from datetime import date, datetime
from enum import Enum
from typing import get_args, get_origin, get_type_hints
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from tests.architecture.reading import imported, kind
from tests.walks import of_each

CODES = (UUID, Enum, int, bool, date, datetime, Code)
NAME = re.compile(r"[a-z]+(\.[a-z]+(-[a-z]+)*){2}")


def every_event() -> list[type[Event]]:
    for path in kind("events"):
        imported(path)
    found: list[type[Event]] = []
    waiting = list(Event.__subclasses__())
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        ours = event.__module__.startswith("balise.") and ".tests." not in event.__module__
        if ours and "name" in event.__dict__:  # without a name it is only the shape of others
            found.append(event)
    return sorted(found, key=lambda event: (event.__module__, event.__name__))


EVENTS = every_event()


def holds_no_text(hint: object) -> bool:
    if get_origin(hint) in {typing.Union, types.UnionType}:
        return all(holds_no_text(part) for part in get_args(hint) if part is not types.NoneType)
    if get_origin(hint) in {tuple, frozenset}:  # kept as a sorted list
        return all(holds_no_text(part) for part in get_args(hint) if part is not Ellipsis)
    return isinstance(hint, type) and issubclass(hint, CODES)


@of_each("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_carries_only_codes(event: type[Event]) -> None:
    hints = get_type_hints(event)
    texts = [
        field.name for field in dataclasses.fields(event) if not holds_no_text(hints[field.name])
    ]
    assert not texts, f"{event.__name__} may hold free text in {texts}"


@of_each("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_is_named_for_its_line(event: type[Event]) -> None:
    assert NAME.fullmatch(event.name), f"{event.name} is not line.noun.verb"
    _, line, module, *_ = event.__module__.split(".")
    expected = module if line == "foundation" else line
    assert event.name.partition(".")[0] == expected


def test_no_two_events_have_one_name() -> None:
    names = [event.name for event in EVENTS]
    assert len(names) == len(set(names))
