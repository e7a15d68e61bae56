"""A network of 75 structures, three years old; all are invented, and always the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from balise.awareness.places.structures.actions import closing, freshness, registering
from balise.awareness.places.structures.rules.facts import Facts, StructureKind, number_of
from balise.awareness.places.structures.rules.places import NumberFaulty
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor

_YEAR: Final = 365
_OLDEST: Final = 1_000  # days
_GREY: Final = frozenset({9, 23, 41, 44})
_HIDDEN: Final = frozenset({30})
_ENDING: Final = frozenset({4, 17, 36, 52, 66})
_WITHOUT_ATTESTATION: Final = 12
_CORRECTED: Final = 2
# Kind, then places of it: name, commune, postcode (or country).
_PLACES: Final = """
local La Passerelle|Rennes|35000
local Le Vaste Monde|Cesson-Sévigné|35510
local Les Remparts numériques|Saint-Malo|35400
local Maison des Embruns|Brest|29200
local Le Petit Phare|Quimper|29000
local Atelier du Canal|Nantes|44000
local La Grande Ourse|Angers|49000
local Les Cinq Clochers|Le Mans|72000
local Le Fil de l’eau|Tours|37000
local La Fabrique aux écrans|Orléans|45000
local Les Colibris du Perche|Alençon|61000
local La Baleine bleue|Caen|14000
local Les Galets|Le Havre|76600
local La Lucarne|Rouen|76000
local Le Beffroi des jeunes|Lille|59000
local L’Escale du Nord|Dunkerque|59140
local La Briqueterie|Roubaix|59100
local Les Terrils|Lens|62300
local Le Marque-page|Amiens|80000
local La Souris verte|Reims|51100
local La Tuilerie|Troyes|10000
local Le Ballon d’essai|Metz|57000
local La Cigogne curieuse|Strasbourg|67000
local Le Vieux Moulin|Colmar|68000
local Les Sapins bleus|Épinal|88000
local La Citadelle|Besançon|25000
local Le Pain d’épices|Dijon|21000
local La Traboule|Lyon|69001
local Le Grand Huit|Saint-Étienne|42000
local Les Cimes|Grenoble|38000
hub Hub des Volcans|Clermont-Ferrand|63000
hub Hub du Littoral|La Rochelle|17000
hub Hub des Deux Rives|Bordeaux|33000
hub Hub du Canal du Midi|Toulouse|31000
hub Hub Camargue|Arles|13200
hub Hub Île-de-France Est|Montreuil|93100
family Relais des familles du Béarn|Pau|64000
family Médiation des Gaves|Tarbes|65000
family Parenthèse|Montpellier|34000
family La Maison des parents|Nîmes|30000
family Côté parents|Marseille|13001
family Médiation Azur|Nice|06000
family Autour de l’enfant|Créteil|94000
authority Médiathèque des Quais|Limoges|87000
authority Point jeunes de la ville|Poitiers|86000
authority Médiathèque du Lac|Annecy|74000
authority Service jeunesse de Bourges|Bourges|18000
authority Maison de la vie locale|Perpignan|66000
authority Bibliothèque du Marché|Avignon|84000
authority Médiathèque du Golfe|Ajaccio|20000
ngo Grandir en réseau|Paris|75010
ngo Enfance et numérique|Saint-Denis|93200
ngo Les Veilleurs|Versailles|78000
ngo Écrans solidaires|Évry-Courcouronnes|91000
national Fédération des foyers d’ici|Paris|75020
national Union des maisons de jeunes|Paris|75011
national Ligue des ateliers|Pantin|93500
national Les Éclaireurs du numérique|Cergy|95000
national Mouvement Horizons|Nanterre|92000
national Réseau Familles ensemble|Ivry-sur-Seine|94200
local Ti Kaz numérique|Saint-Denis|97400
local Kaz Mizik|Le Tampon|97430
authority Médiathèque du Barachois|Saint-Pierre|97410
local Lakou Timoun|Pointe-à-Pitre|97110
family Fanmi an lè|Les Abymes|97139
local Le Rocher|Fort-de-France|97200
hub Hub Madinina|Le Lamentin|97232
local La Pirogue|Cayenne|97300
local Shababi|Mamoudzou|97600
local Le Cagou|Nouméa|98800
local Fare des jeunes|Papeete|98714
ngo Teranga numérique|Dakar|SN
ngo Lagune bleue|Abidjan|CI
local La Péniche|Liège|BE
local La Passerelle|Rennes|35000
"""
_AUDIENCES: Final = (["parents"], ["teenagers", "parents"], ["children", "parents"], ["teachers"])
_AGES: Final = (["8-10", "11-13"], ["11-13", "14-16"], ["3-7", "8-10"])
_TOPICS: Final = (["screens"], ["bullying", "rights"], ["information", "ai"], ["screens"])
_TONGUES: Final = {"974": "rcf", "971": "gcf", "972": "gcf"}


def fill(cast: Mapping[str, Actor]) -> None:
    """Register them as the coordinator, each on its day; some are due, one is no longer right."""
    by = cast["coordinator"]
    for at, facts in enumerate(network()):
        ago = max(_OLDEST - at * 13, 20)
        with clock.at(clock.ago(timedelta(days=ago))):
            made = registering.register(facts=facts, by=by)
            if at != _WITHOUT_ATTESTATION:
                registering.attest(structure_id=made, attested_on=clock.today(), by=by)
            if at % 3 == 0 or at == _CORRECTED:
                _answer_for(made, at, by=by)
        _renew(made, at, ago, by=by)
        _confirm(made, at, ago)


def network() -> list[Facts]:
    """Return what the register holds of each structure of the network."""
    return [_facts(at, line) for at, line in enumerate(_PLACES.strip().split("\n"))]


def _facts(at: int, line: str) -> Facts:
    kind, _gap, rest = line.partition(" ")
    name, commune, place = rest.split("|")
    is_abroad = place.isalpha()
    slug = f"structure-{at}.example"
    return Facts(
        name=name,
        kind=StructureKind(kind),
        country=place if is_abroad else "FR",
        commune=commune,
        postcode="" if is_abroad else place,
        address=f"{at + 1} rue de l’Exemple",
        number="" if is_abroad else _siret(at),
        telephone="+33 1 00 00 00 00" if not is_abroad else "",
        mail=f"bonjour@{slug}",
        web=f"https://{slug}/",
        summary="Ateliers pour les familles et les jeunes, toute l’année.",
        audiences=_AUDIENCES[at % len(_AUDIENCES)],
        ages=_AGES[at % len(_AGES)],
        topics=_TOPICS[at % len(_TOPICS)],
        languages=["fr", *([_TONGUES[place[:3]]] if place[:3] in _TONGUES else [])],
        radius=30 if at % 2 else None,
        is_online=at % 5 == 0,
        may_publish=at != _CORRECTED + 1,
    )


def _siret(at: int) -> str:
    """Return a number whose check digit is right, of a company that there is not."""
    for digit in range(10):
        try:
            return number_of(f"0000000{at:03}001{digit}")
        except NumberFaulty:
            continue
    raise AssertionError("one digit in ten is right")


def _answer_for(made: UUID, at: int, *, by: Actor) -> None:
    contact = closing.add(
        structure_id=made,
        name=f"Personne {at}",
        role="Coordination",
        address=f"coordination@structure-{at}.example",
        language="fr",
        by=by,
    )
    if at == _CORRECTED:
        with clock.at(clock.now() + timedelta(days=_OLDEST - at * 13 - 3)):
            text = "Nous avons déménagé : 12 quai de l’Exemple."
            freshness.correct(contact_id=contact, text=text, by=ANYONE)


def _renew(made: UUID, at: int, ago: int, *, by: Actor) -> None:
    """Sign on the first day and in the last year; that of some ends soon."""
    last = 30 if at in _ENDING else 70 + at * 4 % 280  # days that the last one has left
    signed = min(_YEAR - last, ago)
    if ago > _YEAR:
        with clock.at(clock.ago(timedelta(days=ago))):
            until = clock.today() + timedelta(days=_YEAR)
            closing.sign(structure_id=made, signed_on=clock.today(), until=until, by=by)
    with clock.at(clock.ago(timedelta(days=signed))):
        until = clock.today() + timedelta(days=last + signed)
        closing.sign(structure_id=made, signed_on=clock.today(), until=until, by=by)


def _confirm(made: UUID, at: int, ago: int) -> None:
    """Confirm most within the year; some are grey, one is hidden."""
    back = 400 if at in _GREY else 500 if at in _HIDDEN else at * 5 % 320
    if back < ago:
        on = clock.today() - timedelta(days=back)
        freshness.settle(structure_id=made, on=on, by=SYSTEM)
