"""The words that answer to danger: whether they are signed, and what waits until they are."""

from dataclasses import dataclass

from django.conf import settings

from balise.foundation.actors import Actor
from balise.helpline.app import access
from balise.helpline.app.rules.leaflets import Leaflet, leaflet
from balise.helpline.app.rules.plan import Plan, plan
from balise.helpline.app.rules.quiz import Version, quiz
from balise.helpline.app.rules.ways import DARK, Way, digest, signed_by, ways


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a psychologist reads; `signed_by` is "" until one has signed these very words."""

    digest: str
    signed_by: str
    versions: tuple[tuple[Version, tuple[Way, ...]], ...]
    leaflet: Leaflet | None
    plan: Plan
    shows_plan: bool


def shown_plan() -> Plan | None:
    """Return the plan for hard moments; None where nobody signed it, except in a demonstration."""
    signed = signed_by(settings.WORDS_SIGNED, country=settings.COUNTRY)
    return plan(settings.COUNTRY) if signed or settings.DEMONSTRATION else None


def reviewed(*, seen_by: Actor) -> Reviewed:
    """Return the words with who signed them."""
    access.require(seen_by, access.WORDS)
    country = settings.COUNTRY
    return Reviewed(
        digest=digest(country),
        signed_by=signed_by(settings.WORDS_SIGNED, country=country),
        versions=tuple((one, ways(country, one)) for one in quiz(country).versions),
        leaflet=leaflet(DARK, country=country),
        plan=plan(country),
        shows_plan=shown_plan() is not None,
    )
