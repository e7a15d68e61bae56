"""A case of the demonstration with what a young person shared: a text, a link, a drawn screen.

Invented and mild; nobody is named, addresses are `.example`. The picture is drawn here: bubbles
without words, no photo of anyone. The device is played here: it seals to the case's key, as the
page does.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import orjson
from PIL import Image, ImageDraw

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption import age
from balise.foundation.encryption.timestamps import dating
from balise.helpline.cases.actions import opening as cases
from balise.helpline.vault import ports, queries
from balise.helpline.vault.actions import handing, inviting, opening, sharing
from balise.helpline.vault.actions.handing import Said, Yes
from balise.helpline.vault.actions.inviting import Known
from balise.helpline.vault.models import Invitation
from balise.helpline.vault.rules.bounds import DRAWN
from balise.helpline.vault.rules.handing import How, Who
from balise.helpline.vault.rules.items import ItemKind, commitment
from balise.helpline.vault.rules.sharing import commitment_to


def fill(cast: Mapping[str, Actor]) -> None:
    """Make them once, by the real actions."""
    listener = cast["listener"]
    with clock.at(now() - timedelta(days=3)):
        case_id = cases.open_case(title="Hirondelle, des messages le soir", by=listener)
        words = inviting.invite(case_id=case_id, language="fr", by=listener).words
        known = _known(words)
        first = _share(
            known,
            ItemKind.TEXT,
            "« Tout le monde verra demain ce que tu as dit. »",
            what="Reçu dans le groupe de la classe, trois fois ce soir-là.",
            who="Quelqu'un de la classe",
        )
    with clock.at(now() - timedelta(days=2)):
        opening.open_share(share_id=first, by=listener)
    with clock.at(now() - timedelta(minutes=20)):
        second = _share(
            known,
            ItemKind.LINK,
            "https://reseau.example/groupe/4c/message/118",
            what="Le message est encore là.",
            where="reseau.example",
            is_dated=True,
        )
    with clock.at(now() - timedelta(minutes=12)):
        _share(
            known,
            ItemKind.SCREENSHOT,
            drawn_screen(),
            type="image/png",
            name="Le groupe, le soir",
            what="Ce que je vois quand j'ouvre le groupe.",
        )
    if queries.hands_over():
        _hand_over(case_id, (first, second), listener)


def _hand_over(case_id: UUID, shares: Sequence[UUID], listener: Actor) -> None:
    """Hand over two of the items, as agreed by telephone: an analyst finds the draft."""
    with clock.at(now() - timedelta(minutes=8)):
        agreed = Yes(
            shares=shares,
            authority=ports.receivers.ask()[0].code,
            said_by=Who.YOUNG,
            said_how=How.TELEPHONE,
            said_at=now() - timedelta(minutes=2),
        )
        yes = handing.note_yes(case_id=case_id, yes=agreed, by=listener)
        said = Said(
            offence="threats",
            facts_on=today(),
            place="reseau.example, groupe de la classe",
            rationale="Des messages du groupe annoncent que tout sera lu demain devant la classe.",
        )
        handing.hand_over(handing_id=yes, said=said, by=listener)


def drawn_screen() -> bytes:
    """Return a picture of a group's screen, as PNG: bubbles on both sides, and not one word."""
    screen = Image.new("RGB", (360, 640), "#eef2f4")
    pen = ImageDraw.Draw(screen)
    pen.rectangle((0, 0, 360, 56), fill="#3b6b7a")
    pen.ellipse((14, 12, 46, 44), fill="#c9dde3")
    for nth, (width, is_mine) in enumerate([(210, 0), (160, 0), (120, 1), (240, 0), (190, 0)]):
        left, top = 344 - width if is_mine else 16, 80 + 84 * nth
        fill = "#bfe0d0" if is_mine else "#ffffff"
        pen.rounded_rectangle((left, top, left + width, top + 64), 16, fill=fill)
        for line in range(2):
            at = top + 20 + 18 * line
            pen.rounded_rectangle(
                (left + 16, at, left + width - 16 - 30 * line, at + 8), 4, "#9fb0b6"
            )
    made = BytesIO()
    screen.save(made, "PNG")
    return made.getvalue()


def _known(words: str) -> Known:
    """Return what a device learns by eight words, once both sides have drawn the four."""
    drawn = secrets.token_bytes(DRAWN)
    committed = commitment_to(drawn)
    inviting.take(code=words, committed=committed.hex())
    inviting.answer(key_id=Invitation.objects.get(committed=committed).key_id)
    known = inviting.take(code=words, committed=committed.hex())
    if known is None:
        raise RuntimeError("the side of the case did not answer")
    inviting.reveal(code=words, drawn=drawn.hex())
    return known


def _share(
    known: Known, kind: ItemKind, said: str | bytes, *, is_dated: bool = False, **told: str
) -> UUID:
    """Share an item that began two hours before; `is_dated` asks for its timestamp."""
    original = said.encode() if isinstance(said, str) else said
    salt = secrets.token_hex(32)
    head = {
        **dict.fromkeys(("name", "who", "what", "where", "parent"), ""),
        "v": 1,
        "id": secrets.token_hex(16),
        "kind": kind.value,
        "type": "text/plain",
        "bytes": len(original),
        "sha256": sha256(original).hexdigest(),
        "salt": salt,
        "taken_at": _said(now() - timedelta(hours=1)),
        "happened_at": _said(now() - timedelta(hours=2)),
        **told,
    }
    octets = orjson.dumps(head)
    sealed = age.seal(len(octets).to_bytes(4) + octets + original, recipient=known.recipient)
    end = sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1
    asked = dating() if is_dated else None
    share_id, _at = sharing.share(
        case=UUID(known.case),
        secret=secrets.token_hex(32),
        header=sealed[:end],
        body=sealed[end:],
        stamp=asked.stamp(bytes.fromhex(commitment(salt, original))) if asked else b"",
    )
    return share_id


def _said(at: datetime) -> str:
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
