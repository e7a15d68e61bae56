"""A year of press items in invented outlets, and a dispatch that five of them print."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.press.actions import add_all, group, note_all
from balise.steering.press.rules.files import HeadingKind, ItemTold
from balise.steering.press.rules.syndication import Medium, Tone

_DAY: Final = timedelta(days=1)
_HEADINGS: Final = {
    HeadingKind.TOPIC: {
        "harcelement": "Harcèlement",
        "ecrans": "Temps d’écran",
        "images": "Images intimes",
        "ia": "Intelligence artificielle",
    },
    HeadingKind.SEQUENCE: {"rencontre-ados": "Rencontre ados", "rentree": "Rentrée"},
}
# Outlet, programme, medium, audience.
_OUTLETS: Final = (
    ("Canal Phare", "Le journal de 13 h", Medium.TELEVISION, 2_100_000),
    ("Radio Estran", "La matinale", Medium.RADIO, 640_000),
    ("La Gazette du Large", "", Medium.PRINT, 180_000),
    ("Le Courrier des Dunes", "", Medium.PRINT, 95_000),
    ("Marée Info", "", Medium.ONLINE, 410_000),
    ("Parents d’ici", "", Medium.ONLINE, 72_000),
    ("Agence Boussole", "", Medium.AGENCY, None),
)
_TITLES: Final = (
    ("harcelement", "Harcèlement en ligne : comment réagir"),
    ("ecrans", "Écrans : des familles se donnent des règles"),
    ("images", "Que faire quand une image circule"),
    ("ia", "Fausses images : apprendre à douter"),
)
_DISPATCH: Final = "La ligne d’écoute ouvre désormais sept jours sur sept, de 9 heures à 23 heures"
_DISPATCHED: Final = (
    "La ligne d’écoute ouvre sept jours sur sept",
    "Sept jours sur sept, la ligne d’écoute répond",
    "Une ligne d’écoute désormais ouverte sept jours sur sept",
    "De 9 heures à 23 heures, la ligne d’écoute répond sept jours sur sept",
    "La ligne d’écoute désormais ouverte jusqu’à 23 heures",
)
_ITEMS: Final = 56


def fill(people: Mapping[str, Actor]) -> None:
    """Enter the items of a year, and confirm that the dispatch is one article."""
    office, today = people["steering_office"], clock.today()
    add_all(added=_HEADINGS, by=office)
    told = []
    for at in range(_ITEMS):
        outlet, programme, medium, audience = _OUTLETS[at % len(_OUTLETS)]
        topic, title = _TITLES[at % len(_TITLES)]
        told.append(
            ItemTold(
                day=today - (at * 13 % 360) * _DAY,
                outlet=outlet,
                programme=programme,
                medium=medium,
                title=f"{title} ({at + 1})",
                topic=topic,
                sequence="rencontre-ados" if at % 8 == 0 else "rentree" if at % 9 == 0 else "",
                address=f"https://presse.example/{medium.value}/{at + 1}",
                audience=Quantity(Decimal(audience), Bound.ABOUT) if audience else None,
                tone=(Tone.FAVOURABLE, Tone.NEUTRAL, Tone.NEUTRAL)[at % 3],
            )
        )
    note_all(told=told, by=office)
    dispatch = [
        ItemTold(
            day=today - (40 - at % 2) * _DAY,
            outlet=_OUTLETS[at + 1][0],
            medium=_OUTLETS[at + 1][2],
            title=title,
            summary=_DISPATCH,
            audience=Quantity(Decimal(90_000 + 1_000 * at), Bound.ABOUT),
        )
        for at, title in enumerate(_DISPATCHED)
    ]
    noted = note_all(told=dispatch, by=office)
    group(items=noted.ids, by=office)
