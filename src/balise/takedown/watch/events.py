"""What the watch saw. The subject is the content, `for_line` whose it is."""

from dataclasses import dataclass
from datetime import date, datetime

from balise.foundation.journal.events import Code, Event
from balise.takedown.watch.rules import Pace


@dataclass(frozen=True, kw_only=True)
class WatchStarted(Event):
    name = "takedown.watch.started"

    for_line: Code
    pace: Pace


@dataclass(frozen=True, kw_only=True)
class WatchStopped(Event):
    name = "takedown.watch.stopped"

    for_line: Code


@dataclass(frozen=True, kw_only=True)
class ContentGone(Event):
    """Three looks did not find it: the first at `gone_at`, `seconds` after the watch began."""

    name = "takedown.content.gone"

    for_line: Code
    gone_at: datetime
    gone_on: date
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ContentBack(Event):
    """It is there again, `seconds` after it was first missed."""

    name = "takedown.content.back"

    for_line: Code
    seconds: int
