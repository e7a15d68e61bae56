"""What follows from reviews beside the verdict: a removal in danger, a difference to read."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.journal.book import record
from balise.hotline.reports import access
from balise.hotline.reports.actions.assessing import let_stand
from balise.hotline.reports.events import DifferenceRead
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries.reviews import of_round, said
from balise.hotline.reports.rules.words import ContentState


def hasten(*, by: Actor) -> int:
    """Let an illegal verdict stand where danger came while it waited for other eyes; count them.

    A removal in danger waits for nobody: not for a second review, not for a third.
    """
    hastened = 0
    waiting = Content.objects.filter(state=ContentState.SECOND_LOOK, danger=True)
    for content_id in list(waiting.values_list("id", flat=True)):
        with transaction.atomic():
            content = Content.locked(content_id)
            illegal = [one for one in of_round(content) if said(one).is_illegal]
            if illegal:
                let_stand(content=content, one=illegal[-1], at=now(), by=by)
                hastened += 1
    return hastened


def note_read(*, content_id: UUID, by: Actor) -> None:
    """Note that an analyst read where someone reviewed a content otherwise than they had.

    NotHere for one of whom nothing waits to be read.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        Content.locked(content_id)
        mine = Assessment.objects.filter(content=content_id, by=by.key, differs_since__isnull=False)
        there(mine.first())
        mine.update(differs_since=None)
        record(DifferenceRead(subject=content_id), by=by)
