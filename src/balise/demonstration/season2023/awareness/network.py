"""The network in the season: structures, campaigns, kits, badges."""

from datetime import date
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from balise.awareness.learning.training import actions as training_actions
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.paths import Path
from balise.awareness.partnership.campaigns import actions as campaigns
from balise.awareness.partnership.campaigns.rules import Facts as Campaign, Medium
from balise.awareness.places.orders import actions
from balise.awareness.places.orders.actions import Asked as Order, Contact
from balise.awareness.places.orders.rules import Requester
from balise.awareness.places.structures.actions import registering
from balise.awareness.places.structures.demonstration import network
from balise.demonstration.season2023.awareness.acts import DAY, NOON, Act, goal_of, late
from balise.demonstration.season2023.plan import BEGINS, ENDS, SCHOOL_BEGINS, Plan, cut
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM

SIXTH_GRADE: Final = "SIXIEME-2023"
SAFER_INTERNET: Final = "SID-2023"
APPLICATION: Final = "APPLI-2023"
_MEDIA: Final = (
    (Medium.SCREENS, "Écrans de gares et de métros, par jour", 160, "Réseau Quai 9"),
    (Medium.CENTRES, "Galeries marchandes", 450, "Régie Passage"),
    (Medium.POINTS, "Buralistes et marchands de presse", 35_000, "Réseau Comptoirs"),
)
_FOLLOWERS: Final = (310, 240, 190, 160, 130, 110, 90, 80, 70, 60, 50, 40, 30, 25, 15)


def join(acts: list[Act], cast: Cast) -> None:
    """Let the structures join, one after the other."""
    by = cast.by_role["coordinator"]

    def register(place: int) -> None:
        made = registering.register(facts=facts[place], by=by)
        registering.attest(structure_id=made, attested_on=clock.today(), by=by)

    facts = network()
    for place in range(len(facts)):
        day = BEGINS + place * 12 * DAY
        acts.append((moment(day, NOON), partial(register, place)))


def campaign(acts: list[Act], cast: Cast) -> None:
    """Add the campaigns, with what partners declare of their media plans."""
    by = cast.by_role["coordinator"]
    made: dict[str, UUID] = {}

    def add(code: str, facts: Campaign) -> None:
        made[code] = campaigns.add(code=code, facts=facts, by=by)

    def declare(code: str, medium: Medium, label: str, number: int, who: str) -> None:
        campaigns.declare(
            campaign_id=made[code],
            medium=medium,
            label=label,
            number=number,
            declared_by=who,
            declared_on=clock.today(),
            by=by,
        )

    for code, name, edition, hashtag, first, last in (
        (SAFER_INTERNET, "Ensemble pour un meilleur internet", 20, "SID2023",
         date(2023, 1, 15), date(2023, 2, 28)),
        (APPLICATION, "Une application pour parler", 1, "UneApplication",
         date(2023, 8, 1), date(2023, 8, 31)),
        (SIXTH_GRADE, "Bienvenue en sixième", 2, "BienvenueEnSixieme", SCHOOL_BEGINS, ENDS),
    ):  # fmt: skip
        facts = Campaign(name=name, edition=edition, hashtag=hashtag, first=first, last=last)
        at = moment(first - 10 * DAY, NOON)
        acts.append((at, partial(add, code, facts)))
    plan = [(APPLICATION, date(2023, 8, 21), *row) for row in _MEDIA]
    plan += [
        (SAFER_INTERNET, date(2023, 1, 16), Medium.INFLUENCER, f"@chaine-exemple-{place}",
         thousands * 1_000, "La chaîne elle-même")
        for place, thousands in enumerate(_FOLLOWERS, start=1)
    ]  # fmt: skip
    for code, day, medium, label, number, who in plan:
        acts.append(
            (
                moment(day, NOON),
                partial(declare, code, medium, label, number, who),
            )
        )


def give_badges(acts: list[Act], plan: Plan) -> None:
    """Let badges be asked for, and signed each quarter: the child that helps is slow to start."""
    known = audiences(settings.COUNTRY)
    area = min(known.areas) if known.areas else ""

    def give(many: int) -> None:
        with transaction.atomic():
            asked = [
                training_actions.ask_online(
                    token=links.carried(Path(uuid4(), counted=True, passed=True)),
                    audience=whom.code,
                    area=area if whom.asks_area else "",
                    is_adult=True,
                    by=ANYONE,
                )
                for place in range(many)
                for whom in [known.every[place % len(known.every)]]
            ]
        training_actions.give(badge_ids=asked, by=SYSTEM)

    quarters: dict[tuple[int, int], int] = {}
    last: dict[tuple[int, int], date] = {}
    for day, many in plan.days("badges").items():
        quarter = (day.year, (day.month - 1) // 3)
        quarters[quarter] = quarters.get(quarter, 0) + many
        last[quarter] = day
    for quarter, many in quarters.items():
        acts.append((moment(last[quarter], 18 * 3600), partial(give, many)))


def order_kits(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Print kits for those who begin middle school, and deliver what is ordered."""
    by, goal = cast.by_role["coordinator"], goal_of("kits")
    total = plan.total(goal)
    with clock.at(moment(SCHOOL_BEGINS - 9 * DAY, NOON)):
        kit = actions.add_kit(name="Bienvenue en sixième", mark="6E", campaign=SIXTH_GRADE, by=by)
        actions.print_run(
            kit_id=kit,
            number=total,
            printed_on=clock.today(),
            printer_note="Imprimerie des Trois Ponts, bon 2023",
            by=by,
        )

    def deliver(number: int, day: date, place: int) -> None:
        order = uuid4()
        actions.ask(
            order_id=order,
            kit_id=kit,
            asked=Order(
                requester=Requester.MIDDLE,
                place=f"Collège des Embruns {place}",
                commune="Rennes",
                postcode="35000",
                number=number,
            ),
            contact=Contact(
                name="Personne Exemple",
                email="accueil@ecole.example",
                telephone="",
                street="1 rue des Écoles",
            ),
            language="fr",
            by=ANYONE,
        )
        actions.accept(order_id=order, number=number, by=by)
        actions.deliver(order_id=order, number=number, day=day, by=by)

    for place, number in enumerate(cut(total, plan.number(60))):
        day = goal.first + (goal.days - 1) * place // plan.number(60) * DAY
        acts.append(
            (late(day, place), partial(deliver, number, day, place)),
        )
