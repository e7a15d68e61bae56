"""Cases of the demonstration: one with a history of answers, one disputed, a platform of each kind.

Invented: the hashes are digests of words and belong to no picture; no platform has a real name.
The first case opens with `CODE`.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from balise.foundation import clock
from balise.foundation.accounts.actions import partners
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt, check_symbol, new_receipt
from balise.hotline.laboratory.actions import disputing, hearing, linking, sending
from balise.hotline.laboratory.models import BANK, Case, Item
from balise.hotline.laboratory.rules.links import read_links
from balise.hotline.laboratory.rules.prints import Picture, Print
from balise.hotline.laboratory.rules.standing import Ground, Source
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions import answering
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.queries import key_of
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import Replied
from balise.hotline.matching.signals.rules.kinds import Clip, Frame, HashKind, Signal, Turn

_SYMBOLS: Final = "DEM0" * 6 + "DEM"
CODE: Final = Receipt(_SYMBOLS + check_symbol(_SYMBOLS))


def fill(cast: Mapping[str, Actor]) -> None:
    """Make them once, by the real actions."""
    with clock.at(now() - timedelta(days=30)):
        disputing.have_bank()
        ondine = _agree("Ondine", holds=True)
        peregrin = _agree("Pérégrin", holds=True)
        volubile = _agree("Volubile", holds=False)
        hearing.note_partners()
    with clock.at(now() - timedelta(days=4)):
        prints = (_picture("a jetty"), _picture("a boat"), _picture("a gull"), _clip("waves", 12))
        items = _send(CODE, prints, is_threat=True)
    with clock.at(now() - timedelta(days=3, hours=20)):
        links = read_links("https://images.example/galerie/204")
        linking.report(receipt=CODE, links=links, language="fr")
        _say(peregrin, items, Replied.RECEIVED)
    with clock.at(now() - timedelta(days=2)):
        _say(ondine, items[:1], Replied.BLOCKED, turn=Turn.MIRRORED, copies=2)
        disputing.withdraw(receipt=CODE, item_id=items[2].id)
        disputing.take_off(item_id=items[2].id)
    with clock.at(now() - timedelta(days=1)):
        _say(peregrin, items[2:3], Replied.WITHDRAWN)
        _say(volubile, items[1:2], Replied.BLOCKED, turn=Turn.AS_IS, copies=1)
    with clock.at(now() - timedelta(hours=5)):
        receipt = new_receipt()
        (item,) = _send(receipt, (_picture("a coat of arms"),))
        dispute = disputing.dispute(
            item_id=item.id,
            ground=Ground.MARK,
            source=Source.PARTNER,
            by=cast["hotline_lead"],
        )
        disputing.answer(
            receipt=receipt, dispute_id=dispute, text="C’est moi devant un mur, chez moi."
        )


def _agree(name: str, *, holds: bool) -> Actor:
    partner = partners.add_partner(name=name, by=SYSTEM)
    answering.agree(
        partner_id=partner.id, holds=holds, banks=[BANK], a_day=500, a_minute=5_000, by=SYSTEM
    )
    scope = access.PULL if holds else access.ASK
    return Actor(ActorKind.PARTNER, str(partner.id), frozenset({scope}))


def _send(receipt: Receipt, prints: Sequence[Print], *, is_threat: bool = False) -> list[Item]:
    case_id = sending.send(receipt=receipt, prints=prints, claims=True, is_threat=is_threat)
    disputing.bank(case_id=case_id)
    return list(Case.objects.get(id=case_id).items.all())


def _say(
    partner: Actor,
    items: Sequence[Item],
    replied: Replied,
    *,
    turn: Turn | None = None,
    copies: int = 0,
) -> None:
    key = key_of(UUID(partner.key))
    for item in items:
        handles = [handle_of(entry, key=key) for entry in item.entries]
        answering.answer(
            given=[Given(handle, replied, turn, copies) for handle in handles], by=partner
        )
        hearing.hear(reference=str(item.id))


def _hash(name: str) -> bytes:
    return sha256(name.encode()).digest()


def _picture(name: str) -> Picture:
    return Picture(Signal(HashKind.PDQ, _hash(name), 100))


def _clip(name: str, seconds: int) -> Clip:
    frames = (Frame(second, _hash(f"{name} {second}"), 90) for second in range(seconds))
    return Clip(tuple(frames), seconds)
