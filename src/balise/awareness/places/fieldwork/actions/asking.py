"""Ask for an intervention: a school by the public form, or the coordinator for someone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.events import InterventionAsked
from balise.awareness.places.fieldwork.models import CONTACT, LINE, Contact, Intervention, Venue
from balise.awareness.places.fieldwork.rules import visits
from balise.awareness.places.fieldwork.rules.schools import name_key, schools
from balise.awareness.places.fieldwork.rules.visits import Audience, Line, VisitState
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: `name` and `area` say where, `code` is the school's, "" where not known.

    `groups` are class levels or professions; `contact` is sealed, and empty for none.
    """

    name: str
    area: str
    groups: Sequence[str]
    expected: int
    wished_from: date
    wished_to: date
    code: str = ""
    audience: Audience = Audience.SCHOOL
    line: Line = Line.AWARENESS
    language: str = "fr"
    campaign: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def ask(*, asked: Asked, by: Actor) -> UUID:
    """Write a request down, its contact sealed; returns its id. The public may, and who plans."""
    if not access.may_ask(by):
        raise PermissionDenied(access.CHANGE)
    country = schools(settings.COUNTRY)
    code = country.code(asked.code) if asked.audience is Audience.SCHOOL else ""
    known = country.levels if asked.audience is Audience.SCHOOL else country.professions
    visits.check_asked(
        groups=asked.groups,
        known=known,
        expected=asked.expected,
        wished=(asked.wished_from, asked.wished_to),
        today=clock.today(),
    )
    venue = _venue(name=asked.name, area=asked.area, code=code)
    row = Intervention(
        id=uuid4(),
        venue_id=venue,
        state=VisitState.ASKED,
        audience=asked.audience,
        host_line=asked.line,
        groups=[group for group in known if group in asked.groups],
        expected=asked.expected,
        wished_from=asked.wished_from,
        wished_to=asked.wished_to,
        language=asked.language,
        campaign=asked.campaign,
        asked_at=clock.now(),
        asked_on=clock.today(),
        is_again=_was_met(venue),
    )
    row.save(force_insert=True)
    if asked.contact:
        key = new_key(LINE, row.id)
        sealed = key.seal(dict(asked.contact), where=CONTACT, row=row.id)
        Contact(id=row.id, sealed=sealed, asked_at=row.asked_at).save(force_insert=True)
        keep(key)
    record(
        InterventionAsked(
            subject=row.id,
            venue=venue,
            audience=Code(asked.audience),
            host_line=Code(asked.line),
            area=Code(asked.area),
            expected=asked.expected,
            is_again=row.is_again,
        ),
        by=by,
    )
    return row.id


@transaction.atomic
def erase_contacts(*, interventions: Sequence[UUID], by: Actor) -> int:
    """Destroy who asked for interventions, with their keys; returns how many."""
    access.require(by, access.CHANGE)
    forget(interventions)
    return Contact.objects.filter(id__in=interventions).delete()[0]


def _venue(*, name: str, area: str, code: str) -> UUID:
    """Return the place of this code, or else of this name in this area; a new one if it is new."""
    named = name_key(name, area)
    ids = Venue.objects.order_by("known_as").values_list("id", flat=True)
    found = ids.filter(code=code).first() if code else None
    found = found or ids.filter(named=named, **({"code": ""} if code else {})).first()
    if found:
        return found
    venue = Venue(known_as=code or named, code=code, named=named, name=name.strip(), area=area)
    Venue.objects.bulk_create([venue], ignore_conflicts=True)  # another may be as quick
    return ids.get(known_as=venue.known_as)


def _was_met(venue: UUID) -> bool:
    return Intervention.objects.filter(venue_id=venue, state=VisitState.MET).exists()
