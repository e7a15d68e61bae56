"""What is counted of calls: offered, answered, abandoned, how long, in time by half hour."""

from balise.foundation.statistics.measures import Measure
from balise.helpline.telephony.events import (
    CallAbandoned,
    CallAnswered,
    CallBackAsked,
    CallBackTried,
    CallEnded,
    CallOffered,
)

MEASURES = (
    Measure("helpline.calls.offered", counts=CallOffered, by=("half_hour",)),
    Measure("helpline.calls.answered", counts=CallAnswered, by=("band",), amount="seconds"),
    Measure("helpline.calls.in-time", counts=CallAnswered, by=("half_hour", "in_time")),
    Measure("helpline.calls.abandoned", counts=CallAbandoned, by=("band",), amount="seconds"),
    Measure("helpline.calls.ended", counts=CallEnded, by=("ended_by",), amount="seconds"),
    Measure("helpline.call-backs.asked", counts=CallBackAsked),
    Measure("helpline.call-backs.tried", counts=CallBackTried, by=("attempt",)),
)
