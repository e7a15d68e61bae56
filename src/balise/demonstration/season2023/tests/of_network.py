"""One event more of what awareness and its network do, by their own actions."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

from balise.awareness.learning.events.actions import attending
from balise.awareness.learning.events.rules.facts import Speaker
from balise.awareness.learning.events.tests.makers import make_public, register
from balise.awareness.partnership.campaigns import actions as campaigns
from balise.awareness.partnership.campaigns.queries import listed
from balise.awareness.partnership.campaigns.rules import Facts as Campaign, Medium
from balise.awareness.partnership.partners.actions import groups, register as partners
from balise.awareness.partnership.partners.actions.register import About
from balise.awareness.partnership.partners.rules.days import read
from balise.awareness.partnership.partners.rules.groups import GroupKind
from balise.awareness.partnership.partners.rules.mandates import AgreementKind, PartnerKind, Sector
from balise.awareness.places.fieldwork.actions import asking, planning, workshops
from balise.awareness.places.fieldwork.actions.asking import Asked
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import Comes, HalfDay
from balise.awareness.places.fieldwork.rules.workshops import Band, Method, Setting, WorkshopTold
from balise.awareness.places.orders import actions as orders_actions
from balise.awareness.places.orders.actions import Asked as Order, Contact as Whom
from balise.awareness.places.orders.rules import Requester
from balise.awareness.places.structures.actions import registering
from balise.awareness.places.structures.demonstration import network
from balise.awareness.publications import actions as publications
from balise.awareness.sid import actions
from balise.awareness.sid.actions import Declared
from balise.awareness.sid.queries import of_year
from balise.awareness.sid.rules import Band as Met, Method as Heads, Sort
from balise.demonstration.season2023.awareness.network import APPLICATION
from balise.demonstration.season2023.plan import ENDS
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM

NOW: Final = moment(ENDS, 23 * 3600 + 1)


def structure(cast: Cast) -> None:
    facts = replace(network()[0], name="Une structure de plus", number="")
    registering.register(facts=facts, by=cast.by_role["coordinator"])


def channel(cast: Cast) -> None:
    by = cast.by_role["coordinator"]
    campaigns.declare(
        campaign_id=next(one.row.id for one in listed(seen_by=by) if one.row.code == APPLICATION),
        medium=Medium.INFLUENCER,
        label="@une-chaine-de-plus",
        number=1_000,
        declared_by="La chaîne elle-même",
        declared_on=clock.today(),
        by=by,
    )


def workshop(_cast: Cast) -> None:
    workshops.declare(
        structure=UUID(str(of_structures.choices()[0][0])),
        key=uuid4(),
        told=WorkshopTold(
            day=ENDS,
            setting=Setting.SCHOOL,
            heads={Band.FROM_11: 12},
            method=Method.COUNTED,
            area=of_structures.areas()[0][0],
        ),
        by=ANYONE,
    )


def school(cast: Cast) -> None:
    """The one school of the year before that had not asked again asks, and is met."""
    by = cast.by_role["coordinator"]
    areas = [code for code, _name in of_structures.areas()]
    (level,) = list(schools("fr").levels)[4:5]
    made = asking.ask(
        asked=Asked(
            name="Collège du Grand Large 33",
            area=areas[33 % len(areas)],
            groups=[level],
            expected=20,
            wished_from=ENDS,
            wished_to=ENDS,
        ),
        by=by,
    )
    planning.plan(
        intervention_id=made,
        day=ENDS,
        half_day=HalfDay.MORNING,
        comes=Comes.STAFF,
        structure=None,
        by=by,
    )
    planning.meet(intervention_id=made, day=ENDS, heads={level: 20}, by=by)


def tool(cast: Cast) -> None:
    page = publications.draft(
        by=cast.by_role["editor"],
        language="fr",
        slug="un-outil-de-plus",
        title="Un outil de plus",
        summary="Un outil pour parler d’Internet.",
        body="<p>Ouvrir la discussion.</p>",
        audience=["teachers"],
        topic=["bullying"],
    )
    publications.publish(by=cast.by_role["awareness_lead"], page=page)
    publications.settle(by=SYSTEM)


def webinar(cast: Cast) -> None:
    """A webinar that evening, with someone who registers and comes."""
    with clock.at(NOW - timedelta(hours=3)):
        made = make_public(days=1 / 24, speakers=[Speaker("A. Digue")])
        who = register(made)
    with clock.at(NOW - timedelta(hours=1)):
        attending.note(event_id=made, came=[who.id], absent=[], by=cast.by_role["coordinator"])


def kits(cast: Cast) -> None:
    by, order = cast.by_role["coordinator"], uuid4()
    kit = orders_actions.add_kit(name="Un kit de plus", mark="PLUS", campaign="", by=by)
    orders_actions.print_run(kit_id=kit, number=10, printed_on=ENDS, printer_note="Bon 9", by=by)
    orders_actions.ask(
        order_id=order,
        kit_id=kit,
        asked=Order(
            requester=Requester.MIDDLE,
            place="Collège des Embruns",
            commune="Rennes",
            postcode="35000",
            number=10,
        ),
        contact=Whom(
            name="Personne Exemple",
            email="accueil@ecole.example",
            telephone="",
            street="1 rue des Écoles",
        ),
        language="fr",
        by=ANYONE,
    )
    orders_actions.accept(order_id=order, number=10, by=by)
    orders_actions.deliver(order_id=order, number=10, day=ENDS, by=by)


def _organisation(cast: Cast, kind: PartnerKind, sector: Sector) -> UUID:
    about = About(name="Une organisation de plus", kind=kind, sector=sector, country="BE")
    return partners.add(about=about, by=cast.by_role["coordinator"])


def country(cast: Cast) -> None:
    partners.note_members(
        organisation_id=_organisation(cast, PartnerKind.NETWORK, Sector.ASSOCIATION),
        countries=["FR", "CH"],
        since=read("2023-10"),
        by=cast.by_role["coordinator"],
    )


def platform(cast: Cast) -> None:
    partners.sign(
        organisation_id=_organisation(cast, PartnerKind.PARTNER, Sector.COMPANY),
        kind=AgreementKind.REMOVALS,
        signed=ENDS,
        by=cast.by_role["coordinator"],
    )


def panel(cast: Cast) -> None:
    by = cast.by_role["coordinator"]
    panel = groups.form(
        kind=GroupKind.YOUTH, name="Panel de plus", mandate="Dire.", since=ENDS, by=by
    )
    groups.note_meeting(group_id=panel, day=ENDS, agenda="Parler.", present=12, by=by)


def campaign(cast: Cast) -> None:
    facts = Campaign(name="Encore", edition=3, hashtag="Encore", first=ENDS, last=ENDS)
    campaigns.add(code="ENCORE-2023", facts=facts, by=cast.by_role["coordinator"])


def activity(_cast: Cast) -> None:
    edition, on = of_year(2023), date(2023, 3, 7)
    assert edition is not None
    with clock.at(moment(on, 12 * 3600)):
        made = actions.declare(
            key=uuid4(),
            edition_id=edition.id,
            said=Declared(
                sort=Sort.SCHOOL,
                channel="school",
                name="Une classe de plus",
                area="35",
                on=on,
                expected=24,
                says="",
            ),
            contact="prenom@ecole.example",
            language="fr",
            by=ANYONE,
        )
        met = {Met.CHILDREN: 24}
        actions.say_met(activity_id=made, met=met, method=Heads.COUNTED, by=ANYONE)
