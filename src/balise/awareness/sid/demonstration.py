"""The edition of the year before with its report, the one to come with what is declared."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid4

from balise.awareness.sid import actions
from balise.awareness.sid.actions import Declared
from balise.awareness.sid.models import Activity
from balise.awareness.sid.rules import Band, Method, Sort
from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor

# Dates of Safer Internet Day as they were set, and 2027's as it is announced.
_DAYS: Final = (date(2026, 2, 10), date(2027, 2, 9))
_THEMES: Final = (
    {"fr": "On en parle avant de partager", "en": "We talk before we share"},
    {"fr": "Qui a mis ça dans mon fil ?", "en": "Who put this in my feed?"},
)
_RELEASE: Final = {
    "fr": "La Journée pour un internet plus sûr a lieu le 9 février 2027.\n"
    "Un kit d’une heure, gratuit, est prêt pour les classes et les associations.",
    "en": "Safer Internet Day is on 9 February 2027.\n"
    "A free kit of one hour is ready for classes and groups.",
}
_SAID: Final = (
    ("school", "phare", "6e B, collège des Embruns", "35", 27,
     "Nous avons écrit nos règles du groupe. La première : on répond en privé."),
    ("structure", "network", "Médiathèque La Passerelle", "35", 11,
     "Onze parents, onze téléphones dans le panier pendant deux heures."),
    ("school", "school", "4e C, collège des Falaises", "76", 25,
     "Nous avons joué aux témoins. On a choisi de s’asseoir à côté."),
    ("school", "phare", "CM2, école du Port", "974", 27,
     "Notre phare en papier a 27 fenêtres, une par élève."),
    ("school", "school", "Lycée des Trois-Rivières", "973", 31,
     "Un débat : qui paie cette vidéo ? La salle a changé d’avis deux fois."),
    ("structure", "other", "Club de hand du Canal", "31", 16,
     "Avant l’entraînement, dix minutes sur les groupes d’équipe."),
    ("structure", "network", "Centre social du Moulin", "976", 14,
     "Une charte écrite par sept familles, en trois langues."),
)  # fmt: skip


def fill(cast: Mapping[str, Actor]) -> None:
    """Tell both editions, as far as their days have come."""
    for day, theme in zip(_DAYS, _THEMES, strict=True):
        if day - timedelta(days=60) < clock.today() - timedelta(days=400):
            continue  # too long ago to be told
        _tell(day, theme, cast)


def _tell(day: date, theme: Mapping[str, str], cast: Mapping[str, Actor]) -> None:
    begins = min(day - timedelta(days=60), clock.today() - timedelta(days=20))
    with clock.at(_noon(begins)):
        edition = actions.plan(year=day.year, day=day, by=cast["coordinator"])
        actions.change(
            edition_id=edition,
            day=day,
            theme=theme,
            release=_RELEASE if day == _DAYS[-1] else {},
            embargo_until=_noon(day - timedelta(days=7)) if day == _DAYS[-1] else None,
            kit="kit-journee-internet-plus-sur",
            campaign="",
            by=cast["coordinator"],
        )
    for number, (sort, channel, name, area, expected, says) in enumerate(_SAID):
        with clock.at(_noon(begins + timedelta(days=number + 1))):
            activity = actions.declare(
                key=uuid4(),
                edition_id=edition,
                said=Declared(
                    sort=Sort(sort),
                    channel=channel,
                    name=name,
                    area=area,
                    on=day,
                    expected=expected,
                    says=says,
                ),
                contact="prenom@ecole.example",
                language="fr",
                by=ANYONE,
            )
        if number < len(_SAID) - 1:  # the last one waits to be read
            actions.show(activity_id=activity, read=f"{name} · {says}", by=cast["coordinator"])
    if day < clock.today():
        _after(edition, day, cast)


def _after(edition: UUID, day: date, cast: Mapping[str, Actor]) -> None:
    with clock.at(_noon(day + timedelta(days=2))):
        for activity in Activity.objects.filter(edition_id=edition):
            band = Band.TEENAGERS if activity.sort == Sort.SCHOOL else Band.ADULTS
            actions.say_met(
                activity_id=activity.id,
                met={band: activity.expected},
                method=Method.COUNTED,
                by=ANYONE,
            )
    with clock.at(_noon(day + timedelta(days=50))):
        actions.publish_report(edition_id=edition, by=cast["awareness_lead"])


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.zone())
