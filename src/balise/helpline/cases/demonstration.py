"""Three files of the demonstration's helpline: a school that was told, a picture, one that ended.

Invented and mild; nobody is named, addresses are `.example`.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.helpline.cases.actions import handshakes, joining, opening, sending, writing
from balise.helpline.cases.actions.sending import Telling
from balise.helpline.cases.queries.files import form_of
from balise.helpline.cases.rules.files import CaseOutcome, CaseState
from balise.helpline.cases.rules.receivers import Way, receivers
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import ConsentHow, ConsentOf, SentState


def fill(cast: Mapping[str, Actor]) -> None:
    """Make them once, by the real actions."""
    listener, lead = cast["listener"], cast["helpline_lead"]
    with clock.at(now() - timedelta(days=9)):
        school = _at_school(listener, lead)
    _tell_school(school, listener)
    with clock.at(now() - timedelta(days=2)):
        _picture(listener)
    with clock.at(now() - timedelta(days=40)):
        _ended(listener)


def _at_school(listener: Actor, lead: Actor) -> UUID:
    case_id = opening.open_case(title="Renard, moqueries au collège", by=listener)
    joining.add(case_id=case_id, account=lead.key, by=listener)
    _write(
        case_id,
        Section.OVERVIEW,
        listener,
        summary="Moqueries dans un groupe de classe depuis la rentrée, et dans la cour.",
        at_risk="no",
        protective="Sa sœur est au courant. Il aime le club d'échecs.",
    )
    _write(case_id, Section.PEOPLE, listener, role="victim", name="Renard", age=_band(14))
    _write(case_id, Section.PEOPLE, listener, role="family", name="La sœur", tie="sibling")
    _write(case_id, Section.PEOPLE, listener, role="author", name="Un camarade", tie="peer")
    _write(
        case_id,
        Section.INCIDENTS,
        listener,
        happened="« Ils m'appellent par un surnom et rient quand je passe. »",
        from_on=(today() - timedelta(days=50)).isoformat(),
        lasting="ongoing",
        place="school",
        witnessed="yes",
    )
    note = writing.write(
        case_id=case_id, section=Section.NOTES, given={"text": "Veut bien reparler."}, by=listener
    )
    writing.change(
        entry_id=note.entry,
        version=note.version,
        given={"text": "Veut bien reparler, le mercredi après-midi."},
        by=lead,
    )
    _write(
        case_id,
        Section.FOLLOW_UPS,
        listener,
        what="Prendre des nouvelles après le rendez-vous au collège.",
        due_on=(today() + timedelta(days=10)).isoformat(),
        who=listener.key,
    )
    joining.move(case_id=case_id, to=CaseState.IN_PROGRESS, by=listener)
    return case_id


def _tell_school(case_id: UUID, listener: Actor) -> None:
    by_link = [one for one in receivers(settings.COUNTRY) if Way.LINK in one.ways]
    to = max(by_link, key=lambda one: len(one.territories))  # the schools, where there are any
    with clock.at(now() - timedelta(days=3)):
        made = sending.send(
            case_id=case_id,
            telling=Telling(
                receiver=to.code,
                territory=to.territories[0].code if to.territories else "",
                way=Way.LINK,
                ground="consent",
                consent_of=ConsentOf.YOUNG_PERSON,
                consent_how=ConsentHow.CHAT,
                consent_on=today(),
                agreed="D'accord pour que l'établissement soit prévenu, sans dire qui a parlé.",
                words="Des moqueries répétées dans une classe de quatrième.",
            ),
            by=listener,
        )
    if made.token is not None:
        with clock.at(now() - timedelta(days=2)):
            handshakes.answer(
                token=made.token,
                to=SentState.ACCEPTED,
                name="La personne référente",
                words="Nous prenons contact avec l'établissement.",
            )


def _picture(listener: Actor) -> None:
    case_id = opening.open_case(title="Mésange, une photo détournée", by=listener)
    _write(case_id, Section.PEOPLE, listener, role="victim", name="Mésange", age=_band(16))
    _write(
        case_id,
        Section.INCIDENTS,
        listener,
        happened="« Ils ont collé ma tête sur un dessin et le font tourner. »",
        from_on=(today() - timedelta(days=4)).isoformat(),
        lasting="several",
        place="online",
        platform="reseau.example",
    )
    _write(
        case_id,
        Section.COMPLAINT,
        listener,
        words="« Je veux que ça s'arrête et que ce soit effacé. »",
        complains="parents",
        against="Contre X",
        facts_on=(today() - timedelta(days=4)).isoformat(),
    )
    _write(
        case_id,
        Section.TASKS,
        listener,
        what="Demander aux parents quel commissariat ils préfèrent.",
        due_on=(today() + timedelta(days=1)).isoformat(),
        who=listener.key,
    )
    ways = [one for one in receivers(settings.COUNTRY) if Way.HOTLINE in one.ways]
    for to in ways:
        sending.send(
            case_id=case_id,
            telling=Telling(
                receiver=to.code,
                way=Way.HOTLINE,
                ground="consent",
                consent_of=ConsentOf.YOUNG_PERSON,
                consent_how=ConsentHow.ALOUD,
                consent_on=today(),
                addresses=["https://reseau.example/image/51"],
                words="Une image détournée d'une jeune personne.",
            ),
            by=listener,
        )


def _ended(listener: Actor) -> None:
    case_id = opening.open_case(title="Hérisson, un compte piraté", by=listener)
    _write(case_id, Section.NOTES, listener, text="A retrouvé son compte avec un adulte.")
    joining.move(case_id=case_id, to=CaseState.CLOSED, outcome=CaseOutcome.BETTER, by=listener)


def _band(years: int) -> str:
    """Return the band of an age, among those in force on the day that is played."""
    return form_of(Section.PEOPLE, today()).band_of(years, of="ages")


def _write(case_id: UUID, section: Section, by: Actor, **given: str) -> UUID:
    return writing.write(case_id=case_id, section=section, given=given, by=by).entry
