"""What a content is now, as values: for modules of the hotline that have no table of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries.law import is_about_minor, offence_of
from balise.hotline.reports.queries.sightings import last_sighting
from balise.hotline.reports.rules.words import ContentState
from balise.takedown.law.rules import Offence


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
