"""What was typed of a verdict and not saved, for the analyst who has its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.hotline.reports import access
from balise.hotline.reports.models import DRAFTED, LINE, Content, VerdictDraft
from balise.hotline.reports.queries.desk import name_of
from balise.hotline.reports.rules.words import DECIDED_STATES


@dataclass(frozen=True, slots=True)
class Typed:
    """A verdict as far as it was typed: its fields by name, who typed last, and when."""

    fields: Mapping[str, str]
    author: str
    at: datetime
    is_mine: bool


def typed(*, content_id: UUID, seen_by: Actor) -> Typed | None:
    """Return the draft about a content that the analyst has taken; None if there is none."""
    access.require(seen_by, access.ASSESS)
    taken = VerdictDraft.objects.filter(content=content_id, content__claimed_by=seen_by.key)
    one = taken.first()
    if one is None:
        return None
    return Typed(
        fields=key_of_line(LINE, one.id).open(one.sealed, where=DRAFTED, row=one.id),
        author=name_of(one.author),
        at=one.at,
        is_mine=one.author == seen_by.key,
    )


def verdict_by(content: Content) -> str:
    """Return the key of the analyst whose verdict a decided content has; "" without one."""
    if content.state not in DECIDED_STATES:
        return ""
    given = content.assessments.filter(is_final=True).first()
    return given.by if given is not None else ""
