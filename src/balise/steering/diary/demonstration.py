"""What the centre did in a year, invented; always the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.steering.diary.actions import note
from balise.steering.diary.rules import EntryKind, EntryTold

_DAY: Final = timedelta(days=1)
# Days ago, what, in French and in English, where.
_DONE: Final = (
    (
        290,
        EntryKind.MEETING,
        "Journée avec les académies",
        "Day with the school boards",
        "Port-Clair",
    ),
    (
        180,
        EntryKind.PARTNERSHIP,
        "Accord avec le Réseau Quai 9",
        "Agreement with Réseau Quai 9",
        "",
    ),
    (
        150,
        EntryKind.FESTIVAL,
        "Stand au festival Grand Écran",
        "Stand at Grand Écran",
        "Port-Clair",
    ),
    (
        48,
        EntryKind.VISIT,
        "Visite de la ministre de l’Enfance",
        "Visit of the minister",
        "Le centre",
    ),
    (20, EntryKind.CAMPAIGN, "Lancement de la campagne de rentrée", "Start of the campaign", ""),
)


def fill(people: Mapping[str, Actor]) -> None:
    """Enter meetings and visits, a match that comes again, and hours that were widened."""
    office, today = people["steering_office"], clock.today()
    for ago, kind, french, english, place in _DONE:
        day = today - ago * _DAY
        titles = {"fr": french, "en": english}
        told = EntryTold(kind=kind, first=day, last=day, titles=titles, place=place)
        note(told=told, by=office)
    for edition, ago in ((1, 425), (2, 62)):
        day = today - ago * _DAY
        match = EntryTold(
            kind=EntryKind.MATCH,
            first=day,
            last=day,
            titles={"fr": "Match de football caritatif", "en": "Charity football match"},
            place="Stade des Dunes",
            series="Match caritatif",
            edition=edition,
            since_year=(today - 425 * _DAY).year,
        )
        note(told=match, by=office)
    widened = today - 210 * _DAY
    titles = {"fr": "Horaires élargis jusqu’à 23 h", "en": "Hours widened until 11 pm"}
    hours = EntryTold(kind=EntryKind.HOURS, first=widened, last=widened, titles=titles)
    note(told=hours, breaks=("helpline",), by=office)
