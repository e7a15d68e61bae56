"""Whether the police should be told of a content, and what they were told."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.queries.law import offence_of
from balise.hotline.reports.rules.words import Verdict
from balise.takedown.onward.dossiers import access as dossiers_access, queries as dossiers
from balise.takedown.onward.dossiers.queries import Standing


@dataclass(frozen=True, slots=True)
class Police:
    """The state of a content with the police.

    `is_asked`: they should be told of the offence, and nobody has begun to.
    """

    standing: Standing
    is_asked: bool
    may_prepare: bool


def police(*, content_id: UUID, seen_by: Actor) -> Police | None:
    """Return it for a content that was found illegal, None for any other."""
    access.require(seen_by, access.READ)
    content = find(Content.objects.only("id", "verdict", "minor", "concerned"), id=content_id)
    if content.verdict != Verdict.ILLEGAL or not seen_by.may(dossiers_access.READ):
        return None
    final = content.assessments.filter(is_final=True).first()
    if final is None:
        return None
    standing = dossiers.standing(line=LINE, subject=content_id, seen_by=seen_by)
    offence = offence_of(content, final)
    may_draft = seen_by.may(access.ASSESS) and seen_by.may(dossiers_access.DRAFT)
    return Police(
        standing=standing,
        is_asked=offence.tell_police and not standing.dossiers,
        may_prepare=may_draft and not standing.is_told,
    )
