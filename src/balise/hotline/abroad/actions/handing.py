"""From a verdict to another hotline, and from another hotline into the queue."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting, intake
from balise.hotline.reports.models import LINE, Content, Report
from balise.hotline.reports.queries.law import offence_of
from balise.hotline.reports.queries.sightings import last_sighting
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.answers import LONGEST_DESCRIPTION, Answers
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel, State, Verdict
from balise.takedown.onward.exchange.actions import writing
from balise.takedown.onward.exchange.ports import TakenIn
from balise.takedown.onward.exchange.rules.classified import Classified
from balise.takedown.onward.exchange.rules.letters import Statement
from balise.takedown.onward.exchange.rules.words import Outcome
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address


class NotToHandOver(Refused):
    """Another hotline gets an illegal content that is still at an address of the web."""

    code = "not-to-hand-over"


class NotReadable(Refused):
    """What another hotline sent names no address of the web."""

    code = "not-readable"


def hand_over(
    *,
    content_id: UUID,
    peer_id: UUID,
    words: str,
    classified: Classified | None = None,
    by: Actor,
) -> UUID:
    """Hand an illegal content to the hotline of the country that hosts it; return the transfer.

    Refuses a content that is not illegal, or has no address. The other hotline learns where it is,
    why it is illegal here and how it is classified; nothing of who reported it.
    """
    access.require(by, access.ASSESS)
    statement = _statement(content_id, words, classified, by)
    return writing.send(line=LINE, subject=content_id, peer_id=peer_id, statement=statement, by=by)


def take_in(*, number: str, statement: Statement, by: Actor) -> TakenIn:
    """Take in a content that another hotline reports, once for a number; answers the exchange.

    Refuses an address that cannot be read. A content that is known and decided says its outcome.
    """
    try:
        place = places.on_the_web(read_address(statement.address), text=statement.address)
    except AddressRefused as refusal:
        raise NotReadable(refusal.message) from None
    with transaction.atomic():
        (received,) = intake.receive_many(
            incoming=[
                Incoming(
                    key=blind(LINE, "network", number),
                    channel=Channel.NETWORK,
                    answers=Answers(
                        places=(place,),
                        category=_category(statement.dsa_keyword),
                        danger=statement.danger,
                        description=statement.words[:LONGEST_DESCRIPTION],
                    ),
                    language=statement.language,
                    received_at=now(),
                    is_finished=True,
                )
            ],
            by=by,
        )
        content = Report.objects.get(id=received.report_id).contents.get()
    return TakenIn(LINE, content.id, _outcome_of(State(content.state), content.verdict))


def tell_network(*, content_id: UUID, by: Actor) -> int:
    """Tell the hotlines that transferred a content its state; return how many are told."""
    found = Content.objects.filter(id=content_id).only("state", "verdict").first()
    if found is None:
        return 0
    outcome = _outcome_of(State(found.state), found.verdict)
    if outcome is Outcome.NONE:
        return 0
    return writing.note_outcome(line=LINE, subject=content_id, outcome=outcome, by=by)


def _outcome_of(state: State, verdict: str) -> Outcome:
    """Return what a content's state and verdict are in the words of the exchange."""
    if state is State.REMOVED:
        return Outcome.REMOVED
    if state not in {State.REMOVING, State.CLOSED}:
        return Outcome.NONE
    return _OUTCOMES[Verdict(verdict)]


_OUTCOMES = {
    Verdict.ILLEGAL: Outcome.ILLEGAL,
    Verdict.HARMFUL: Outcome.NOT_ILLEGAL,
    Verdict.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Verdict.GONE: Outcome.GONE,
    Verdict.UNVERIFIABLE: Outcome.UNVERIFIABLE,
}


def _statement(content_id: UUID, words: str, classified: Classified | None, by: Actor) -> Statement:
    content = find(Content, id=content_id)
    place = consulting.place_of(content_id=content_id, by=by)
    final = content.assessments.filter(is_final=True).first()
    if content.state != State.REMOVING or final is None or not place.canonical:
        raise NotToHandOver(
            _("Only illegal content that is still online can be sent to another hotline.")
        )
    offence = offence_of(content, final)
    return Statement(
        address=place.canonical,
        words=words,
        language=settings.LANGUAGE_CODE,
        seen_at=last_sighting(content=content, seen_by=by).at,
        country=content.country,
        network=content.network or 0,
        dsa_category=offence.dsa_category,
        dsa_keyword=offence.dsa_keyword,
        danger=content.danger,
        classified=classified,
    )


def _category(dsa_keyword: str) -> str:
    """Return our category for a keyword of the DSA's list, which both hotlines know."""
    found = (one.code for one in categories(settings.COUNTRY) if one.dsa_keyword == dsa_keyword)
    return next(found, UNKNOWN) if dsa_keyword else UNKNOWN
