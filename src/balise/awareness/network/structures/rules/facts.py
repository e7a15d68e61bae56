"""What is said of a structure, and how it is brought into form. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from balise.awareness.network.structures.rules.kinds import FACETS, StructureKind, Tongue
from balise.awareness.network.structures.rules.numbers import number_of
from balise.awareness.network.structures.rules.places import Atlas, Point
from balise.awareness.network.structures.rules.refusals import CountryUnknown, WordsUnknown
from balise.awareness.publications.rules.search import plain
from balise.awareness.publications.rules.taxonomy import Facet


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
        raise CountryUnknown(_("Choose a country."))
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
            raise WordsUnknown(_("Choose among the words of the list."))
