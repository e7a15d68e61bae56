"""What is counted about passing on, help and danger."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.console.events import (
    BriefLeft,
    DangerDeclared,
    DangerEnded,
    DangerJoined,
    HandLowered,
    HandRaised,
)

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.transfers", counts=BriefLeft),
    Measure("helpline.hands.raised", counts=HandRaised),
    Measure("helpline.hands.lowered", counts=HandLowered, amount="seconds"),
    Measure("helpline.dangers.declared", counts=DangerDeclared),
    Measure("helpline.dangers.joined", counts=DangerJoined, amount="seconds"),
    Measure("helpline.dangers.ended", counts=DangerEnded, amount="seconds"),
)
