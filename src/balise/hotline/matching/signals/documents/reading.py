"""Ask the hasher for the hashes of one picture at an address (decision 74)."""

from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation.limited.calling import call
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.documents.apart import LIMITS, known
from balise.hotline.matching.signals.documents.hasher import asked, read_and_hash
from balise.hotline.matching.signals.rules.pictures import Picture


class HasherOff(Refused, code="hasher-off"):
    """The centre has not stated by which right it reads pictures."""


def is_on() -> bool:
    """Return whether the centre stated by which right it reads pictures (`BALISE_HASHER_BASIS`)."""
    return bool(settings.HASHER_BASIS)


def hash_at(address: str) -> Picture:
    """Return what is known of the picture at an address; the picture stays in the child.

    Raises `HasherOff`, and `NotHashed` with the code of `apart` or of `hasher`. Takes up to a
    minute: for a task, not for a request. Who calls writes down that it was read.
    """
    if not is_on():
        raise HasherOff(_("Pictures are not read: the centre has not stated its legal basis."))
    given = asked(address, is_demonstration=settings.DEMONSTRATION)
    return known(call(read_and_hash, given, limits=LIMITS))
