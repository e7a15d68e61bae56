"""What calls ask of messaging, whose numbers are opened as theirs are."""

from collections.abc import Callable, Collection
from uuid import UUID

from balise.foundation.ports import Port

# Of some correspondences, those whose number is kept, sealed.
with_number = Port[Callable[[Collection[UUID]], set[UUID]]]("helpline.telephony.with_number")
# The number of a thread; the caller has checked who may, and logged it.
number_of = Port[Callable[[UUID], str]]("helpline.telephony.number_of")
