"""Five events of half a year, with invented people: over, to come, full, coming again, cancelled.

The links that the demonstration's mailboxes hold work: each who registered here is `.example`.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from balise.awareness.learning.events.actions import attending, drafting, registering
from balise.awareness.learning.events.queries import people
from balise.awareness.learning.events.queries.replay import film_at
from balise.awareness.learning.events.rules.facts import (
    Audience,
    Comes,
    EventKind,
    Facts,
    Said,
    Speaker,
    zones,
)
from balise.awareness.learning.events.rules.registering import Incoming
from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor

PLACES: Final = 40
_DAY: Final = timedelta(days=1)
_ROLES: Final = (
    "psychologue à la ligne d’écoute",
    "conseillère principale d’éducation",
    "juriste en droit du numérique",
    "médecin scolaire",
    "professeur documentaliste",
    "chercheuse en sociologie",
    "ingénieure en sécurité",
    "enquêteur spécialisé",
    "déléguée à la protection des données",
    "animateur de médiathèque",
    "orthophoniste",
    "infirmière scolaire",
)
_NAMES: Final = (
    *("A. Maret", "L. Quiberon", "N. Vasseur", "J. Corail", "S. Dunette", "P. Amarre"),
    *("M. Grève", "E. Phare", "C. Estran", "T. Vague", "R. Falaise", "I. Goémon"),
)
_GROUPS: Final = ("Groupe Cyberviolences", "Groupe Écrans et santé")


def fill(cast: Mapping[str, Actor]) -> None:
    """Write the events as the coordinator, months ago, and let people register and come."""
    by = cast["coordinator"]
    with clock.at(clock.ago(100 * _DAY)):
        past = _public(_past(), by=by)
        _register(past, 55, kind=EventKind.WEBINAR, mark="passe")
        tour = _public(_tour(), by=by)
        _public(_festival(2, days=40), by=by)
    with clock.at(clock.ago(20 * _DAY)):
        _public(_festival(3, days=120), by=by)
        cancelled = _public(_dialogue(), by=by)
        _register(cancelled, 9, kind=EventKind.DIALOGUE, mark="annule")
        coming = _public(_coming(), by=by)
        _register(coming, PLACES + 12, kind=EventKind.WEBINAR, mark="bientot")
        drafting.draft(facts=_training(), by=by)
    with clock.at(clock.ago(5 * _DAY)):
        drafting.cancel(event_id=cancelled, by=by)
    _close(past, by=by)
    attending.declare(event_id=tour, heads=1_240, by=by)


def _close(event: UUID, *, by: Actor) -> None:
    """Note who came to the webinar that is over, and link its film."""
    ids = list(people.to_remind(event))
    came = {one for at, one in enumerate(ids) if at % 4}
    attending.note(event_id=event, came=came, absent=set(ids) - came, by=by)
    film = film_at("/fr/resources/bonne-nuit-telephone/")
    drafting.link_replay(event_id=event, page=film, by=by)


def _register(event: UUID, many: int, *, kind: EventKind, mark: str) -> None:
    as_what = (Comes.PARENT, Comes.PARENT, Comes.PROFESSIONAL, "")
    for number in range(many):
        incoming = Incoming(
            event=event,
            kind=kind,
            address=f"{mark}-{number}@boite.example",
            language="fr",
            is_adult=True,
            comes_as=as_what[number % len(as_what)],
        )
        registering.register(incoming=incoming, by=ANYONE)


def _public(facts: Facts, *, by: Actor) -> UUID:
    event = drafting.draft(facts=facts, by=by)
    drafting.publish(event_id=event, by=by)
    return event


def _at(days: int, hour: int, minute: int = 0) -> datetime:
    """Return an hour of the centre's own zone, so many days from the demonstration's now."""
    day = clock.today() + days * _DAY
    return datetime.combine(day, time(hour, minute), ZoneInfo(_zone()))


def _zone() -> str:
    return zones(settings.COUNTRY)[0].name


def _past() -> Facts:
    starts_at = _at(86, 18, 30)  # two weeks before today
    return Facts(
        kind=EventKind.WEBINAR,
        words={
            "fr": Said(
                "Écrans\u202f: douze questions, douze réponses",
                "Douze personnes qui travaillent avec les jeunes répondent chacune à une question.",
                "Le sommeil et le téléphone\nLes groupes de classe\nQuand s’inquiéter",
            ),
            "en": Said(
                "Screens: twelve questions, twelve answers",
                "Twelve people who work with young people answer one question each.",
                "Sleep and the phone\nClass groups\nWhen to worry",
            ),
        },
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1, minutes=30),
        zone=_zone(),
        link="https://webinaires.example/douze-questions",
        capacity=50,
        speakers=[
            Speaker(name, role, _GROUPS[at % 2])
            for at, (name, role) in enumerate(zip(_NAMES, _ROLES, strict=True))
        ],
    )


def _coming() -> Facts:
    starts_at = _at(47, 18, 30)
    return Facts(
        kind=EventKind.WEBINAR,
        words={
            "fr": Said(
                "Mon enfant est visé\u202f: que faire ce soir\u202f?",
                "Quarante minutes, puis vos questions, sans nom.",
                "Écouter dix minutes avant d’agir\nGarder ce qui prouve, sans fouiller\n"
                "Qui prévenir à l’école, et comment",
            ),
            "en": Said(
                "My child is targeted: what to do tonight?",
                "Forty minutes, then your questions, without a name.",
                "Listen ten minutes before you act\nKeep what proves it, without searching\n"
                "Whom to tell at school, and how",
            ),
        },
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        zone=_zone(),
        link="https://webinaires.example/que-faire-ce-soir",
        capacity=PLACES,
        speakers=[
            Speaker("A. Maret", _ROLES[0], _GROUPS[0]),
            Speaker("L. Quiberon", _ROLES[1], _GROUPS[0]),
        ],
    )


def _festival(edition: int, *, days: int) -> Facts:
    starts_at = _at(days, 10)
    return Facts(
        kind=EventKind.FESTIVAL,
        words={
            "fr": Said(
                "Festival Grand Écran",
                "Deux jours de films faits par des classes, et des ateliers pour tous les âges.",
            ),
            "en": Said("Grand Écran festival", "Two days of films made by classes, and workshops."),
        },
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=1, hours=8),
        zone=_zone(),
        place="Halle aux grains, Port-Blanc",
        audience=Audience.MINORS,
        series="grand-ecran",
        edition=edition,
    )


def _tour() -> Facts:
    starts_at = _at(60, 9)
    return Facts(
        kind=EventKind.STOP,
        words={"fr": Said("Le car des écrans à Belle-Rade", "Un car, six ateliers, une journée.")},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        zone=_zone(),
        place="Place du Marché, Belle-Rade",
    )


def _dialogue() -> Facts:
    starts_at = _at(30, 14)
    return Facts(
        kind=EventKind.DIALOGUE,
        words={
            "fr": Said(
                "Rencontre avec les éditeurs de jeux",
                "Deux heures d’échange sur les achats dans les jeux.",
            )
        },
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        zone=_zone(),
        place="Maison des associations, Port-Blanc",
        capacity=30,
    )


def _training() -> Facts:
    starts_at = _at(75, 9)
    return Facts(
        kind=EventKind.TRAINING,
        words={"fr": Said("Devenir ambassadeur ou ambassadrice", "Une journée pour se former.")},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=7),
        zone=_zone(),
        place="Médiathèque La Passerelle, Belle-Rade",
        capacity=20,
    )
