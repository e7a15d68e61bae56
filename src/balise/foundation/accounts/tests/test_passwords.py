"""The gate before the hash: one at a time, a short queue, and a plain "try again"."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client, override_settings
from tests.waiting import PATIENCE

from balise.foundation.accounts import adapters
from balise.foundation.accounts.adapters import Gate, SignInBusy
from balise.foundation.accounts.tests.makers import PASSWORD, make_account

WRONG = "not the password at all"
REAL = ["balise.foundation.accounts.adapters.GatedArgon2Hasher"]


class TestGate:
    def test_lets_a_queue_wait_and_turns_the_others_away(self) -> None:
        gate = Gate(queue=3)
        inside, leave = threading.Event(), threading.Event()
        done: list[int] = []

        def first() -> None:
            with gate.one_at_a_time():
                inside.set()
                leave.wait(PATIENCE)

        def next_one(number: int) -> None:
            with gate.one_at_a_time():
                done.append(number)

        threads = [threading.Thread(target=first)]
        threads[0].start()
        inside.wait(PATIENCE)
        threads += [threading.Thread(target=next_one, args=(number,)) for number in range(3)]
        for thread in threads[1:]:
            thread.start()
        while gate._places._value:
            pass
        with pytest.raises(SignInBusy), gate.one_at_a_time():
            pass
        leave.set()
        for thread in threads:
            thread.join(PATIENCE)

        assert sorted(done) == [0, 1, 2]
        with gate.one_at_a_time():
            pass

    def test_gives_its_place_back_after_a_failure(self) -> None:
        gate = Gate(queue=0)
        for _ in range(3):
            with pytest.raises(ValueError, match="wrong"), gate.one_at_a_time():
                raise ValueError("wrong")


class TestHasher:
    @override_settings(PASSWORD_HASHERS=REAL)
    def test_costs_what_was_decided(self) -> None:
        encoded = make_password(PASSWORD)

        assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
        assert check_password(PASSWORD, encoded)
        assert not check_password("another sentence", encoded)


@pytest.mark.django_db
class TestSignIn:
    def sign_in(self, email: str, password: str = WRONG) -> int:
        form = {"login": email, "password": password}
        return Client().post("/staff/account/login/", form).status_code

    @pytest.fixture
    def full_gate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        gate = Gate(queue=0)
        monkeypatch.setattr(adapters, "gate", gate)
        gate._places.acquire()

    @override_settings(PASSWORD_HASHERS=REAL)
    @pytest.mark.usefixtures("full_gate")
    def test_says_come_back_when_the_queue_is_full(self, client: Client) -> None:
        form = {"login": "nobody@centre.example", "password": PASSWORD}
        answer = client.post("/staff/account/login/", form)

        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert int(answer.headers["Retry-After"]) > 0
        assert "<h1>" in answer.text

    def test_does_not_count_an_attempt_that_was_turned_away(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = make_account()
        with override_settings(PASSWORD_HASHERS=REAL), monkeypatch.context() as patch:
            gate = Gate(queue=0)
            patch.setattr(adapters, "gate", gate)
            gate._places.acquire()
            answers = {self.sign_in(account.email, PASSWORD) for _ in range(8)}

        assert answers == {HTTPStatus.TOO_MANY_REQUESTS}
        assert self.sign_in(account.email, PASSWORD) == HTTPStatus.FOUND

    @override_settings(PASSWORD_HASHERS=REAL)
    def test_hashes_once_for_known_disabled_invited_and_unknown_alike(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known, gone, invited = make_account(), make_account(), make_account()
        gone.is_active = False
        gone.save()
        invited.set_unusable_password()
        invited.save()
        gate = CountingGate(queue=0)
        monkeypatch.setattr(adapters, "gate", gate)
        for email in (known.email, gone.email, invited.email, "nobody@centre.example"):
            self.sign_in(email)

        assert gate.passed == 4


class CountingGate(Gate):
    """A gate that counts who goes through: each is one hash, at one cost."""

    passed = 0

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        self.passed += 1
        with super().one_at_a_time():
            yield
