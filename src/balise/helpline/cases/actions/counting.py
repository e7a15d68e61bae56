"""Tell the figures of the contacts by which a case is met again in a month."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.cases.events.files import CaseMetAgain
from balise.helpline.cases.models.files import Case
from balise.helpline.cases.rules.months import again
from balise.helpline.contacts import queries as contacts


@transaction.atomic
def count_again(*, case_id: UUID, by: Actor) -> int:
    """Count each contact with support after the first of a case in a month; return how many more.

    Each counts once, whether it was wrapped up before it came to the case or after.
    """
    case = Case.locked(case_id)
    rows = {row.contact: row for row in case.contacts.all()}
    counted = {contact for contact, row in rows.items() if row.is_again}
    days = contacts.supported_on(list(rows))
    more = again(days, counted=counted)
    for contact in more:
        rows[contact].is_again = True
        rows[contact].save(update_fields=("is_again",))
        record(CaseMetAgain(subject=case.id, day=days[contact], amount=1), by=by)
    return len(more)
