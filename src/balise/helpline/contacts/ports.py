"""What the records of contacts ask of the files that they belong to."""

from collections.abc import Callable, Collection
from uuid import UUID

from balise.foundation.ports import Port

# The other contacts of the case that a contact belongs to; none of one without a case.
same_case = Port[Callable[[UUID], Collection[UUID]]]("helpline.contacts.same_case")
