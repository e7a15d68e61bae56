"""Reports and contents made the way the programme makes them, so that test data is lawful data."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import blind, receipt_index
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.hotline.reports import access
from balise.hotline.reports.actions import assessing, claiming, correcting, intake
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.models import Content, DescribedItem, Report
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.words import Channel, Confidence, ContentState, Ground, Verdict
from balise.hotline.welfare import access as welfare
from balise.takedown.tracing.rules.addresses import read_address

_ANALYST = frozenset({access.READ, access.ASSESS, access.ANSWER, access.CLOSE_MANY, welfare.LOOK})
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), _ANALYST)
SECOND_ANALYST = Actor(ActorKind.STAFF, str(UUID(int=2)), _ANALYST)
LEAD = Actor(ActorKind.STAFF, str(UUID(int=3)), _ANALYST | {access.RELEASE_OTHERS, access.IMPORT})
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=4)), frozenset({"helpline.cases.read"}))

ADDRESS = "https://pictures.example/album/1"


def make_answers(*addresses: str, **given: object) -> Answers:
    """Return answers about these addresses (one of ADDRESS if none)."""
    found = tuple(
        places.on_the_web(read_address(text), text=text) for text in addresses or (ADDRESS,)
    )
    return Answers(places=found).with_given(dict(given))


def make_incoming(
    answers: Answers | None = None,
    *,
    receipt: Receipt | None = None,
    channel: Channel = Channel.WEB,
    received_at: datetime | None = None,
    is_finished: bool = True,
) -> Incoming:
    """Return a report on its way in; without a receipt it is one of a file or a partner."""
    key = receipt_index(receipt) if receipt else blind("hotline", "import", str(uuid4()))
    return Incoming(
        key=key,
        channel=channel,
        answers=answers or make_answers(),
        language="fr",
        received_at=received_at or now(),
        is_finished=is_finished,
        receipt=receipt,
    )


def make_report(*addresses: str, **given: object) -> tuple[Report, Receipt]:
    """Return a finished report from the public form, and its receipt."""
    receipt = new_receipt()
    incoming = make_incoming(make_answers(*addresses, **given), receipt=receipt)
    received = intake.receive(incoming=incoming, by=ANYONE)
    return Report.objects.get(id=received.report_id), receipt


def make_content(*addresses: str, **given: object) -> Content:
    """Return the content of a fresh report."""
    report, _ = make_report(*addresses, **given)
    return report.contents.get()


def make_decision(
    verdict: Verdict = Verdict.ILLEGAL,
    *,
    category: str = "hate",
    offence: str = "",
    confidence: Confidence = Confidence.SURE,
    ground: Ground | None = None,
) -> Decision:
    """Return a decision that may stand: an illegal one names its offence."""
    named = offence or ("hate-incitement" if verdict is Verdict.ILLEGAL else "")
    return Decision(
        verdict=verdict,
        category=category,
        offence=named,
        facts_on=today(),
        confidence=confidence,
        rationale="Says what the law forbids.",
        ground=ground,
    )


def take_and_open(content_id: UUID, *, by: Actor = ANALYST) -> None:
    """Take a content and open it, as the page does; how long one may look is welfare's tests."""
    claiming.claim(content_id=content_id, by=by)
    claiming.note_opened(content_id=content_id, by=by)


def give_verdict(content_id: UUID, decision: Decision, *, by: Actor = ANALYST) -> ContentState:
    """Take a content, open it, look at it and give a verdict; return the state that follows.

    A decision that says how one knows keeps that.
    """
    take_and_open(content_id, by=by)
    if decision.ground is None:
        decision = replace(decision, ground=Ground.LOOKED)
    return assessing.assess(content_id=content_id, decision=decision, by=by)


def make_decided(verdict: Verdict = Verdict.ILLEGAL, **given: object) -> Content:
    """Return a content with its final verdict."""
    content = make_content(**given)
    give_verdict(content.id, make_decision(verdict))
    return Content.objects.get(id=content.id)


def the_item() -> int:
    """Return the only item that was described."""
    return DescribedItem.objects.get().id


def ask_correction(content_id: UUID, *, by: Actor) -> UUID:
    """Ask that a verdict is taken back for another one; return the id."""
    reason = "La page a été mal lue ce jour-là."
    return correcting.ask(content_id=content_id, instead=Verdict.HARMFUL, reason=reason, by=by)
