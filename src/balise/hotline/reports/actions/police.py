"""To the police: what is known of a content, as a dossier for two people; in danger, at once."""

from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _, override

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.events import PoliceCalled
from balise.hotline.reports.models import LINE, Assessment, Content
from balise.hotline.reports.queries.standing import sightings
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.assessing import check_offence_named
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.words import DECIDED_STATES, Channel, Verdict
from balise.takedown.law.rules import Certainty
from balise.takedown.notices import access as notices_access, queries as notices
from balise.takedown.notices.rules.letters import SeenBy, Sighting
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
    """Only content with a final illegal verdict, or of danger, goes to the police."""


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


def prepare_before_verdict(*, content_id: UUID, offence: str, rationale: str, by: Actor) -> UUID:
    """Draft the dossier about a content of danger that nobody decided yet, and return its id.

    `offence` is what it may be; nothing is decided by that. Refuses a content of which no report
    tells of danger, one that is decided, and words that say nothing. Nothing leaves: its author or
    someone else approves it there.
    """
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    if not content.danger or content.state in DECIDED_STATES:
        raise NotForThePolice(
            str(_("Before a verdict, the police are told where a report tells of danger."))
        )
    check_offence_named(Verdict.ILLEGAL, offence)
    place = consulting.place_of(content_id=content_id, by=by)
    receptions = _receptions(content)
    facts = DossierFacts(
        line=LINE,
        subject=content.id,
        category=dict(category(content.category, country=settings.COUNTRY).name.by_language),
        offence=offence,
        facts_on=today(),
        certainty=Certainty.AT_LATEST,
        decided_at=now(),
        decided_twice=False,
        before_verdict=True,
        rationale=rationale,
        urgent=True,
        places=(_place(content, place),),
        sightings=(
            *(Sighting(at=one.at, by=SeenBy.REPORTER) for one in _edges(receptions)),
            *sightings(content=content, seen_by=by),
        ),
        receptions=receptions,
        items=tuple(Item(shows=row.shown) for row in content.items.order_by("id")[:MOST]),
    )
    return drafting.draft(facts=facts, by=by)


def note_called(*, content_id: UUID, number: str, by: Actor) -> None:
    """Note that someone called a number of danger about a content, by the number's code.

    Refuses (NotForThePolice) a number that the centre does not show for danger.
    """
    access.require(by, access.ASSESS)
    if number not in {one.code for one in settings.CENTRE.numbers_on("danger")}:
        raise NotForThePolice(str(_("This number is not one of those for danger.")))
    with transaction.atomic():
        content = Content.locked(content_id)
        record(PoliceCalled(subject=content.id, number=Code(number)), by=by)


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
