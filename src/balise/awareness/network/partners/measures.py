"""What is counted of partners, working groups and their advice."""

from balise.awareness.network.partners.events import (
    AgreementSigned,
    MeetingHeld,
    OpinionPublished,
    RecommendationMoved,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN

MEASURES = (
    Measure("awareness.partners.agreements", counts=AgreementSigned, by=("kind",), day="day"),
    Measure("awareness.groups.meetings", counts=MeetingHeld, by=("kind",), day="day"),
    Measure(
        "awareness.groups.youth",
        counts=MeetingHeld,
        day="day",
        amount="present",
        only=(("kind", "youth"),),
        threshold=CHILDREN,
    ),
    Measure("awareness.groups.opinions", counts=OpinionPublished, by=("kind",)),
    Measure(
        "awareness.groups.recommendations",
        counts=RecommendationMoved,
        by=("state",),
        day="day",
    ),
)
