"""Contents of the hotline in ICCAM: exported with what their items show, acted on as here."""

from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.refusals import Refused
from balise.hotline.abroad.rules import LINE
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.queries.items import described
from balise.hotline.reports.queries.standing import standing
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.takedown.law.rules.mappings import ICCAM
from balise.takedown.onward.exchange.actions.iccam import exporting, stepping
from balise.takedown.onward.exchange.rules.iccam.bodies import Exported
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ActionReason,
    ActionType,
    classified_from,
)


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
