"""What is counted about passing on, help and danger."""

from balise.foundation.statistics.measures import Measure
from balise.helpline.console.events import (
    BriefLeft,
    DangerDeclared,
    DangerEnded,
    DangerJoined,
    HandLowered,
    HandRaised,
)

MEASURES = (
    Measure("helpline.transfers", counts=BriefLeft),
    Measure("helpline.hands.raised", counts=HandRaised),
    Measure("helpline.hands.lowered", counts=HandLowered, amount="seconds"),
    Measure("helpline.dangers.declared", counts=DangerDeclared),
    Measure("helpline.dangers.joined", counts=DangerJoined, amount="seconds"),
    Measure("helpline.dangers.ended", counts=DangerEnded, amount="seconds"),
)
