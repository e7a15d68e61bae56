"""What an import compares with, and what an export writes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from balise.awareness.network.structures import access
from balise.awareness.network.structures.documents import read_sheet
from balise.awareness.network.structures.models import Structure
from balise.awareness.network.structures.queries.places import home
from balise.awareness.network.structures.rules.facts import Facts, folded
from balise.awareness.network.structures.rules.mediation import Schema, schema
from balise.awareness.network.structures.rules.mediation.reading import Line, Sheet
from balise.awareness.network.structures.rules.mediation.writing import Left, Written, left_out
from balise.awareness.network.structures.rules.numbers import number_of
from balise.awareness.network.structures.rules.refusals import NoSchema
from balise.foundation.actors import Actor
from balise.foundation.clock import today


def known_as(facts: Facts) -> Structure | None:
    """Return the open structure that has this number, or this name in this commune."""
    rows = Structure.objects.filter(closed_on=None, country=facts.country)
    same = rows.filter(number=number_of(facts.number)).first() if facts.number else None
    if same is not None:
        return same
    _area, code, commune = home().located(commune=facts.commune, postcode=facts.postcode)
    of = {"commune_code": code} if code else {"commune": commune}
    return rows.filter(folded=folded(facts.name), **of).first()


def facts_of(row: Structure) -> Facts:
    """Return what is said of a structure."""
    return Facts(
        name=row.name,
        kind=row.stands,
        country=row.country,
        commune=row.commune,
        postcode=row.postcode,
        address=row.address,
        number=row.number,
        telephone=row.telephone,
        mail=row.mail,
        web=row.web,
        summary=row.summary,
        audiences=row.audiences,
        ages=row.ages,
        topics=row.topics,
        languages=row.languages,
        radius=row.radius,
        is_online=row.is_online,
        may_publish=row.may_publish,
    )


def written() -> Iterator[Written]:
    """Yield the open structures as an export has them."""
    for row in Structure.objects.filter(closed_on=None).order_by("folded", "id").iterator():
        yield Written(
            id=row.outside_id or str(row.id),
            facts=facts_of(row),
            commune_code=row.commune_code,
            confirmed_on=row.confirmed_on,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file before it is brought in: its lines, and those that the register has already."""

    sheet: Sheet
    new: int
    known: Sequence[tuple[Line, Structure]]
    refused: Sequence[Line]


def verdict(text: str, *, seen_by: Actor) -> Verdict:
    """Return what would become of a file; nothing is written. Raises NoSchema."""
    access.require(seen_by, access.WRITE)
    sheet = read_sheet(text, schema=own_schema(), atlas=home(), today=today())
    right = [line for line in sheet.lines if line.facts is not None]
    found = ((line, known_as(line.facts)) for line in right if line.facts is not None)
    known = [(line, row) for line, row in found if row is not None]
    refused = [line for line in sheet.lines if line.faults]
    return Verdict(sheet, len(right) - len(known), known, refused)


def outside(*, seen_by: Actor) -> Mapping[Left, int]:
    """Return how many structures stay outside an export, by reason."""
    access.require(seen_by, access.WRITE)
    country = home().country
    reasons = (left_out(one, country=country) for one in written())
    return Counter(why for why in reasons if why is not None)


def own_schema() -> Schema:
    """Return the schema of the centre's country. Raises NoSchema."""
    found = schema(settings.CENTRE.country)
    if found is None:
        raise NoSchema(_("This country has no schema for such files."))
    return found
