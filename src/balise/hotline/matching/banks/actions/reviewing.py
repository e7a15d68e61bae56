"""Ask a past look-up again, as of its day; who did is written down."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.events import LookUpReviewed
from balise.hotline.matching.banks.queries import why
from balise.hotline.matching.banks.queries.why import AsOf


def ask_again(*, look_up_id: UUID, by: Actor) -> AsOf:
    """Ask it of the entries and banks as they stood then. Raises NotHere, `KeyForgotten`."""
    access.require(by, access.READ)
    asked = why.answered(look_up_id, seen_by=by)
    found = why.as_of_its_day(look_up_id, seen_by=by)
    with transaction.atomic():
        record(LookUpReviewed(subject=look_up_id, handle=asked.subject), by=by)
    return found
