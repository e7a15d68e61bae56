"""Partners, mandates and agreements, made the way the programme makes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from balise.awareness.partnership.partners.actions import advice, groups, register
from balise.awareness.partnership.partners.actions.advice import Said
from balise.awareness.partnership.partners.actions.register import About
from balise.awareness.partnership.partners.rules.advice import Votes
from balise.awareness.partnership.partners.rules.days import read
from balise.awareness.partnership.partners.rules.groups import GroupKind
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.clock import today


def make_organisation(name: str = "", *, by: Actor | None = None, **about: Any) -> UUID:
    """Return an association that is a partner, unless something else is said."""
    facts = {
        "name": name or f"Association {uuid4().hex[:6]}",
        "kind": PartnerKind.PARTNER,
        "sector": Sector.ASSOCIATION,
        "country": "FR",
    }
    return register.add(about=About(**{**facts, **about}), by=by or make_actor("coordinator"))


def make_mandate(
    organisation_id: UUID,
    since: str,
    until: str = "",
    *,
    role: Role = Role.PRESIDENCY,
    by: Actor | None = None,
    **facts: Any,
) -> UUID:
    """Return a mandate in an organisation, the centre's own unless a holder is said."""
    return register.note_mandate(
        organisation_id=organisation_id,
        role=role,
        since=read(since),
        until=read(until) if until else None,
        by=by or make_actor("coordinator"),
        **facts,
    )


def make_agreement(organisation_id: UUID, *, by: Actor | None = None, **facts: Any) -> UUID:
    """Return a partnership agreement, signed today and with no end unless days are said."""
    facts = {"kind": AgreementKind.CONVENTION, "signed": today(), **facts}
    by = by or make_actor("coordinator")
    return register.sign(organisation_id=organisation_id, by=by, **facts)


def make_group(kind: GroupKind = GroupKind.EXPERTS, *, by: Actor | None = None) -> UUID:
    """Return a group that was formed a year ago."""
    return groups.form(
        kind=kind,
        name=f"Groupe {uuid4().hex[:6]}",
        mandate="Conseiller le centre.",
        since=today() - timedelta(days=365),
        by=by or make_actor("coordinator"),
    )


def make_member(group_id: UUID, *, name: str = "Sacha Exemple", **facts: Any) -> UUID:
    """Return a seat that was taken today, whose name is not public unless it is said."""
    facts = {"role": "Sociologue", "since": today(), "by": make_actor("coordinator"), **facts}
    return groups.seat(group_id=group_id, name=name, **facts)


def make_meeting(group_id: UUID, *, present: int = 12, days_ago: int = 30) -> UUID:
    """Return a meeting of a month ago."""
    return groups.note_meeting(
        group_id=group_id,
        day=today() - timedelta(days=days_ago),
        agenda="Les réglages par défaut.",
        present=present,
        by=make_actor("coordinator"),
    )


def said(votes: Votes, **facts: Any) -> Said:
    """Return an opinion in words, with these votes."""
    return Said(
        **{"language": "fr", "title": "Un avis", "text": "Nous pensons.", **facts}, votes=votes
    )


def make_opinion(meeting_id: UUID, votes: Votes = Votes(9, 2, 1), **facts: Any) -> UUID:  # noqa: B008 - frozen
    """Return an opinion that nobody else reads yet; two voted against."""
    by = make_actor("coordinator")
    return advice.write(meeting_id=meeting_id, said=said(votes, **facts), by=by)


def make_recommendation(group_id: UUID, **facts: Any) -> UUID:
    """Return a recommendation that was sent a month ago, to be answered within the month."""
    by = make_actor("coordinator")
    facts = {
        "company_id": make_organisation(sector=Sector.COMPANY),
        "language": "fr",
        "text": "Fermez les messages aux inconnus.",
        "sent_on": today() - timedelta(days=30),
        "answer_by": today(),
        **facts,
    }
    return advice.recommend(group_id=group_id, by=by, **facts)
