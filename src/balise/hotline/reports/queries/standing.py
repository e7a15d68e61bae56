"""What a content is now, as values: for modules of the hotline that have no table of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.queries.reviews import is_about_minor, offence_of
from balise.hotline.reports.rules.words import SEEN_VERDICTS, ContentState, Ground
from balise.takedown.law.rules import Offence
from balise.takedown.notices.rules.letters import SeenBy, Sighting
from balise.takedown.watch import access as watching, queries as watch

# When a content was seen there, by whom: what notices, dossiers and other hotlines are told.


def sightings(*, content: Content, seen_by: Actor) -> tuple[Sighting, ...]:
    """Return when analysts looked and found it there, and when the watch last found it online.

    The earliest first. A verdict that it is gone saw nothing; who opened a report saw an address.
    """
    looked = content.assessments.filter(ground=Ground.LOOKED, verdict__in=SEEN_VERDICTS)
    found = [
        Sighting(at=at, by=SeenBy.LOOKED)
        for at in looked.values_list("seen_at", flat=True)
        if at is not None
    ]
    online_at = (
        watch.last_online(line=LINE, subject=content.id, seen_by=seen_by)
        if seen_by.may(watching.READ)
        else None
    )
    if online_at is not None:
        found.append(Sighting(at=online_at, by=SeenBy.WATCH))
    return tuple(sorted(found, key=lambda one: one.at))


def last_sighting(*, content: Content, seen_by: Actor) -> Sighting:
    """Return when it was last seen there; where nobody says that they saw it, when it was reported.

    That is by the last report, which says that it was there.
    """
    found = sightings(content=content, seen_by=seen_by)
    if found:
        return found[-1]
    reported = content.reports.order_by("-received_at").values_list("received_at", flat=True)
    return Sighting(at=reported.first() or content.first_reported_at, by=SeenBy.REPORTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A content's state; `verdict` is empty before one. Where it is hosted, as last traced."""

    id: UUID
    state: ContentState
    verdict: str
    country: str
    network: int
    danger: bool
    first_reported_at: datetime


@dataclass(frozen=True, slots=True)
class Online:
    """What is illegal about a content that is still online, and when it was last seen there.

    `of_child`: a sexual offence against a child, or a minor is shown or concerned.
    """

    offence: Offence
    seen_at: datetime
    of_child: bool


def standing(content_id: UUID) -> Standing:
    """Return where a content stands. Raises NotHere."""
    return _standing(find(Content, id=content_id))


def standing_of_report(report_id: UUID) -> Standing:
    """Return where the one content of a report stands. Raises NotHere."""
    return _standing(find(Content, reports=report_id))


def illegal_online(content_id: UUID, *, seen_by: Actor) -> Online | None:
    """Return why a content that waits for its removal is illegal, None for any other."""
    content = find(Content, id=content_id)
    final = content.assessments.filter(is_final=True).first()
    if content.state != ContentState.REMOVING or final is None:
        return None
    seen = last_sighting(content=content, seen_by=seen_by)
    offence = offence_of(content, final)
    of_child = bool(offence.exploitation) or is_about_minor(content)
    return Online(offence, seen.at, of_child)


def _standing(content: Content) -> Standing:
    return Standing(
        id=content.id,
        state=ContentState(content.state),
        verdict=content.verdict,
        country=content.country,
        network=content.network or 0,
        danger=content.danger,
        first_reported_at=content.first_reported_at,
    )
