"""What is counted of calls: offered, answered, abandoned, blocked, and how long they last.

On the day of the call, so that an exchange's records of last year count where they belong.
"""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.telephony.events import (
    CallAbandoned,
    CallAnswered,
    CallBlocked,
    CallEnded,
    CallOffered,
)

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.calls.offered", counts=CallOffered, by=("half_hour",), day="day"),
    Measure(
        "helpline.calls.answered", counts=CallAnswered, by=("band",), day="day", amount="seconds"
    ),
    Measure(
        "helpline.calls.abandoned", counts=CallAbandoned, by=("band",), day="day", amount="seconds"
    ),
    Measure("helpline.calls.blocked", counts=CallBlocked, by=("half_hour",), day="day"),
    Measure(
        "helpline.calls.ended", counts=CallEnded, by=("ended_by",), day="day", amount="seconds"
    ),
)
