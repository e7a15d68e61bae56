"""The partners' door: pull, ask, answer, by a token; garbage is told where it is."""

import json
from base64 import b64decode
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.tests.makers import make_token
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.signatures import is_signed_by
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries import exchanging
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.actions import handing, planting
from balise.hotline.matching.exchange.tests.makers import (
    BANK,
    make_contract,
    make_entry,
    make_signal,
)

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/hotline/hashes"
HASH = make_signal().value.hex()


class Partner:
    """A partner with a token, and the way it speaks to us."""

    def __init__(self, actor: Actor) -> None:
        self.id = UUID(actor.key)
        organisation = PartnerOrganisation.objects.get(id=self.id)
        _, token = make_token(*actor.abilities, partner=organisation)
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return Client().get(f"{ROOT}{path}", headers=self.headers)

    def post(self, path: str, body: object) -> Any:
        text = json.dumps(body)
        return Client().post(
            f"{ROOT}{path}", text, content_type="application/json", headers=self.headers
        )

    def ask(self, **one: object) -> Any:
        return self.post("/questions", {"hashes": [{"kind": "pdq", "hash": HASH, **one}]})


@pytest.fixture
def asker() -> Partner:
    return Partner(make_contract())


@pytest.fixture
def holder() -> Partner:
    return Partner(make_contract(holds=True))


class TestAsking:
    def test_yes_and_no(self, asker: Partner) -> None:
        make_entry()
        [yes] = asker.ask().json()["answers"]
        assert (yes["known"], yes["do"]) == (True, "block")
        [no] = asker.ask(hash="0f" * 32).json()["answers"]
        assert no == {"known": False, "handle": None, "do": "nothing"}

    def test_upper_case_is_read(self, asker: Partner) -> None:
        make_entry()
        assert asker.ask(hash=HASH.upper()).json()["answers"][0]["known"]

    @pytest.mark.parametrize(
        "one",
        [
            {"hash": HASH[:-1]},
            {"hash": f" {HASH[1:]}"},
            {"hash": f"0x{HASH[2:]}"},
            {"hash": ""},
            {"hash": HASH + "00"},
            {"quality": 101},
            {"quality": -1},
            {"kind": "phash"},
            {"turns": [HASH]},
            {"turns": ["0f" * 32] * 8},
            {"distance": 3},
        ],
    )
    def test_garbage_is_told_where_it_is(self, asker: Partner, one: dict[str, object]) -> None:
        answer = asker.ask(**one)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"].startswith("hashes")
        assert HASH not in answer.content.decode()

    def test_a_mirrored_copy_is_known_by_its_turns(self, asker: Partner) -> None:
        make_entry(make_signal(5))
        turns = [make_signal(seed).value.hex() for seed in (1, 2, 3, 4, 5, 6, 7, 8)]
        [told] = asker.ask(hash=turns[0], turns=turns).json()["answers"]
        assert told["known"]

    def test_over_budget_says_when(self) -> None:
        asker = Partner(make_contract(a_minute=1))
        asker.ask()
        answer = asker.ask(hash="0f" * 32)
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert answer.json()["type"] == "urn:balise:problem:budget-used"

    def test_cut_off(self, asker: Partner) -> None:
        planting.plant(bank=BANK, by=SYSTEM)
        planted = next(iter(exchanging.planted(BANK).values())).hex()
        answer = asker.ask(hash=planted)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:balise:problem:cut-off")
        assert asker.ask().status_code == 409

    def test_without_the_scope(self, holder: Partner) -> None:
        assert holder.ask().status_code == 403

    def test_anyone(self) -> None:
        assert Client().get(f"{ROOT}/entries").status_code == 401


class TestPulling:
    def test_a_page_that_the_key_has_signed(self, holder: Partner) -> None:
        assert holder.get("/entries").status_code == 204
        make_entry()
        first = holder.get("/entries")
        assert (first.status_code, first["Retry-After"]) == (202, "2")
        handing.prepare(partner_id=holder.id, by=SYSTEM)
        page = holder.get("/entries?after=0")
        keys = holder.get("/keys").json()
        assert keys["key_id"] == page["Balise-Key"]
        signature = b64decode(page["Balise-Signature"])
        assert is_signed_by(b64decode(keys["key"]), page.content, signature)
        assert page.json()["entries"][0]["hash"] == HASH
        assert holder.get(f"/entries?after={page.json()['checkpoint']}").status_code == 204

    @pytest.mark.parametrize("after", ["-1", "x", ""])
    def test_a_checkpoint_that_is_none(self, holder: Partner, after: str) -> None:
        assert holder.get(f"/entries?after={after}").status_code == 422


class TestAnswering:
    def test_what_was_done(self, asker: Partner) -> None:
        make_entry()
        handle = asker.ask().json()["answers"][0]["handle"]
        one = {"handle": handle, "answer": "blocked", "turn": "upside-down", "count": 2}
        stranger = {"handle": str(uuid4()), "answer": "received"}
        answer = asker.post("/answers", {"answers": [one, stranger]})
        assert answer.json() == {"unknown": [1]}

    @pytest.mark.parametrize(
        "garbage",
        [
            {"answer": "burnt"},
            {"turn": "sideways"},
            {"count": -1},
            {"count": 2**40},
            {"handle": "no"},
            {"who": "me"},
        ],
    )
    def test_garbage_is_told_where_it_is(self, asker: Partner, garbage: dict[str, object]) -> None:
        one = {"handle": str(uuid4()), "answer": "received"} | garbage
        assert asker.post("/answers", {"answers": [one]}).status_code == 422

    def test_what_to_forget(self, asker: Partner) -> None:
        entry = make_entry()
        handle = asker.ask().json()["answers"][0]["handle"]
        keeping.withdraw(entries=[entry], by=SYSTEM)
        handing.note_ended(entries=[entry], by=SYSTEM)
        assert asker.get("/withdrawn").json() == {"handles": [handle]}
        asker.post("/answers", {"answers": [{"handle": handle, "answer": "withdrawn"}]})
        assert asker.get("/withdrawn").json() == {"handles": []}


def test_the_document_tells_it() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    named = {"entries", "keys", "questions", "answers", "withdrawn"}
    assert {f"{ROOT}/{one}" for one in named} <= paths.keys()
    assert access.ASK.startswith("hotline.")
