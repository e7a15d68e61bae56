"""A report adds to its content: an analyst who was about to close it has not read that."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record_many
from balise.hotline.reports.events import ClosingLeft
from balise.hotline.reports.models import Content, Mention
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState


def note_heard(*, report_id: UUID, by: Actor) -> None:
    """Note that a report was completed: what was being closed with others waits again."""
    with transaction.atomic():
        # Not a join, which would lock the mentions too: the public door has no right to.
        mine = Mention.objects.filter(report=report_id).values("content")
        held = Content.objects.select_for_update().filter(id__in=mine)
        undecided = held.exclude(state__in=DECIDED_STATES).order_by("identity_key")
        found = dict(undecided.values_list("id", "state"))
        Content.objects.filter(id__in=found).update(changed_at=now())
        out = [content_id for content_id, state in found.items() if state == ContentState.CLOSING]
        Content.objects.filter(id__in=out).update(state=ContentState.WAITING, closing=None)
        record_many([ClosingLeft(subject=content_id) for content_id in out], by=by)
