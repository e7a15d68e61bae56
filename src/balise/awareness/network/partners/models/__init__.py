"""Organisations with their mandates and agreements; working groups and what they advise."""

from balise.awareness.network.partners.models.advice import Opinion, Recommendation, Step
from balise.awareness.network.partners.models.groups import (
    INTEREST,
    LINE,
    NAME,
    Group,
    Interest,
    Meeting,
    Member,
    Seats,
)
from balise.awareness.network.partners.models.register import Agreement, Mandate, Organisation

__all__ = [
    "INTEREST",
    "LINE",
    "NAME",
    "Agreement",
    "Group",
    "Interest",
    "Mandate",
    "Meeting",
    "Member",
    "Opinion",
    "Organisation",
    "Recommendation",
    "Seats",
    "Step",
]
