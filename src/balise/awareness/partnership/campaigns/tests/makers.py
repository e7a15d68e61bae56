"""Campaigns, made the way the programme makes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from balise.awareness.partnership.campaigns import actions
from balise.awareness.partnership.campaigns.rules import Facts, Medium
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today


def make_campaign(code: str = "RENTREE-2026", **facts: Any) -> UUID:
    """Return a campaign that runs for a month around today."""
    said = {
        "name": "La rentrée sans crainte",
        "first": today() - timedelta(days=15),
        "last": today() + timedelta(days=15),
        **facts,
    }
    return actions.add(code=code, facts=Facts(**said), by=make_actor("coordinator"))


def make_declared(campaign_id: UUID, **facts: Any) -> UUID:
    """Return a number of a campaign's plan: 160 screens, declared by their network today."""
    return actions.declare(
        campaign_id=campaign_id,
        by=make_actor("coordinator"),
        **{
            "medium": Medium.SCREENS,
            "label": "Écrans de gares",
            "number": 160,
            "declared_by": "Réseau Affiche",
            "declared_on": today(),
            **facts,
        },
    )
