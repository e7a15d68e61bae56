"""Write structures as lines of the schema; what does not fit stays outside, and is said. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.awareness.network.structures.rules.facts import Facts
from balise.awareness.network.structures.rules.kinds import StructureKind
from balise.awareness.network.structures.rules.mediation import WRITTEN, Schema
from balise.awareness.network.structures.rules.mediation.checks import CHECKS
from balise.foundation.tables import as_csv

_ASSOCIATIONS = frozenset(
    {StructureKind.NATIONAL, StructureKind.LOCAL, StructureKind.NGO, StructureKind.FAMILY}
)


class Left(TextChoices):
    """Why a structure stays outside the file."""

    ABROAD = "abroad", _("Abroad: the schema is the country’s own")
    NOT_AGREED = "not-agreed", _("It did not agree to be published")
    NUMBER = "number", _("No SIRET, RNA or RIDET that the schema takes")
    ADDRESS = "address", _("No street address")
    POSTCODE = "postcode", _("No postcode of five digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A structure as it is written: what is public of it, and its commune's code."""

    id: str
    facts: Facts
    commune_code: str
    confirmed_on: date


def left_out(one: Written, *, country: str) -> Left | None:
    """Return why a structure does not stand in the file; None where it does."""
    facts = one.facts
    if facts.country != country:
        return Left.ABROAD
    if not facts.may_publish:
        return Left.NOT_AGREED
    if not CHECKS["pivot"][0](facts.number):
        return Left.NUMBER
    if not CHECKS["postcode"][0](facts.postcode):
        return Left.POSTCODE
    return None if facts.address else Left.ADDRESS


def file_of(rows: Sequence[Written], *, schema: Schema, source: str) -> str:
    """Return the file: a comma between columns, `|` between values, as the schema has it."""
    return lines_of(schema.names, [_cells(row, schema, source) for row in rows])


def lines_of(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Return lines as they were read, to be corrected and brought again."""
    lines = [[row.get(name, "") for name in columns] for row in rows]
    return as_csv([columns, *lines], separator=",", has_mark=False)


def _cells(row: Written, schema: Schema, source: str) -> Mapping[str, str]:
    facts = row.facts
    publics = [word for word, ours in schema.publics.items() if set(ours) & set(facts.audiences)]
    care = [word for word, ours in schema.care.items() if ours in facts.languages]
    services = [schema.safe, *([schema.parents] if "parents" in facts.audiences else [])]
    ways = [schema.group, *([schema.remote] if facts.is_online else [])]
    # A number of ours is written as people read it: only the schema's own form leaves.
    telephone = facts.telephone if CHECKS["telephone"][0](facts.telephone) else ""
    return {
        "id": row.id,
        "pivot": facts.number,
        "nom": facts.name,
        "commune": facts.commune,
        "code_postal": facts.postcode,
        "code_insee": row.commune_code,
        "adresse": facts.address,
        "typologie": "ASSO" if facts.kind in _ASSOCIATIONS else "",
        "telephone": telephone,
        "courriels": facts.mail,
        "site_web": facts.web,
        "presentation_resume": facts.summary,
        "source": source,
        "date_maj": row.confirmed_on.isoformat(),
        "services": WRITTEN.join(services),
        "publics_specifiquement_adresses": WRITTEN.join(publics),
        "prise_en_charge_specifique": WRITTEN.join(care),
        "autres_formations_labels": schema.label,
        "modalites_accompagnement": WRITTEN.join(ways),
    }
