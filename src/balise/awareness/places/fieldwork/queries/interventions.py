"""Interventions: what is asked for, what is planned, how many schools came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _, pgettext

from balise.awareness.partnership.campaigns.ports import Counted
from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.models import CONTACT, LINE, Contact, Intervention, Opinion
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.rules.returns import ReturnRate, return_rate, season_of
from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import Audience, VisitState
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line
from balise.foundation.finding import NotHere, find


@dataclass(frozen=True, slots=True)
class Listed:
    """An intervention, with the words for what it names; `met` is by level or profession."""

    row: Intervention
    area: str
    groups: Sequence[str]
    structure: str
    met: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One with who asked for it, None where that is forgotten or was never given."""

    listed: Listed
    contact: Mapping[str, str] | None
    rating: int | None
    earlier: int  # how often its place was met before


@dataclass(frozen=True, slots=True)
class Written:
    """To whom a mail about an intervention goes, and what it says."""

    address: str
    language: str
    venue: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many answered how."""

    answers: int
    counts: Sequence[tuple[int, int]]


def listed(*states: VisitState, seen_by: Actor) -> Sequence[Listed]:
    """Return the interventions in these states: by day where they have one, else as they came."""
    access.require(seen_by, access.READ)
    rows = Intervention.objects.filter(state__in=states).select_related("venue")
    return _listed(list(rows.order_by("planned_on", "asked_at")))


def ended(*, seen_by: Actor, most: int = 60) -> Sequence[Listed]:
    """Return those that ended last."""
    access.require(seen_by, access.READ)
    rows = Intervention.objects.filter(ended_at__isnull=False).select_related("venue")
    return _listed(list(rows.order_by("-ended_at")[:most]))


def one(intervention_id: UUID, *, seen_by: Actor) -> Shown:
    """Return an intervention with its contact, opened for who plans alone. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Intervention.objects.select_related("venue"), id=intervention_id)
    opinion = Opinion.objects.filter(id=row.id).values_list("rating", flat=True).first()
    met = Intervention.objects.filter(
        venue=row.venue, state=VisitState.MET, asked_at__lt=row.asked_at
    )
    contact = _contact(row.id) if seen_by.may(access.CHANGE) else None
    return Shown(_listed([row])[0], contact, opinion, met.order_by().count())


def returns(*, seen_by: Actor, day: date | None = None) -> Sequence[ReturnRate]:
    """Return the rates of the last season and of the one now, both until a day (today)."""
    access.require(seen_by, access.READ)
    by = day or clock.today()
    starts = schools(settings.COUNTRY).season_starts_in
    now = season_of(by, starts_in=starts)
    before = season_of(date.fromordinal(now[0].toordinal() - 1), starts_in=starts)
    rows = Intervention.objects.filter(audience=Audience.SCHOOL).order_by()
    met = [
        (venue, on)
        for venue, on in rows.filter(state=VisitState.MET).values_list("venue_id", "met_on")
        if on is not None
    ]
    asked = list(rows.values_list("venue_id", "asked_on"))
    return [return_rate(met, asked, season=season, by=by) for season in (before, now)]


def ratings(*, seen_by: Actor) -> Ratings:
    """Return how many of those who asked answered, and how."""
    access.require(seen_by, access.READ)
    rows = Opinion.objects.values("rating").annotate(many=Count("id")).order_by("rating")
    counts = {row["rating"]: int(row["many"]) for row in rows}
    answers = sum(counts.values())
    told = [(rating, counts.get(rating, 0)) for rating in range(1, 6)]
    return Ratings(answers, told)


def counted(*, code: str) -> Sequence[Counted]:
    """Return the interventions held under a campaign's code, and whom they met; campaigns ask it.

    Someone who was met twice counts twice.
    """
    rows = Intervention.objects.filter(campaign=code, state=VisitState.MET).order_by()
    found = rows.aggregate(many=Count("id"), people=Sum("people"))
    people = int(found["people"] or 0)
    return [
        Counted(_("Interventions held"), int(found["many"]), pgettext("campaign", "interventions")),
        Counted(_("People met in interventions"), people, pgettext("campaign", "people")),
    ]


def to_write(intervention_id: UUID, *, state: VisitState) -> Written | None:
    """Return whom to write to about one that stands so; None where nobody left an address."""
    rows = Intervention.objects.select_related("venue")
    row = rows.filter(id=intervention_id, state=state).first()
    contact = _contact(row.id) if row else None
    if row is None or not contact or not contact.get("address"):
        return None
    day = row.met_on or row.planned_on
    return Written(contact["address"], row.language, row.venue.name, day)


def to_rate(intervention_id: UUID) -> bool:
    """Return whether one that took place waits for its answer. Raises NotHere for another."""
    if not Intervention.objects.filter(id=intervention_id, state=VisitState.MET).exists():
        raise NotHere
    return not Opinion.objects.filter(id=intervention_id).exists()


def _contact(intervention: UUID) -> Mapping[str, str] | None:
    row = Contact.objects.filter(id=intervention).first()
    if row is None:
        return None
    try:
        key = key_of_line(LINE, row.id)
    except KeyForgotten:
        return None
    return {
        name: str(said) for name, said in key.open(row.sealed, where=CONTACT, row=row.id).items()
    }


def _listed(rows: Sequence[Intervention]) -> list[Listed]:
    country = schools(settings.COUNTRY)
    words = {**country.levels, **country.professions}
    areas = of_structures.area_names()
    names = of_structures.names(row.structure for row in rows if row.structure)
    return [
        Listed(
            row,
            areas.get(row.venue.area, row.venue.area),
            [str(words[group]) for group in row.groups if group in words],
            names.get(row.structure, "") if row.structure else "",
            [(str(words.get(group, group)), number) for group, number in row.heads.items()],
        )
        for row in rows
    ]
