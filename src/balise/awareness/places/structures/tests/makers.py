"""Structures, registered the way the programme registers them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from balise.awareness.places.structures.actions import closing, registering
from balise.awareness.places.structures.models import CODE, LINE, Structure
from balise.awareness.places.structures.rules.facts import Facts, StructureKind
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import key_of_line


def facts_of(**facts: Any) -> Facts:
    """Return what is said of a structure in Rennes, unless said otherwise."""
    usual: dict[str, Any] = {
        "name": "La Passerelle",
        "kind": StructureKind.LOCAL,
        "country": "FR",
        "commune": "Rennes",
        "postcode": "35000",
        "audiences": ["parents"],
        "may_publish": True,
    }
    return Facts(**{**usual, **facts})


def make_structure(
    *,
    by: Actor | None = None,
    attested_on: date | None = None,
    until: date | None = None,
    **facts: Any,
) -> UUID:
    """Return a structure, attested and under convention where days are given."""
    by = by or make_actor("coordinator")
    made = registering.register(facts=facts_of(**facts), by=by)
    if attested_on:
        registering.attest(structure_id=made, attested_on=attested_on, by=by)
    if until:
        signed_on = min(today(), until - timedelta(days=1))
        closing.sign(structure_id=made, signed_on=signed_on, until=until, by=by)
    return made


def make_contact(structure: UUID, *, address: str = "Contact@passerelle.example") -> UUID:
    """Return someone who answers for a structure."""
    return closing.add(
        structure_id=structure,
        name="Dominique Exemple",
        role="Direction",
        address=address,
        language="fr",
        by=make_actor("coordinator"),
    )


def code_of(structure: UUID) -> str:
    """Return the secret code of a structure."""
    row = Structure.objects.get(id=structure)
    said = key_of_line(LINE, row.id).open(row.sealed_code, where=CODE, row=row.id)
    return str(said["code"])
