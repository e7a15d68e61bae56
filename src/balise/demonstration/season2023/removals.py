"""What platforms removed in the season, after they were asked in their form."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from balise.demonstration.season2023.plan import BEGINS, ENDS, Plan, months
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.removals.actions import bringing
from balise.helpline.removals.actions.bringing import Brought
from balise.helpline.removals.rules.next_steps import TARGETS
from balise.helpline.removals.rules.requests import ConsentBy, ContentType, Given, ItemKind
from balise.takedown.directory import actions as directory
from balise.takedown.directory.actions import About
from balise.takedown.directory.queries import of_kind
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices.rules.clocks import Urgency

PLATFORMS = (
    *("Ambrette", "Bivouac", "Carambole", "Dédale", "Écheveau", "Farandole", "Girouette"),
    *("Houle", "Île aux Jeux", "Jonquille", "Kayak", "Lucarne", "Mirliton", "Nacelle"),
    *("Oriflamme", "Passerine", "Quinconce"),
)
_ACCOUNTS = 0.35  # of what is removed
_URGENCY = (*(Urgency.IMMEDIATE,) * 7, *(Urgency.URGENT,) * 9, *(Urgency.STEADY,) * 4)
_CONSENT = (*(ConsentBy.VICTIM,) * 6, *(ConsentBy.PARENT,) * 3, ConsentBy.ADULT)
_TYPES = (*(ContentType.IMAGE,) * 5, *(ContentType.VIDEO,) * 3, *(ContentType.TEXT,) * 2)
_WORDS = (
    "Des messages répétés se moquent d’une élève ; ils viennent de plusieurs comptes.",
    "Une photo prise sans accord est republiée pour humilier la personne.",
    "Un faux compte parle au nom d’un collégien et insulte ses camarades.",
)
_GONE_FOR = timedelta(days=90)
_MEDIAN_MIN = 42.0


def _platforms(cast: Cast) -> list[UUID]:
    """Return the way to each of the platforms: a form, proposed and approved by two people."""
    first, second = cast.analysts
    ways: list[UUID] = []
    with clock.at(moment(BEGINS, 10 * 3600)):
        for place, name in enumerate(PLATFORMS):
            host = directory.add_organisation(
                name=name,
                about=About(kind=OrganisationKind.PLATFORM, language="fr", first_circle=True),
                by=first,
            )
            way = directory.propose_contact(
                organisation_id=host,
                kind=ContactKind.FORM,
                address=f"https://plateforme-{place + 1}.example/signaler",
                source="legal notice",
                checked_on=clock.today(),
                by=first,
            )
            directory.approve_contact(contact_id=way, by=second)
            ways.append(way)
    return ways


def ways() -> list[UUID]:
    """Return the way to each of the platforms that are made."""
    named = {one.name: one for one in of_kind(OrganisationKind.PLATFORM)}
    return [named[name].contacts.get().id for name in PLATFORMS]


def tell(plan: Plan, cast: Cast) -> int:
    """Bring in what was removed each day, month by month; return how many."""
    ways = _platforms(cast)
    told = 0
    for _month, days in months(plan.days("removals")):
        some = [
            (one, by)
            for day, many in days.items()
            for chance in [plan.chance("removals", day)]
            for _each in range(many)
            for one, by in [one_of(day, ways, cast, chance)]
        ]
        told += len(bringing.bring_in(removals=some, by=SYSTEM))
    return told


def one_of(day: date, ways: list[UUID], cast: Cast, chance: Random) -> tuple[Brought, Actor]:
    """Return a removal that was gone on a day, and who asked for it."""
    by, second = chance.sample(cast.listeners, 2)
    is_account = chance.random() < _ACCOUNTS
    urgency = chance.choice(_URGENCY)
    minutes = _MEDIAN_MIN * chance.lognormvariate(0, 0.9)
    took = min(timedelta(minutes=minutes), TARGETS[urgency] - timedelta(minutes=2))
    gone = moment(day, chance.triangular(10 * 3600, 23 * 3600, 18 * 3600))
    sent = gone - took
    asked = sent - timedelta(minutes=chance.randrange(12, 50))
    page = chance.randrange(10**9)
    given = Given(
        kind=ItemKind.ACCOUNT if is_account else ItemKind.CONTENT,
        content_type=ContentType.OTHER if is_account else chance.choice(_TYPES),
        offence="harassment",
        url=f"https://plateforme-{page % len(ways) + 1}.example/p/{page}",
        handle=f"@exemple-{page}" if is_account else "",
        facts=Facts(clock.day_of(asked), None, Certainty.AT_LATEST),
        words=chance.choice(_WORDS),
    )
    closed = gone + _GONE_FOR
    removal = Brought(
        way=ways[page % len(ways)],
        consent=chance.choice(_CONSENT),
        urgency=urgency,
        given=given,
        asked_at=asked,
        approved_at=asked + timedelta(minutes=10) if is_account else None,
        second=second if is_account else None,
        sent_at=sent,
        gone_at=gone,
        closed_at=closed if clock.day_of(closed) <= ENDS else None,
    )
    return removal, by
