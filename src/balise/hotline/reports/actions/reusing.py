"""Offer the reasons of a verdict where they are asked again: the notice, the police dossier."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.models import CONTENT_BODY, LINE, Content
from balise.hotline.reports.queries.hosts import language_of_host
from balise.hotline.reports.rules.places import from_fields


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the forms begin with: in the host's language, and in the centre's; "" for nothing."""

    notice: str = ""
    dossier: str = ""


def propose(*, content_id: UUID, by: Actor) -> Proposed:
    """Return the reasons of the final verdict to someone who may assess; logged, once for both."""
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    final = content.assessments.filter(is_final=True).first()
    said = consulting.verdict_of(content_id=content_id, by=by) if final else None
    if final is None or said is None:
        return Proposed()
    body = key_of_line(LINE, content.id).open(content.sealed, where=CONTENT_BODY, row=content.id)
    own = settings.LANGUAGE_CODE
    hosts = language_of_host(content, final, from_fields(body)) or own
    return Proposed(said.rationale_in(hosts), said.rationale_in(own))
