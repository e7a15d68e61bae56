"""What Balise itself saw of a contact: a removal that was asked, referrals that were sent."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.cases import access as cases_access
from balise.helpline.cases.queries import files as cases, sent
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.contacts.rules.proposing import Seen
from balise.helpline.removals import access as removals_access, queries as removals


class Beside(NamedTuple):
    """What the page of a person shows of their contact, beside its record."""

    contact: ContactRow
    case: UUID | None
    earlier: int  # contacts of the case that began before
    removals: list[tuple[UUID, datetime]]
    seen: Seen


def beside(contact_id: UUID, *, seen_by: Actor) -> Beside:
    """Return what is shown of a contact, its removals to who may read them. Raises NotHere."""
    may_read = seen_by.may(removals_access.READ)
    asked = removals.requests_of(contact_id, seen_by=seen_by) if may_read else []
    case = cases.case_of_contact(contact_id, seen_by=seen_by)
    earlier = cases.earlier_contacts(case, seen_by=seen_by, before=contact_id) if case else ()
    one = contacts.contact(contact_id, seen_by=seen_by)
    seen = seen_of(one, case, has_removal=bool(asked), seen_by=seen_by)
    return Beside(one, case, len(earlier), asked, seen)


def seen_in(one: ContactRow, *, seen_by: Actor) -> Seen:
    """Return what was asked and sent in a contact, as far as who asks may read it."""
    asked = seen_by.may(removals_access.READ) and removals.requests_of(one.id, seen_by=seen_by)
    may_read = seen_by.may(cases_access.READ)
    case = cases.case_of_contact(one.id, seen_by=seen_by) if may_read else None
    return seen_of(one, case, has_removal=bool(asked), seen_by=seen_by)


def seen_of(one: ContactRow, case: UUID | None, *, has_removal: bool, seen_by: Actor) -> Seen:
    """Return the same where the case of the contact and its removals are known already.

    A referral counts that was sent of the case since the contact began.
    """
    rows = sent.sent_of_case(case, seen_by=seen_by) if case is not None else ()
    receivers = {row.receiver.code for row in rows if row.sent_at >= one.begun_at}
    return Seen(removal=has_removal, receivers=frozenset(receivers))
