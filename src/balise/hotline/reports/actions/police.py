"""From a verdict to the police: what is known of a content, as a dossier for two people."""

from itertools import islice
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _, override

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.models import LINE, Assessment, Content
from balise.hotline.reports.queries.sightings import sightings
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.words import Channel, Verdict
from balise.takedown.notices import access as notices_access, queries as notices
from balise.takedown.notices.rules.sightings import SeenBy, Sighting
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.rules.facts import (
    MOST,
    DossierFacts,
    Item,
    NoticeSent,
    Place,
    Reception,
)


class NotForThePolice(Refused, code="not-for-the-police"):
    """Only content with a final illegal verdict goes to the police."""


def prepare_dossier(*, content_id: UUID, rationale: str, urgent: bool, by: Actor) -> UUID:
    """Draft the dossier about a content that was found illegal, and return its id.

    It tells where the content is, when it was reported and on which way, what its items show and
    which hosts were told; never who reported, nor in which words. Without a rationale it says the
    reasons of the verdict. Refuses a content without its
    final verdict, or with another one. Someone else approves it before it has a number.
    """
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    final = content.assessments.filter(is_final=True).first()
    if final is None or final.verdict != Verdict.ILLEGAL:
        raise NotForThePolice(str(_("A police dossier needs a final illegal verdict.")))
    place = consulting.place_of(content_id=content_id, by=by)
    receptions = _receptions(content)
    facts = DossierFacts(
        line=LINE,
        subject=content.id,
        category=dict(category(final.category, country=settings.COUNTRY).name.by_language),
        offence=final.offence,
        facts_on=final.facts_on,
        facts_from=final.facts_from,
        certainty=final.days.certainty,
        law_text=final.law_text,
        law_pack=final.law_pack,
        decided_at=final.at,
        decided_twice=_agreed(content, final),
        rationale=rationale
        or consulting.reasons_of(content_id=content_id, language=settings.LANGUAGE_CODE, by=by),
        urgent=urgent,
        places=(_place(content, place),),
        sightings=(
            *(Sighting(at=one.at, by=SeenBy.REPORTER) for one in _edges(receptions)),
            *sightings(content=content, seen_by=by),
        ),
        receptions=receptions,
        items=tuple(Item(shows=row.shown) for row in content.items.order_by("id")[:MOST]),
        notices=_notices(content, by=by),
    )
    return drafting.draft(facts=facts, by=by)


def _place(content: Content, place: places.Place) -> Place:
    return Place(
        address=place.shown,
        host=place.host,
        ip=place.host if place.is_ip else "",
        country=content.country,
        network=content.network or 0,
        traced_at=content.traced_at,
    )


def _receptions(content: Content) -> tuple[Reception, ...]:
    found = content.reports.order_by("received_at").values_list("received_at", "channel")
    return tuple(
        Reception(at=at, channel=channel, words=_in_each_language(Channel(channel)))
        for at, channel in islice(found, MOST)
    )


def _in_each_language(channel: Channel) -> dict[str, str]:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = str(channel.label)
    return words


def _edges(receptions: tuple[Reception, ...]) -> tuple[Reception, ...]:
    """Return the first report and, if there are more, the last: the others add nothing."""
    return receptions if len(receptions) <= 2 else (receptions[0], receptions[-1])  # noqa: PLR2004


def _agreed(content: Content, final: Assessment) -> bool:
    """Return whether two analysts gave the present verdict."""
    same = content.assessments.filter(verdict=final.verdict, offence=final.offence)
    return same.values("by").distinct().count() > 1


def _notices(content: Content, *, by: Actor) -> tuple[NoticeSent, ...]:
    if not by.may(notices_access.READ):
        return ()
    found = notices.about(line=LINE, subject=content.id, seen_by=by)
    return tuple(
        NoticeSent(
            host=notice.host_name,
            number=notice.number,
            sent_at=notice.sent_at,
            outcome=notice.came_of_it.label if notice.came_of_it else "",
        )
        for notice in found
        if notice.sent_at is not None
    )
