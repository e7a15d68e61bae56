"""What analysts decided beside the everyday: facts of 2012 in their law, adverts closed together.

And one verdict that was begun and not saved.

Invented, mild and at `.example` addresses, told by the real actions.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import new_receipt
from balise.hotline.reports.actions import assessing, claiming, closing, intake
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.queries import listing, receipts
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.words import Channel, Confidence, Ground, Verdict
from balise.takedown.law.rules import Certainty, offences
from balise.takedown.tracing.rules.addresses import read_address

_FACTS_ON = date(2012, 3, 12)
_OLD = ("hate-incitement", "threats")  # the first that the country's law of that day has
_ADVERTS = 3


def fill(*, analyst: Actor, lead: Actor) -> None:
    """Decide what was posted in 2012, begin a verdict, and close adverts that can be undone."""
    _decide_old_facts(by=analyst)
    _begin_verdict(by=analyst)
    adverts = [
        received(f"https://publicite.example/promotion/{number}", "Une publicité.", "unknown")
        for number in range(1, _ADVERTS + 1)
    ]
    shown = {one: listing.content(content_id=one, seen_by=lead).stamp for one in adverts}
    closing.close_together(chosen=shown, by=lead)


def _decide_old_facts(*, by: Actor) -> None:
    known = {one.code for one in offences(_FACTS_ON, country=settings.COUNTRY)}
    offence = next((code for code in _OLD if code in known), "")
    if not offence:
        return
    with clock.at(clock.ago(timedelta(days=2))):
        content = received(
            "https://forum.example/archives/2012/714", "Un vieux fil, encore en ligne.", "hate"
        )
        claiming.claim(content_id=content, by=by)
        claiming.note_opened(content_id=content, by=by)
        decision = Decision(
            verdict=Verdict.ILLEGAL,
            category="hate",
            offence=offence,
            facts_on=_FACTS_ON,
            certainty=Certainty.AT_LATEST,
            confidence=Confidence.SURE,
            ground=Ground.LOOKED,
            rationale="Le fil est daté du 12 mars 2012.",
        )
        assessing.assess(content_id=content, decision=decision, by=by)


def _begin_verdict(*, by: Actor) -> None:
    """Save a draft verdict, which the next analyst who takes this content finds."""
    with clock.at(clock.now() - timedelta(hours=3)):
        content = received("https://velos.example/88", "Un vélo à vendre.", "unknown")
        claiming.claim(content_id=content, by=by)
        typed = {
            "verdict": Verdict.OUT_OF_SCOPE.value,
            "category": "unknown",
            "rationale": "On y vend un vélo ; le vendeur est à vérifier.",
            "written_in": "fr",
        }
        claiming.keep_draft(content_id=content, fields=typed, by=by)
        claiming.release(content_id=content, by=by)


def received(text: str, words: str, category: str) -> UUID:
    """Return the content of a report that has just come, at an address."""
    receipt = new_receipt()
    place = places.on_the_web(read_address(text), text=text)
    incoming = Incoming(
        key=receipt_index(receipt),
        channel=Channel.WEB,
        answers=Answers(places=(place,), category=category, age_band="adult", description=words),
        language="fr",
        received_at=clock.now(),
        is_finished=True,
        receipt=receipt,
    )
    intake.receive(incoming=incoming, by=ANYONE)
    found: UUID = receipts.opened(receipt).report.contents.get().id
    return found
