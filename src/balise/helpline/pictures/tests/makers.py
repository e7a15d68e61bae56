"""Pictures drawn by the test, plain shapes, and offered by the real actions."""

from io import BytesIO
from uuid import UUID
from zlib import crc32

from PIL import Image, ImageDraw

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import Actor
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.pictures.actions import offering

HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"


def a_screen(kind: str = "PNG", *, width: int = 360, height: int = 640) -> bytes:
    """Return a telephone's screen: bubbles without a word."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for at, colour in enumerate(("teal", "silver", "teal", "orange")):
        top = 20 + at * height // 5
        pen.rounded_rectangle((20, top, width - 20, top + height // 8), 12, fill=colour)
    octets = BytesIO()
    picture.save(octets, kind)
    return octets.getvalue()


def a_bomb() -> bytes:
    """Return a small PNG whose header says that it has 81 million points."""
    octets = bytearray(a_screen())
    octets[16:24] = (9_000).to_bytes(4) + (9_000).to_bytes(4)
    octets[29:33] = crc32(octets[12:29]).to_bytes(4)
    return bytes(octets)


def make_someone(role: str = "listener", name: str = "Camille") -> Actor:
    """Return someone of the staff, with all that their role may do."""
    return actor_of(make_account(role, name=name))


def make_shown(listener: Actor) -> tuple[Begun, UUID]:
    """Return a conversation of a listener, and the picture that was shown in it."""
    begun = make_conversation(with_=listener)
    return begun, offering.offer(token=begun.token, answer="no", octets=a_screen())
