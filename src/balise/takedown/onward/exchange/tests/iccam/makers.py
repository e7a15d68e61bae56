"""Exports and steps made the way the programme makes them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from balise.takedown.onward.exchange.actions.iccam import exporting
from balise.takedown.onward.exchange.models import IccamCase, IccamStep
from balise.takedown.onward.exchange.rules.iccam.bodies import Exported
from balise.takedown.onward.exchange.rules.letters import Age, Classification, Classified
from balise.takedown.onward.exchange.tests.makers import ANALYST

ADDRESS = "https://pictures.example/album/1"
NATIONAL = Classified(classification=Classification.NATIONAL, age=Age.PUBESCENT, is_virtual=True)
BASELINE = Classified(classification=Classification.BASELINE, age=Age.INFANT)


def make_exported(**given: Any) -> Exported:
    """Return a content on its way to ICCAM, but for what is given otherwise."""
    return Exported(
        **{
            "reference": "",
            "received_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
            "address": ADDRESS,
            "country": "NL",
            "classified": NATIONAL,
            **given,
        }
    )


def make_case(*, subject: UUID | None = None, **given: Any) -> IccamCase:
    """Return a content that is to be exported."""
    case_id = exporting.export(
        line="hotline", subject=subject or uuid4(), exported=make_exported(**given), by=ANALYST
    )
    return IccamCase.objects.get(id=case_id)


def fresh(case: IccamCase) -> IccamCase:
    """Return a case as it stands now."""
    return IccamCase.objects.get(id=case.id)


def the_step(kind: str) -> IccamStep:
    """Return the one step of a kind."""
    return IccamStep.objects.get(kind=kind)
