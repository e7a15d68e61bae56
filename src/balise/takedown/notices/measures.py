"""What is counted about notices: the headings of the report of Article 22(3) of the DSA."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.notices.events import (
    NoticeFailed,
    NoticeReminded,
    NoticeSent,
    OutcomeRecorded,
)

MEASURES = (
    Measure(
        "takedown.notices.sent",
        counts=NoticeSent,
        by=("for_line", "host", "offence", "dsa_category", "country"),
    ),
    Measure("takedown.notices.reminded", counts=NoticeReminded, by=("for_line", "host")),
    Measure("takedown.notices.failed", counts=NoticeFailed, by=("for_line", "failure")),
    Measure(
        "takedown.notices.outcomes",
        counts=OutcomeRecorded,
        by=("for_line", "host", "offence", "dsa_category", "outcome"),
        amount="seconds",
    ),
)
