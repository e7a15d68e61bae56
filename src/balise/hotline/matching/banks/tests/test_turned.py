"""A copy that was turned or mirrored is found, near or exact, wherever the banks are asked."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from numpy.typing import NDArray
from PIL import Image

from balise.foundation.accounts.tests.makers import make_account, make_partner, make_token, sign_in
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.rules.seeing import back
from balise.hotline.matching.banks.templatetags.banks import turn_in_words
from balise.hotline.matching.banks.tests.makers import ANALYST, make_bank, make_entry
from balise.hotline.matching.banks.web import api
from balise.hotline.matching.signals.rules import pdq, pictures
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.tests import drawn, files

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

type Ask = Callable[[str], str]  # a PDQ in hexadecimal digits, and how it has to be turned


@cache
def shown() -> NDArray[np.uint8]:
    return files.landscape(1200, 900)


def exact(turn: Turn) -> NDArray[np.uint8]:
    """Return the picture as it was turned."""
    return drawn.turned(shown(), turn)


def again(turn: Turn) -> NDArray[np.uint8]:
    """Return the picture as it was turned, made smaller, and compressed once more."""
    picture = Image.fromarray(exact(turn))
    small = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3))
    octets = files.written(small, "JPEG", quality=60)
    return np.asarray(Image.open(BytesIO(octets)))


@cache
def hash_alone(made: Callable[[Turn], NDArray[np.uint8]], turn: Turn) -> str:
    return pdq.hash_pixels(made(turn)).value.hex()


def word(turn: Turn) -> str:
    return turn.name.lower().replace("_", "-")


def by_hand(value: str) -> str:
    """Look it up on the staff's page; the reasons say the turn in words."""
    client = Client()
    sign_in(client, make_account("analyst"))
    answer = client.post(
        reverse("staff:banks:look-up"), {"kind": "pdq", "value": value}, follow=True
    )
    page = " ".join(answer.content.decode().split())
    assert value not in page
    assert "Contenu connu." in page
    with translation.override("fr"):
        (turn,) = [turn for turn in Turn if f"> {turn_in_words(turn)} </td>" in page]
    return word(turn)


def by_command(value: str) -> str:
    """Ask as `balise bank match - --json` does, of standard input."""
    out = StringIO()
    line = json.dumps({"kind": "pdq", "value": value}).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", type("Input", (), {"buffer": BytesIO(line)}))
        call_command("bank", "match", "-", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["known"]
    return str(told["hits"][0]["turn"]).replace("_", "-")


def _body(value: str) -> bytes:
    return json.dumps({"signals": [{"kind": "pdq", "value": value}]}).encode()


def _told(octets: bytes) -> str:
    told: dict[str, Any] = json.loads(octets)
    assert told["known"]
    return str(told["hits"][0]["turn"])


def by_api(value: str) -> str:
    """Ask as a partner's program whose request goes through the pages' machinery."""
    _, token = make_token(access.LOOK_UP, partner=make_partner())
    answer = Client().post(
        api.PATH,
        _body(value),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return _told(answer.content)


def by_quick_way(value: str) -> str:
    """Ask as a partner's program that is answered before Django."""
    _, token = make_token(access.LOOK_UP, partner=make_partner())
    found = api.answer(f"Bearer {token}", _body(value))
    assert found is not None
    return _told(found)


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize("made", [exact, again])
@pytest.mark.parametrize("ask", [by_hand, by_command, by_api, by_quick_way])
def test_a_turned_copy_is_found_by_its_hash_alone(
    ask: Ask, made: Callable[[Turn], NDArray[np.uint8]], turn: Turn
) -> None:
    make_entry(Signal(HashKind.PDQ, pdq.hash_pixels(shown()).value))
    assert ask(hash_alone(made, turn)) == word(back(turn))


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize("made", [exact, again])
def test_a_turned_copy_is_found_by_its_file(
    made: Callable[[Turn], NDArray[np.uint8]], turn: Turn
) -> None:
    make_entry(Signal(HashKind.PDQ, pdq.hash_pixels(shown()).value))
    found = pictures.read(pictures.hashed(files.file(made(turn), "JPEG", quality=80)))
    hit, *others = look_up(signals=found.asked, by=ANALYST).hits
    assert hit.turn is back(turn)
    assert not others


@pytest.mark.parametrize("ask", [by_command, by_api, by_quick_way])
def test_a_mirror_six_bits_away_is_found(ask: Ask) -> None:
    turns = pdq.hash_pixels_turned(shown()).values
    make_entry(Signal(HashKind.PDQ, turns[Turn.AS_IS]))
    mirror = int.from_bytes(turns[Turn.MIRRORED]) ^ 0b111111 << 100
    assert ask(mirror.to_bytes(32).hex()) == word(Turn.MIRRORED)


def test_another_picture_is_found_in_no_turn() -> None:
    make_bank()
    for seed in range(2, 12):
        make_entry(
            Signal(HashKind.PDQ, pdq.hash_pixels(files.landscape(400, 300, seed=seed)).value),
            bank="known",
        )
    for turn in Turn:
        value = bytes.fromhex(hash_alone(exact, turn))
        assert look_up(signals=[Signal(HashKind.PDQ, value)], by=ANALYST).hits == ()
