"""Partners, mandates and three groups with what they advised, all invented; always the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from balise.awareness.partnership.partners.actions import advice, groups, register
from balise.awareness.partnership.partners.actions.advice import Said
from balise.awareness.partnership.partners.actions.register import About
from balise.awareness.partnership.partners.rules.advice import RecommendationState, Votes
from balise.awareness.partnership.partners.rules.days import Known, read
from balise.awareness.partnership.partners.rules.groups import Band, GroupKind
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.awareness.places.structures import queries as structures
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=365)
_PANEL_OF: Final = 3  # structures
_MEMBERS: Final = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT"),
    *("LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "NO", "GB"),
    "UA",
)
_MINORITY: Final = (
    "Fermer les messages par défaut protège, mais déplace les échanges vers des messageries que "
    "personne ne modère. Nous demandons d’abord un essai d’un an, avec des résultats publics."
)


def fill(people: Mapping[str, Actor]) -> None:
    """Add organisations with their agreements and mandates, then the groups."""
    by = people["coordinator"]
    with clock.at(clock.ago(_YEAR)):
        companies = _organisations(by)
        _networks(by)
    _experts(companies, by)
    _youth(by)
    _industry(companies, by)


def _organisations(by: Actor) -> Mapping[str, UUID]:
    today = clock.today()
    rows = (
        (
            "Fonds Horizon numérique",
            PartnerKind.SUPPORTER,
            Sector.PUBLIC,
            2011,
            AgreementKind.GRANT,
        ),
        (
            "Mutuelle du Quai",
            PartnerKind.SUPPORTER,
            Sector.COMPANY,
            1934,
            AgreementKind.SPONSORSHIP,
        ),
        ("Association Passerelles", PartnerKind.PARTNER, Sector.ASSOCIATION, 1998, None),
        ("Académie de la Baie", PartnerKind.PARTNER, Sector.PUBLIC, None, AgreementKind.CONVENTION),
        ("Radio Grand Large", PartnerKind.PARTNER, Sector.COMPANY, 1982, AgreementKind.IN_KIND),
        ("Murmure", PartnerKind.PARTNER, Sector.COMPANY, 2016, None),
        ("Plateau Jeux", PartnerKind.PARTNER, Sector.COMPANY, 2009, None),
    )
    found = {}
    for name, kind, sector, founded, agreed in rows:
        about = About(name=name, kind=kind, sector=sector, country="FR", founded=founded)
        found[name] = register.add(about=about, by=by)
        if agreed:
            register.sign(
                organisation_id=found[name],
                kind=agreed,
                signed=today - 200 * _DAY,
                until=today + 2 * _YEAR,
                by=by,
            )
    register.sign(
        organisation_id=found["Association Passerelles"],
        kind=AgreementKind.CONVENTION,
        signed=today - _YEAR,
        renew_by=today + 350 * _DAY,
        until=today + _YEAR + 40 * _DAY,
        by=by,
    )
    return found


def _networks(by: Actor) -> None:
    polar = About(
        name="Centre Polaris",
        kind=PartnerKind.PARTNER,
        sector=Sector.ASSOCIATION,
        country="FI",
        founded=2007,
    )
    before = register.add(about=polar, by=by)
    europe, hotlines = (
        register.add(
            about=About(
                name=name,
                kind=PartnerKind.NETWORK,
                sector=Sector.ASSOCIATION,
                country="BE",
                web=web,
                founded=founded,
            ),
            by=by,
        )
        for name, web, founded in (
            ("Réseau Phare Europe", "https://phare.example/", 2005),
            ("Alliance des balises", "https://balises.example/", 1999),
        )
    )
    register.note_members(organisation_id=europe, countries=_MEMBERS, since=read("2005"), by=by)
    for within, role, since, until, holder in (
        (europe, Role.MEMBER, "2005", "", None),
        (europe, Role.PRESIDENCY, "2018-07-01", "2020-06-30", before),
        (europe, Role.PRESIDENCY, "2020-07", "", None),
        (hotlines, Role.MEMBER, "1999", "", None),
        (hotlines, Role.BOARD, "2024-05-14", "", None),
    ):
        register.note_mandate(
            organisation_id=within,
            role=role,
            since=read(since),
            until=_known(until),
            holder_id=holder,
            by=by,
        )


def _experts(companies: Mapping[str, UUID], by: Actor) -> None:
    begun = clock.today() - 300 * _DAY
    with clock.at(clock.ago(300 * _DAY)):
        group = groups.form(
            kind=GroupKind.EXPERTS,
            name="Images intimes et mineurs",
            mandate="Dire ce que les services doivent changer pour protéger les mineurs. "
            "Demandé par le centre, pour deux ans.",
            since=begun,
            by=by,
        )
        for role, name, is_public in (
            ("Sociologue de l’adolescence", "Dominique Exemple", True),
            ("Juriste en droit du numérique", "Camille Exemple", False),
            ("Pédopsychiatre", "Alix Exemple", False),
        ):
            groups.seat(
                group_id=group, role=role, name=name, since=begun, is_public=is_public, by=by
            )
        member = groups.seat(
            group_id=group,
            role="Responsable d’association",
            organisation_id=companies["Association Passerelles"],
            name="Claude Exemple",
            since=begun,
            by=by,
        )
        groups.note_interest(member_id=member, text="A conseillé un service de tchat.", by=by)
    for ago, agenda in ((270, "Choisir les questions."), (180, "Entendre deux services.")):
        _meet(group, ago, agenda, 9, by)
    meeting = _meet(group, 120, "Adopter l’avis sur les messages d’inconnus.", 11, by)
    with clock.at(clock.ago(110 * _DAY)):
        opinion = advice.write(
            meeting_id=meeting,
            said=Said(
                language="fr",
                title="Fermer par défaut les messages d’inconnus",
                text="Un compte de mineur ne reçoit pas de message d’un inconnu, sauf s’il le "
                "demande. Le réglage se voit et se change en deux gestes.",
                votes=Votes(8, 2, 1),
                minority=_MINORITY,
            ),
            by=by,
        )
        advice.publish(opinion_id=opinion, by=by)
        asked = advice.recommend(
            group_id=group,
            company_id=companies["Murmure"],
            opinion_id=opinion,
            language="fr",
            text="Fermez par défaut les messages d’inconnus aux comptes de moins de 18 ans.",
            sent_on=clock.today(),
            answer_by=clock.today() + 30 * _DAY,
            by=by,
        )
        advice.publish_recommendation(recommendation_id=asked, by=by)
    for ago, state, words in (
        (90, RecommendationState.ANSWERED, "Murmure annonce un essai dans deux pays."),
        (20, RecommendationState.IN_PART, "Le réglage est fermé pour les moins de 15 ans."),
    ):
        with clock.at(clock.ago(ago * _DAY)):
            advice.note_step(
                recommendation_id=asked, state=state, day=clock.today(), words=words, by=by
            )


def _youth(by: Actor) -> None:
    begun = clock.today() - 200 * _DAY
    with clock.at(clock.ago(200 * _DAY)):
        panel = groups.form(
            kind=GroupKind.YOUTH,
            name="Panel « On en parle »",
            mandate="Des jeunes de plusieurs structures disent ce qu’ils voient en ligne, et ce "
            "qui leur serait utile.",
            since=begun,
            by=by,
        )
    may = [
        key
        for key, _name in structures.choices()
        if structures.may_meet_minors(key, on=clock.today())
    ]
    for structure, band, heads in zip(
        may[:_PANEL_OF], (Band.FROM_11, Band.FROM_15, Band.FROM_15), (9, 8, 7), strict=False
    ):
        groups.note_seats(group_id=panel, structure_id=structure, band=band, heads=heads, by=by)
    _meet(panel, 150, "Les défis entre amis.", 21, by)
    meeting = _meet(panel, 60, "Les filtres et l’image de soi.", 23, by)
    with clock.at(clock.ago(50 * _DAY)):
        opinion = advice.write(
            meeting_id=meeting,
            said=Said(
                language="fr",
                title="Dire quand une image est retouchée",
                text="On veut voir quand une photo est retouchée. On veut pouvoir couper les "
                "filtres d’un coup.",
                votes=Votes(22, 0, 1),
            ),
            by=by,
        )
        advice.publish(opinion_id=opinion, by=by)


def _industry(companies: Mapping[str, UUID], by: Actor) -> None:
    with clock.at(clock.ago(150 * _DAY)):
        group = groups.form(
            kind=GroupKind.INDUSTRY,
            name="Dialogue avec les éditeurs de jeux",
            mandate="Comparer les réglages des jeux et dire ce qui manque aux familles.",
            since=clock.today(),
            by=by,
        )
        groups.seat(
            group_id=group,
            role="Responsable de la sûreté",
            organisation_id=companies["Plateau Jeux"],
            name="Charlie Exemple",
            since=clock.today(),
            by=by,
        )
    _meet(group, 100, "Les achats dans les jeux.", 8, by)
    with clock.at(clock.ago(95 * _DAY)):
        asked = advice.recommend(
            group_id=group,
            company_id=companies["Plateau Jeux"],
            language="fr",
            text="Demandez l’accord d’un adulte avant le premier achat d’un mineur.",
            sent_on=clock.today(),
            answer_by=clock.today() + 60 * _DAY,
            by=by,
        )
        advice.publish_recommendation(recommendation_id=asked, by=by)
    with clock.at(clock.ago(34 * _DAY)):
        advice.note_silence(by=SYSTEM)


def _meet(group: UUID, ago: int, agenda: str, present: int, by: Actor) -> UUID:
    with clock.at(clock.ago(ago * _DAY)):
        return groups.note_meeting(
            group_id=group, day=clock.today(), agenda=agenda, present=present, by=by
        )


def _known(day: str) -> Known | None:
    return read(day) if day else None
