"""From a verdict to a notice: the assessment's facts, the content's place, whom to tell."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.queries.reviews import is_about_minor, offence_of, wanted_of
from balise.hotline.reports.queries.standing import last_sighting
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import ContentState
from balise.takedown.directory.queries import contact_for
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.notices.actions import drafting
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import Letter
from balise.takedown.watch.actions import watching
from balise.takedown.watch.rules import About, Pace


class NotToNotify(Refused, code="not-to-notify"):
    """A notice is for an illegal content that is still there, and has an address."""


class NotToWatch(Refused, code="not-to-watch"):
    """The watch looks at an illegal content that is still there, and has an address."""


class NobodyKnown(Refused, code="nobody-known"):
    """The directory knows nobody to tell about this content."""


def draft_notice(
    *,
    content_id: UUID,
    explanation: str,
    details: str,
    in_good_faith: bool,
    names_notifier: bool,
    by: Actor,
) -> UUID:
    """Draft the notice about illegal content to its host, and return its id.

    It says that the content was seen there if someone of the centre saw it, else that it was
    reported. Without an explanation it says the reasons of the verdict, in the host's language if
    they are there. Refuses a content that is not illegal or has no address, and one whose host is
    not in the directory with an approved contact. Nothing is sent yet.
    """
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    place = consulting.place_of(content_id=content_id, by=by)
    final = content.assessments.filter(is_final=True).first()
    if content.state != ContentState.REMOVING or final is None or not place.canonical:
        raise NotToNotify(
            str(_("You can only send a notice about illegal content that is still online."))
        )
    offence = offence_of(content, final)
    wanted = wanted_of(content, final)
    contact = contact_for(domain=place.domain, asn=content.network, wanted=wanted)
    if contact is None:
        raise NobodyKnown(
            str(_("The directory has no contact point for this host: add one first."))
        )
    return drafting.draft(
        line=LINE,
        subject=content.id,
        offence=final.offence,
        facts=final.days,
        named=final.named if final.named.is_frozen else None,
        about_minor=is_about_minor(content),
        contact_id=contact.id,
        letter=Letter(
            locations=(place.canonical,),
            explanation=explanation
            or consulting.reasons_of(
                content_id=content_id, language=contact.organisation.language, by=by
            ),
            details=details,
            sighting=last_sighting(content=content, seen_by=by),
            in_good_faith=in_good_faith,
            # The law lets the sender stay unnamed for some offences only (DSA art. 16(2)(c)).
            names_notifier=names_notifier or not offence.notifier_optional,
        ),
        country=content.country,
        urgency=Urgency.IMMEDIATE if content.danger else None,
        known=_above(contact.organisation_id, content, wanted),
        by=by,
    )


def watch_content(*, content_id: UUID, told: UUID, by: Actor) -> None:
    """Monitor whether a content is still there, often if it is serious.

    `told` is the organisation that a notice went to.
    """
    content = find(Content, id=content_id)
    place = consulting.place_of(content_id=content_id, by=by)
    if place.canonical and content.state == ContentState.REMOVING:
        _watch(content, place, told=told, by=by)


def watch_unnotified(*, content_id: UUID, by: Actor) -> None:
    """Monitor content whose host cannot be told yet.

    Refuses a content that is not being removed or has no address.
    """
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    place = consulting.place_of(content_id=content_id, by=by)
    if content.state != ContentState.REMOVING or not place.canonical:
        raise NotToWatch(str(_("Only illegal content that is still online can be monitored.")))
    _watch(content, place, told=None, by=by)


def _watch(content: Content, place: Place, *, told: UUID | None, by: Actor) -> None:
    pace = Pace.URGENT if content.danger or content.minor else Pace.STEADY
    watching.watch(
        line=LINE,
        subject=content.id,
        address=place.canonical,
        pace=pace,
        about=About(
            host=told,
            network=content.network,
            country=content.country,
            category=content.category,
        ),
        by=by,
    )


def _above(host_id: UUID, content: Content, wanted: Wanted) -> dict[Rung, UUID]:
    """Return the known contacts of later steps: the network's, if it is another organisation."""
    network = contact_for(asn=content.network, wanted=wanted) if content.network else None
    if network is None or network.organisation_id == host_id:
        return {}
    return {Rung.UPSTREAM: network.id}
