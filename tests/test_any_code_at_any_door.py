"""Any code typed at any door finds its way; wrong ones are counted together."""

from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client

from balise.foundation.encryption.worded import Receipt, in_words, new_receipt, new_worded, shown
from balise.foundation.web import pauses
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.channels.actions import answering
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.vault.tests.makers import invited
from balise.hotline.laboratory.tests.makers import make_case
from balise.hotline.reports.tests.makers import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

DOORS = {
    "talk": "/fr/talk/resume/",
    "write": "/fr/write/code/",
    "removals": "/fr/removal/",
    "report": "/fr/follow/",
    "laboratory": "/fr/lab/follow/",
}
LEADS = {
    "talk": "/fr/talk/room/",
    "write": "/fr/write/read/",
    "report": "/fr/follow/",
    "laboratory": "/fr/lab/follow/",
}
MADE: dict[str, Callable[[], Receipt]] = {
    "talk": lambda: make_conversation().token,
    "write": lambda: make_written()[1],
    "report": lambda: make_report()[1],
    "laboratory": lambda: make_case(banked=False)[1],
}
NOTHING = "Ce code n’ouvre rien."


@pytest.fixture(autouse=True)
def _nobody_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "_guesses", pauses.Guesses())


@pytest.mark.parametrize(("kind", "door"), list(product(MADE, DOORS)))
def test_each_code_opens_its_own_page_from_each_door(kind: str, door: str, client: Client) -> None:
    code = MADE[kind]()
    answer = client.post(DOORS[door], {"code": in_words(code, "fr") or shown(code)})
    assert (answer.status_code, answer["Location"]) == (302, LEADS[kind])
    assert client.get(LEADS[kind]).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_words_for_sharing_are_told_where_they_are_typed(door: str, client: Client) -> None:
    words = invited(make_listener())[1].words
    answer = client.post(DOORS[door], {"code": words})
    assert answer.status_code == 200
    assert "Ce code sert à partager" in answer.text
    assert "/fr/app/vault/" in answer.text


def test_a_code_of_the_chat_at_the_share_door_is_said_to_be_of_elsewhere(client: Client) -> None:
    code = in_words(make_conversation().token, "fr")
    sent = {"code": code, "committed": "ab" * 32}
    answer = client.post("/app/vault/invitation", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:balise:problem:code-elsewhere")
    wrong = client.post(
        "/app/vault/invitation",
        {"code": in_words(new_worded(), "fr"), "committed": "ab" * 32},
        content_type="application/json",
    )
    assert wrong.status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_erased_and_unknown_read_alike(door: str, client: Client) -> None:
    talked, written = make_conversation("Bonjour"), make_written()[1]
    passing.erase_own(token=talked.token)
    answering.erase_own(token=written)
    said = set()
    for code in (talked.token, written, new_receipt()):
        answer = client.post(DOORS[door], {"code": shown(code)})
        assert answer.status_code == 422
        assert NOTHING in answer.text
        assert "n’existe plus" not in answer.text
        said.add(answer.text.count(NOTHING))
    assert len(said) == 1


@pytest.mark.parametrize("door", DOORS)
def test_a_slip_gets_a_sentence_that_helps(door: str, client: Client) -> None:
    words = in_words(new_worded(), "fr").split()
    swapped = " ".join([words[1], words[0], *words[2:]])
    few = client.post(DOORS[door], {"code": " ".join(words[:7])}).text
    strange = client.post(DOORS[door], {"code": " ".join(["zzzzzz", *words[1:]])}).text
    order = client.post(DOORS[door], {"code": swapped}).text
    letter = client.post(DOORS[door], {"code": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAB"}).text
    assert "Un code a 8 mots. Il y en a 7 ici." in few
    assert "Le mot 1 sur 8" in strange
    assert f'value="{" ".join(words)}"' in order
    assert "Code mal recopié" in letter


def test_wrong_codes_count_together_over_all_doors(client: Client) -> None:
    there = {"REMOTE_ADDR": "198.51.100.7"}
    doors = list(DOORS.values())
    for nth in range(2 * pauses.WRONG_A_MINUTE):
        wrong = client.post(doors[nth % len(doors)], {"code": shown(new_receipt())}, **there)
        assert wrong.status_code == 422
    code = make_conversation().token
    for door in doors:
        paused = client.post(door, {"code": shown(code)}, **there)
        assert paused.status_code == 429
        assert "Location" not in paused
    shared = client.post(
        "/app/vault/invitation",
        {"code": shown(code), "committed": "ab" * 32},
        content_type="application/json",
        **there,
    )
    assert shared.status_code == 429
    elsewhere = client.post(doors[0], {"code": shown(code)}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
