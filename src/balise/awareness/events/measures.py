"""What is counted of events: registrations, who came, heads, views of films."""

from balise.awareness.events.events import (
    AttendanceNoted,
    EventCancelled,
    EventPublished,
    HeadsDeclared,
    Registered,
    ReplayViewed,
    SpeakersCounted,
)
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure("awareness.events", counts=EventPublished, by=("kind",)),
    Measure("awareness.events-cancelled", counts=EventCancelled, by=("kind",)),
    Measure("awareness.registrations", counts=Registered, by=("kind",)),
    Measure("awareness.attended", counts=AttendanceNoted, by=("kind",), amount="more"),
    Measure("awareness.replays", counts=ReplayViewed, by=("kind",), amount="more"),
    Measure("awareness.speakers", counts=SpeakersCounted, by=("kind",), day="day", amount="more"),
    Measure("awareness.heads", counts=HeadsDeclared, by=("kind",), amount="more"),
)
