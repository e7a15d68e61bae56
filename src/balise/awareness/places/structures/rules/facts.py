"""What is said of a structure, and how it is brought into form. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.places.structures.rules.places import (
    Atlas,
    CountryUnknown,
    NumberFaulty,
    Point,
    WordsUnknown,
)
from balise.awareness.publications.rules.catalogue import plain
from balise.awareness.publications.rules.taxonomy import Facet

# What a structure is, and what it may say of itself. Pure.


LONGEST_NAME: Final = 120
LONGEST_MAIL: Final = 120
LONGEST_WEB: Final = 200
LONGEST_TELEPHONE: Final = 30
LONGEST_SUMMARY: Final = 280  # as in the schema of médiation numérique
WIDEST: Final = 300  # km that a structure goes out
FACETS: Final = {"audiences": "audience", "ages": "age", "topics": "topic"}  # of the catalogue


class StructureKind(TextChoices):
    """What a structure of the network is."""

    NATIONAL = "national", _("National popular-education association")
    LOCAL = "local", _("Local popular-education association")
    FAMILY = "family", _("Family mediation")
    NGO = "ngo", _("Non-governmental organisation")
    HUB = "hub", _("Digital hub")
    AUTHORITY = "authority", _("Local authority")
    OTHER = "other", pgettext_lazy("structure", "Other")


class Tongue(TextChoices):
    """In which languages a structure holds workshops (ISO 639-1, else 639-3)."""

    FR = "fr", pgettext_lazy("language", "French")
    EN = "en", pgettext_lazy("language", "English")
    AR = "ar", _("Arabic")
    DE = "de", _("German")
    ES = "es", _("Spanish")
    LB = "lb", _("Luxembourgish")
    PT = "pt", _("Portuguese")
    CREOLE_ANTILLES = "gcf", _("Antillean Creole")
    CREOLE_REUNION = "rcf", _("Réunion Creole")
    SIGN = "fsl", _("French Sign Language")


# Numbers that registers give: SIRET (14 digits), RNA (W and 9 digits), RIDET (7 to 10). Pure.


_SIRET: Final = re.compile(r"\d{14}")
_RNA: Final = re.compile(r"W\d{9}")  # it has no check digit
_RIDET: Final = re.compile(r"\d{7}|\d{10}")  # New Caledonia's; its last three are the place
_POST: Final = "356000000"  # La Poste: its 14 digits add to a multiple of 5 (INSEE)
_TEN: Final = 10


def number_of(text: str) -> str:
    """Return a number without spaces and dots, empty where none was given. Raises NumberFaulty."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if not number or _RNA.fullmatch(number) or _RIDET.fullmatch(number):
        return number
    if not _SIRET.fullmatch(number):
        raise NumberFaulty(gettext("Enter 14 digits (SIRET), or W and 9 digits (RNA)."))
    if not _checks(number):
        raise NumberFaulty(gettext("This SIRET is not right: check each digit."))
    return number


def _checks(siret: str) -> bool:
    """Return whether the check digits of a SIRET are right (Luhn; ISO/IEC 7812-1)."""
    if siret.startswith(_POST) and sum(map(int, siret)) % 5 == 0:
        return True
    total = 0
    for at, digit in enumerate(reversed(siret)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value >= _TEN else value
    return total % _TEN == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What people may write of a structure; the place is a commune with its postcode."""

    name: str
    kind: StructureKind
    country: str
    commune: str
    postcode: str = ""
    address: str = ""
    number: str = ""
    telephone: str = ""
    mail: str = ""
    web: str = ""
    summary: str = ""
    audiences: Sequence[str] = ()
    ages: Sequence[str] = ()
    topics: Sequence[str] = ()
    languages: Sequence[str] = ()
    radius: int | None = None
    is_online: bool = False
    may_publish: bool = False
    point: Point | None = None  # where it is known better than by its commune


def folded(name: str) -> str:
    """Return a name as it is compared: two that differ by case, accents or hyphens are one."""
    return " ".join(plain(name).split())


def columns(facts: Facts, *, atlas: Atlas, facets: Mapping[str, Facet]) -> dict[str, Any]:
    """Return facts as they are stored, with area and point.

    Raises NumberFaulty, CountryUnknown, PlaceUnknown, WordsUnknown.
    """
    country = facts.country.upper()
    if country in atlas.territories:
        country = atlas.country
    if len(country) != len("FR") or not country.isalpha():
        raise CountryUnknown(gettext("Choose a country."))
    area, code, commune = "", "", facts.commune.strip()
    if country == atlas.country:
        area, code, commune = atlas.located(commune=facts.commune, postcode=facts.postcode.strip())
    _check_words(facts, facets)
    at = facts.point or atlas.place(commune=code, area=area)
    written = asdict(facts)
    del written["point"]
    return {
        **written,
        "name": facts.name.strip(),
        "folded": folded(facts.name),
        "kind": facts.kind.value,
        "country": country,
        "area": area,
        "commune": commune,
        "commune_code": code,
        "postcode": facts.postcode.strip(),
        "number": number_of(facts.number) if country == atlas.country else facts.number.strip(),
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        **{name: list(getattr(facts, name)) for name in (*FACETS, "languages")},
    }


def _check_words(facts: Facts, facets: Mapping[str, Facet]) -> None:
    known = {name: set(facets[facet].terms) for name, facet in FACETS.items()}
    known["languages"] = set(Tongue.values)
    for name, words in known.items():
        if set(getattr(facts, name)) - words:
            raise WordsUnknown(gettext("Choose among the words of the list."))
