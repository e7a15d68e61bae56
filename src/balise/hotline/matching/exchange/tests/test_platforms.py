"""A simulated platform pulls, blocks a mirrored copy and answers; a small one asks."""

import json
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.tests.makers import make_token
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.signatures import own_pair
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.exchange.actions import handing
from balise.hotline.matching.exchange.doubles.platforms import (
    ROOT,
    Distrusted,
    Heard,
    Platform,
    SmallPlatform,
    Speak,
)
from balise.hotline.matching.exchange.queries import answers_of
from balise.hotline.matching.exchange.rules.items import Replied
from balise.hotline.matching.exchange.tests.makers import make_contract, make_entry
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import hash_pixels_turned
from balise.hotline.matching.signals.tests import drawn

pytestmark = pytest.mark.django_db


def drawing(number: int = 1, *, is_mirrored: bool = False) -> tuple[bytes, ...]:
    """Return the eight PDQs of a drawing, perhaps mirrored."""
    pixels = drawn.pixels(drawn.numbered(number))
    return tuple(hash_pixels_turned(pixels[:, ::-1] if is_mirrored else pixels).values)


def speaks(actor: Actor) -> Speak:
    """Return how a partner speaks to us, by its token."""
    organisation = PartnerOrganisation.objects.get(id=actor.key)
    _, token = make_token(*actor.abilities, partner=organisation)
    headers = {"Authorization": f"Bearer {token}"}

    def speak(method: str, path: str, body: object) -> Heard:
        text = "" if body is None else json.dumps(body)
        answer = Client().generic(
            method, f"{ROOT}{path}", text, content_type="application/json", headers=headers
        )
        return Heard(answer.status_code, answer.content, answer.headers)

    return speak


def holder() -> tuple[Platform, Actor]:
    actor = make_contract(holds=True)
    return Platform(speaks(actor), own_pair(handing.LINE).signing), actor


def pull(platform: Platform, actor: Actor) -> int:
    """Pull, with a worker that signs."""
    return platform.pull(wait=lambda: handing.prepare(partner_id=UUID(actor.key), by=SYSTEM))


def bank_drawing(reference: str = "case-1") -> int:
    return make_entry(Signal(HashKind.PDQ, drawing()[0]), reference=reference)


def test_a_mirrored_copy_is_blocked_and_the_answer_comes_back() -> None:
    bank_drawing()
    platform, actor = holder()
    assert pull(platform, actor) == 1
    assert answers_of(["case-1"])[0].replied is Replied.RECEIVED
    posted = {"p/1": drawing(is_mirrored=True), "p/2": drawing(2)}
    assert platform.compare(posted) == 1
    assert platform.blocked.keys() == {"p/1"}
    [answer] = answers_of(["case-1"])
    assert (answer.replied, answer.turn) == (Replied.BLOCKED, Turn.MIRRORED)
    assert answer.count == 1


def test_what_is_withdrawn_is_forgotten_and_confirmed() -> None:
    entry = bank_drawing()
    platform, actor = holder()
    pull(platform, actor)
    keeping.withdraw(entries=[entry], by=SYSTEM)
    pull(platform, actor)
    assert platform.held == {}
    assert answers_of(["case-1"])[0].replied is Replied.WITHDRAWN
    assert platform.compare({"p/1": drawing()}) == 0


def test_what_is_not_there_is_said_too() -> None:
    bank_drawing()
    platform, actor = holder()
    pull(platform, actor)
    platform.compare({"p/2": drawing(2)})
    assert answers_of(["case-1"])[0].replied is Replied.NOT_FOUND


def test_a_page_of_another_key_is_not_believed() -> None:
    bank_drawing()
    platform, actor = holder()
    platform.key = bytes(32)
    with pytest.raises(Distrusted):
        pull(platform, actor)


def test_a_small_one_asks_about_a_mirrored_copy_and_forgets() -> None:
    entry = bank_drawing()
    small = SmallPlatform(speaks(make_contract()))
    posted = {"p/1": drawing(is_mirrored=True), "p/2": drawing(2)}
    assert small.ask(posted) == {"p/1": "block", "p/2": "nothing"}
    assert answers_of(["case-1"])[0].replied is Replied.BLOCKED
    keeping.withdraw(entries=[entry], by=SYSTEM)
    handing.note_ended(entries=[entry], by=SYSTEM)
    assert small.forget() == 1
    assert answers_of(["case-1"])[0].replied is Replied.WITHDRAWN
    assert small.blocked == {}
