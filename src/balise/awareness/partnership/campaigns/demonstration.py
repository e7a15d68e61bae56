"""Three campaigns with invented names: one over, one that runs, one to come; always the same."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from balise.awareness.partnership.campaigns import actions
from balise.awareness.partnership.campaigns.rules import Facts, Medium
from balise.awareness.publications.queries.kits import choices as kits
from balise.awareness.usage.demonstration import follow
from balise.foundation import clock
from balise.foundation.actors import Actor

RUNNING: Final = "DECLIC-2026"
_DAY = timedelta(days=1)
_AGO = timedelta(days=120)
# By the medium: what it is of, how many, who declared it.
_PLAN: Final = (
    (Medium.SCREENS, "Écrans de gares et de métros", 160, "Réseau Quai 9"),
    (Medium.CENTRES, "Écrans de galeries marchandes", 450, "Régie Passage"),
    (Medium.POINTS, "Buralistes et marchands de presse", 35_000, "Réseau Comptoirs"),
    (Medium.POSTS, "Vidéo de 20 secondes, trois réseaux sociaux", 24, "Agence Grand Large"),
    (Medium.OTHER, "Affiches d’abribus, dix villes", 320, "Régie Passage"),
)
# Fifteen channels, of 1.6 million followers as each declared them.
_FOLLOWERS: Final = (310, 240, 190, 160, 130, 110, 90, 80, 70, 60, 50, 40, 30, 25, 15)


def fill(people: Mapping[str, Actor]) -> None:
    """Add the campaigns with the plan of the one that runs, and links that carry codes."""
    coordinator, today = people["coordinator"], clock.today()
    the_kits = [key for key, _title in kits(language="fr")][:1]
    with clock.at(clock.ago(_AGO)):
        made = actions.add(
            code=RUNNING,
            facts=Facts(
                name="Le déclic : on en parle",
                edition=4,
                hashtag="LeDéclic",
                first=today - 45 * _DAY,
                last=today + 30 * _DAY,
                partners=("Régie Passage", "Réseau Quai 9", "Réseau Comptoirs"),
                kits=the_kits,
            ),
            by=coordinator,
        )
        before = Facts(
            name="Bienvenue les 6e",
            edition=2,
            hashtag="Bienvenueles6e",
            first=today - 100 * _DAY,
            last=today - 40 * _DAY,
            kits=the_kits,
        )
        actions.add(code="SIXIEME-2026", facts=before, by=coordinator)
        coming = Facts(
            name="Ensemble pour un meilleur internet",
            edition=24,
            hashtag="SID2027",
            first=today + 60 * _DAY,
            last=today + 75 * _DAY,
        )
        actions.add(code="SID-2027", facts=coming, by=coordinator)
    _plan(made, by=coordinator, on=today - 50 * _DAY)
    follow(("SID-2027", RUNNING), editor=people["editor"])


def _plan(campaign: UUID, *, by: Actor, on: date) -> None:
    """Declare the plan of a campaign."""
    channels = [
        (Medium.INFLUENCER, f"@chaine-exemple-{at}", thousands * 1_000, "La chaîne elle-même")
        for at, thousands in enumerate(_FOLLOWERS, start=1)
    ]
    for medium, label, number, declared_by in (*_PLAN, *channels):
        actions.declare(
            campaign_id=campaign,
            medium=medium,
            label=label,
            number=number,
            declared_by=declared_by,
            declared_on=on,
            by=by,
        )
