"""Notices made the way the programme makes them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import access
from balise.takedown.notices.actions import drafting
from balise.takedown.notices.rules.letters import Letter

_ALL = {access.READ, access.SEND, access.RECORD}
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({*_ALL, "hotline.reports.read"}))
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=2)), frozenset({*_ALL, "helpline.cases.read"}))
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)), frozenset({"hotline.reports.read"}))

FACTS_ON = date(2026, 10, 1)
LOCATION = "https://images.example/album/1"


def make_letter(**given: Any) -> Letter:
    """Return a letter that holds all that the law asks for, but for what is given otherwise."""
    return Letter(
        **{
            "locations": (LOCATION,),
            "explanation": "L'album diffuse l'image intime d'une personne qui s'y oppose.",
            "details": "Compte « exemple », troisième image.",
            "seen_at": now(),
            "in_good_faith": True,
            **given,
        }
    )


def make_notice(
    *,
    line: str = "hotline",
    subject: UUID | None = None,
    offence: str = "intimate-images",
    contact_id: UUID | None = None,
    letter: Letter | None = None,
    by: Actor = ANALYST,
) -> UUID:
    """Return a draft to a host that takes mail, in French."""
    return drafting.draft(
        line=line,
        subject=subject or uuid4(),
        offence=offence,
        facts_on=FACTS_ON,
        contact_id=contact_id or make_contact(make_host()),
        letter=letter or make_letter(),
        country="FR",
        by=by,
    )
