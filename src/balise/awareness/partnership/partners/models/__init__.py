"""Organisations with their mandates and agreements; working groups and what they advise."""

from balise.awareness.partnership.partners.models.groups import (
    INTEREST,
    LINE,
    NAME,
    Agreement,
    Group,
    Interest,
    Mandate,
    Meeting,
    Member,
    Opinion,
    Organisation,
    Recommendation,
    Seats,
    Step,
)

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
