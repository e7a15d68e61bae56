"""A picture's file, hashed by a child with limits: the file is opened nowhere else.

The child writes nothing, and keeps no log; nor does this module.
"""

from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.files.redrawing import BROKEN
from balise.foundation.limited.calling import (
    Answered,
    Died,
    Limits,
    Outcome,
    OverLimit,
    Refused as ChildRefused,
    call,
)
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.pictures import Picture, hashed, read

TOO_LARGE, OVER_LIMITS = "size", "limits"  # further reasons why a picture is refused
MOST_OCTETS: Final = 64 * 1024 * 1024
# 64 million points take four octets each; turned upright, and laid on white, once more.
LIMITS: Final = Limits(processor=20, memory=1_500_000_000, time=60.0, answer=65_536)


class NotHashed(Refused, code="picture-not-hashed"):
    """A file cannot be hashed; `why` is a code: kind, broken, points, colours, size, limits."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(_("This picture could not be read."))


def hash_file(octets: bytes) -> Picture:
    """Return what is known of a picture, given as the octets of its file; raises `NotHashed`."""
    if len(octets) > MOST_OCTETS:
        raise NotHashed(TOO_LARGE)
    return known(call(hashed, octets, limits=LIMITS))


def known(outcome: Outcome) -> Picture:
    """Return what a child found; raises `NotHashed`."""
    match outcome:
        case Answered(told):
            return read(told)
        case ChildRefused(code):
            raise NotHashed(code)
        case OverLimit():
            raise NotHashed(OVER_LIMITS)
        case Died():  # of what it read
            raise NotHashed(BROKEN)
