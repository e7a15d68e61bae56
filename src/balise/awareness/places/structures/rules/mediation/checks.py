"""The form of each kind of field, with what is said where a value has another. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.awareness.places.structures.rules.facts import Facts, StructureKind, number_of
from balise.awareness.places.structures.rules.mediation import WRITTEN, Schema
from balise.awareness.places.structures.rules.places import NumberFaulty
from balise.foundation.tables import as_csv

_PIVOT: Final = re.compile(r"[a-zA-Z0-9]{9,14}")
_INSEE: Final = re.compile(r"(?:[013-9]\d|2[AB1-9])\d{3}")
_POSTCODE: Final = re.compile(r"\d{5}")
_TELEPHONE: Final = re.compile(r"\+(?:33|590|594|262|596|269|687|689|508|681)\d{6,9}")
_web = URLValidator(schemes=["http", "https"])

NOT_POSTCODE: Final = _(
    "A postcode has five digits. Organisations abroad stay outside this schema: register them by "
    "hand."
)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


def _is_number(value: str) -> bool:
    if _PIVOT.fullmatch(value) is None:
        return False
    try:
        return bool(number_of(value))
    except NumberFaulty:
        return False


def _is_day(value: str) -> bool:
    try:
        return len(value) >= len("2026-01-01") and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def _is_degree(most: float) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            return -most <= float(value) <= most
        except ValueError:
            return False

    return fits


def _is_telephone(value: str) -> bool:
    digits = value.replace(" ", "").replace(".", "")
    return _TELEPHONE.fullmatch(digits) is not None


def _passes(check: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            check(value)
        except ValidationError:
            return False
        return True

    return fits


type Check = tuple[Callable[[str], bool], str | Promise]

CHECKS: Final[Mapping[str, Check]] = {
    "pivot": (
        _is_number,
        _("This is not a SIRET (14 digits, the last one a check) or an RNA (W and 9 digits)."),
    ),
    "postcode": (_matches(_POSTCODE), NOT_POSTCODE),
    "insee": (_matches(_INSEE), _("An INSEE code has five characters, such as 35238 or 2A004.")),
    "latitude": (_is_degree(90), _("Write degrees with a point, between -90 and 90: 48.111.")),
    "longitude": (_is_degree(180), _("Write degrees with a point, between -180 and 180: -1.674.")),
    "telephone": (_is_telephone, _("Begin the number with its country: +33 2 99 00 00 00.")),
    "mail": (_passes(validate_email), _("This is not an e-mail address.")),
    "web": (_passes(_web), _("Write the whole address: https://…")),
    "day": (_is_day, _("Write the day as 2026-11-28.")),
}


# Write structures as lines of the schema; what does not fit stays outside, and is said. Pure.


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
