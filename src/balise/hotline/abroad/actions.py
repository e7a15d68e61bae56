"""Hand content to a hotline abroad or to ICCAM, and take in what a hotline abroad sends."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import NotHere
from balise.foundation.refusals import Refused
from balise.hotline.abroad.rules import LINE
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting, intake
from balise.hotline.reports.queries.items import described
from balise.hotline.reports.queries.standing import (
    Standing,
    illegal_online,
    standing,
    standing_of_report,
)
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.given import LONGEST_DESCRIPTION, Answers, Incoming
from balise.hotline.reports.rules.words import Channel, ContentState, Verdict
from balise.takedown.onward.exchange.actions import writing
from balise.takedown.onward.exchange.actions.iccam import exporting, stepping
from balise.takedown.onward.exchange.ports import TakenIn
from balise.takedown.onward.exchange.rules.iccam.bodies import Exported
from balise.takedown.onward.exchange.rules.iccam.codes import ICCAM
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ActionReason,
    ActionType,
    classified_from,
)
from balise.takedown.onward.exchange.rules.letters import Classified, Statement
from balise.takedown.onward.exchange.rules.words import Outcome
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

# From a verdict to another hotline, and from another hotline into the queue.


class NotToHandOver(Refused, code="not-to-hand-over"):
    """Another hotline gets an illegal content that is still at an address of the web."""


class NotReadable(Refused, code="not-readable"):
    """What another hotline sent names no address of the web."""


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
        content = standing_of_report(received.report_id)
    return TakenIn(LINE, content.id, _outcome_of(content))


def tell_network(*, content_id: UUID, by: Actor) -> int:
    """Tell the hotlines that transferred a content its state; return how many are told."""
    try:
        outcome = _outcome_of(standing(content_id))
    except NotHere:
        return 0
    if outcome is Outcome.NONE:
        return 0
    return writing.note_outcome(line=LINE, subject=content_id, outcome=outcome, by=by)


def _outcome_of(content: Standing) -> Outcome:
    """Return what a content's state and verdict are in the words of the exchange."""
    if content.state is ContentState.REMOVED:
        return Outcome.REMOVED
    if content.state not in {ContentState.REMOVING, ContentState.CLOSED}:
        return Outcome.NONE
    return _OUTCOMES[Verdict(content.verdict)]


_OUTCOMES = {
    Verdict.ILLEGAL: Outcome.ILLEGAL,
    Verdict.HARMFUL: Outcome.NOT_ILLEGAL,
    Verdict.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Verdict.GONE: Outcome.GONE,
    Verdict.UNVERIFIABLE: Outcome.UNVERIFIABLE,
}


def _statement(content_id: UUID, words: str, classified: Classified | None, by: Actor) -> Statement:
    online = illegal_online(content_id, seen_by=by)
    place = consulting.place_of(content_id=content_id, by=by)
    if online is None or not place.canonical:
        raise NotToHandOver(
            _("Only illegal content that is still online can be sent to another hotline.")
        )
    content = standing(content_id)
    return Statement(
        address=place.canonical,
        words=words,
        language=settings.LANGUAGE_CODE,
        seen_at=online.seen_at,
        country=content.country,
        network=content.network,
        dsa_category=online.offence.dsa_category,
        dsa_keyword=online.offence.dsa_keyword,
        danger=content.danger,
        classified=classified,
    )


def _category(dsa_keyword: str) -> str:
    """Return our category for a keyword of the DSA's list, which both hotlines know."""
    found = (one.code for one in categories(settings.COUNTRY) if one.dsa_keyword == dsa_keyword)
    return next(found, UNKNOWN) if dsa_keyword else UNKNOWN


# Contents of the hotline in ICCAM: exported with what their items show, acted on as here.


class NotToExport(Refused, code="not-to-export"):
    """ICCAM takes illegal contents that are at an address abroad and whose items are described."""


def export_to_iccam(*, content_id: UUID, by: Actor) -> UUID:
    """Queue the export to ICCAM of illegal content that is hosted abroad; return the case.

    Refuses a content without an address or a country, and one whose items say no class.
    """
    access.require(by, access.ASSESS)
    content = standing(content_id)
    place = consulting.place_of(content_id=content_id, by=by)
    if content.state != ContentState.REMOVING or not place.canonical or not content.country:
        raise NotToExport(
            _("ICCAM takes illegal content that is at an address in a known country.")
        )
    codes = _codes(content_id, by)
    classified = classified_from(codes)
    if classified is None:
        raise NotToExport(_("First describe the content: ICCAM asks for a class, item by item."))
    return exporting.export(
        line=LINE,
        subject=content_id,
        exported=Exported(
            reference="",
            received_at=content.first_reported_at,
            address=place.canonical,
            country=content.country,
            network=content.network,
            classified=classified,
            site_type=codes["sourceUrlSiteType"],
            commerciality=codes["sourceUrlCommerciality"],
            content_type=codes["contentType"],
        ),
        by=by,
    )


def tell_iccam(*, content_id: UUID, by: Actor) -> int:
    """Queue the steps that tell ICCAM a content's state here; return how many."""
    try:
        content = standing(content_id)
    except NotHere:
        return 0
    if content.state not in {ContentState.REMOVING, ContentState.REMOVED, ContentState.CLOSED}:
        return 0
    if content.state is ContentState.REMOVED:
        return stepping.act(line=LINE, subject=content_id, action=ActionType.REMOVED, by=by)
    if content.verdict == Verdict.ILLEGAL:
        classified = classified_from(_codes(content_id, by))
        if classified is None:
            return 0
        return stepping.assess(line=LINE, subject=content_id, classified=classified, by=by)
    action, reason = _ENDED[Verdict(content.verdict)]
    return stepping.act(line=LINE, subject=content_id, action=action, reason=reason, by=by)


def note_action(*, content_id: UUID, action: ActionType, by: Actor) -> int:
    """Queue for ICCAM that something was done about a content: its host told, the police."""
    return stepping.act(line=LINE, subject=content_id, action=action, by=by)


def note_hosted(*, content_id: UUID, country: str, by: Actor) -> int:
    """Queue for ICCAM that another country hosts a content now."""
    return stepping.move(line=LINE, subject=content_id, country=country, by=by)


_ENDED: dict[Verdict, tuple[ActionType, ActionReason]] = {
    Verdict.HARMFUL: (ActionType.NOT_ILLEGAL, ActionReason.BELOW_THRESHOLD),
    Verdict.OUT_OF_SCOPE: (ActionType.NOT_ILLEGAL, ActionReason.OTHER),
    Verdict.GONE: (ActionType.UNAVAILABLE, ActionReason.CONTENT_NOT_FOUND),
    Verdict.UNVERIFIABLE: (ActionType.UNAVAILABLE, ActionReason.UNABLE_TO_ACCESS),
}


def _codes(content_id: UUID, by: Actor) -> dict[str, int]:
    """Return what the items of a content show, in ICCAM's own numbers by field."""
    found = described(content_id=content_id, seen_by=by)
    items = [group.item for group in found.groups]
    said = ICCAM.of_address(items, national=found.national)
    return {field: int(code.value) for field, code in said.items()}
