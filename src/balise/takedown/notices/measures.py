"""What is counted about notices: the headings of the report of Article 22(3) of the DSA, and ours.

How long recipients take is computed from the events, exactly: `queries/times.py`. The totals here
are sums of seconds, for means.
"""

from balise.foundation.statistics.measures import Measure
from balise.takedown.notices.events import (
    ClockRanOut,
    ClockStopped,
    ContestRuled,
    HostAnswered,
    NoticeAcknowledged,
    NoticeContested,
    NoticeFailed,
    NoticeReminded,
    NoticeRetracted,
    NoticeSent,
    NoticesHeld,
    OutcomeRecorded,
    RungClimbed,
)

MEASURES = (
    Measure(
        "takedown.notices.sent",
        counts=NoticeSent,
        by=("for_line", "host", "offence", "dsa_category", "country", "rung", "urgency"),
    ),
    Measure("takedown.notices.reminded", counts=NoticeReminded, by=("for_line", "host")),
    Measure("takedown.notices.failed", counts=NoticeFailed, by=("for_line", "failure")),
    Measure(
        "takedown.notices.acknowledged",
        counts=NoticeAcknowledged,
        by=("for_line", "host"),
        amount="seconds",
    ),
    Measure(
        "takedown.notices.outcomes",
        counts=OutcomeRecorded,
        by=("for_line", "host", "offence", "dsa_category", "outcome", "account", "rung"),
        amount="seconds",
    ),
    Measure(
        "takedown.notices.outcomes-running",
        counts=OutcomeRecorded,
        by=("for_line", "host", "urgency", "outcome"),
        amount="running_seconds",
    ),
    Measure("takedown.notices.held", counts=NoticesHeld, by=("for_line", "reason")),
    Measure("takedown.notices.clock-stopped", counts=ClockStopped, by=("for_line", "host", "why")),
    Measure("takedown.notices.ran-out", counts=ClockRanOut, by=("for_line", "host", "goal")),
    Measure("takedown.notices.climbed", counts=RungClimbed, by=("for_line", "host", "rung")),
    Measure("takedown.notices.answers", counts=HostAnswered, by=("for_line", "via", "kind")),
    Measure(
        "takedown.notices.contested",
        counts=NoticeContested,
        by=("for_line", "host", "contester", "via"),
    ),
    Measure(
        "takedown.notices.ruled",
        counts=ContestRuled,
        by=("for_line", "host", "contester", "ruling"),
        amount="seconds",
    ),
    Measure("takedown.notices.retracted", counts=NoticeRetracted, by=("for_line", "host", "rung")),
)
