"""Pictures as octets: drawn again by a child with limits, encrypted, opened."""

from base64 import b64decode, b64encode
from typing import Final

from django.utils.translation import pgettext

from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.files.redrawing import BROKEN, KIND, POINTS
from balise.foundation.limited.calling import Answered, Limits, Refused, call
from balise.foundation.limited.lanes import Lane, LaneFull
from balise.helpline.pictures.models import DRAWN, LINE, Picture
from balise.helpline.pictures.rules.redrawing import redraw
from balise.helpline.pictures.rules.showing import NoPicture

# 40 million points take four octets each, and twice that while they are made fewer.
LIMITS: Final = Limits(processor=10, memory=700_000_000, time=30.0, answer=8_000_000)
# Its own: a child's picture waits for no other file, and few hold a thread of pages meanwhile.
_LANE: Final = Lane(queue=5, patience=20.0)


def drawn_again(octets: bytes) -> bytes:
    """Return a picture's points as WebP; refuses (NoPicture) in words what is none."""
    try:
        with _LANE.turn():
            outcome = call(redraw, octets, limits=LIMITS)
    except LaneFull:
        said = pgettext("youth", "Many pictures are being sent. Try again in a minute.")
        raise NoPicture(said) from None
    match outcome:
        case Answered(drawn):
            return drawn
        case Refused(code) if code == KIND:
            raise NoPicture(
                pgettext("youth", "This file is not a picture. Choose a PNG, JPEG or WebP picture.")
            )
        case Refused(code) if code == BROKEN:
            raise NoPicture(
                pgettext("youth", "This picture is damaged: its end is missing. Take it again.")
            )
        case Refused(code) if code == POINTS:
            raise NoPicture(
                pgettext("youth", "This picture is too large. Take a picture of one screen only.")
            )
        case _:
            raise NoPicture(
                pgettext("youth", "This picture could not be read. Take it again, or describe it.")
            )


def encrypt(one: Picture, drawn: bytes, key: RecordKey) -> None:
    """Encrypt what was drawn for this row; the caller saves it."""
    payload = {"webp": b64encode(drawn).decode("ascii")}
    one.sealed = key.seal(payload, where=DRAWN, row=one.id)


def opened(one: Picture) -> bytes:
    """Return what was drawn. Raises KeyForgotten once it is erased."""
    key = key_of_line(LINE, one.id if one.has_own_key else one.conversation)
    return b64decode(key.open(bytes(one.sealed), where=DRAWN, row=one.id)["webp"])
