"""How often a stranger may try, and who is not held back by strangers (T046, T047, T051)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from itertools import count

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from balise.foundation import clock
from balise.foundation.accounts import adapters, limits
from balise.foundation.accounts.models import Account, Attempts
from balise.foundation.accounts.rules import AROUND, CODES, NEARBY, PASSWORDS, Allowance
from balise.foundation.accounts.tests.makers import (
    PASSWORD,
    code_of,
    make_account,
    make_generator,
    recovery_codes_of,
)
from balise.foundation.retention.tests.makers import erase_rows, rows_due

LOGIN = "/staff/account/login/"
SECOND = "/staff/account/login/second/"
WRONG = "not the password at all"


class Guess:
    """What came of one attempt: whether the password was looked at, and how long to wait."""

    def __init__(self, client: Client, name: str, password: str = WRONG, *, at: str = "") -> None:
        given = {"login": name, "password": password}
        answer = client.post(LOGIN, given, REMOTE_ADDR=at or "127.0.0.1")
        self.status = answer.status_code
        self.wait = int(answer.headers.get("Retry-After", 0))
        self.leads_to = answer.headers.get("Location", "")
        self.page = answer.content.decode()


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance grows again by the minute; a busy machine takes longer for some tests."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def neighbours() -> Iterator[str]:
    """Give an address of another /64 of one /48 each time."""
    return (f"2001:db8:7:{place:x}::1" for place in count())


@pytest.mark.django_db
class TestStrangers:
    def test_guess_as_often_from_one_48_as_from_one_address(
        self, client: Client, neighbours: Iterator[str]
    ) -> None:
        """T046: an IPv6 /48 is one stranger, however many networks it holds."""
        account = make_account()
        for _each in range(PASSWORDS.at_once):
            assert Guess(client, account.email, at=next(neighbours)).status == HTTPStatus.OK

        held = Guess(client, account.email, PASSWORD, at=next(neighbours))
        assert held.status == HTTPStatus.TOO_MANY_REQUESTS
        assert 1 <= held.wait <= PASSWORDS.each

    def test_get_no_more_guesses_when_a_cache_forgets(
        self, client: Client, neighbours: Iterator[str]
    ) -> None:
        """T046: what 310 neighbours ask makes nothing forgotten, nor does a restart."""
        account = make_account()
        for _each in range(PASSWORDS.at_once):
            Guess(client, account.email, at=next(neighbours))
        for place in range(310):
            asks = RequestFactory(REMOTE_ADDR=next(neighbours)).post(LOGIN)
            with suppress(ValidationError):  # their /48 has its limit too
                limits.password(asks, name=f"n{place}@centre.example")
        cache.clear()

        assert Guess(client, account.email, at="192.0.2.1").wait

    def test_of_one_48_share_an_allowance_over_all_names(
        self, client: Client, neighbours: Iterator[str]
    ) -> None:
        for place in range(AROUND.at_once):
            assert not Guess(client, f"n{place}@centre.example", at=next(neighbours)).wait

        assert Guess(client, "another@centre.example", at=next(neighbours)).wait <= AROUND.each
        assert not Guess(client, "another@centre.example", at="2001:db8:8::1").wait

    @pytest.mark.parametrize("network", ["198.51.100.{}", "2001:db8:7:1::{:x}"])
    def test_of_one_network_share_an_allowance_over_all_names(
        self, client: Client, network: str
    ) -> None:
        for place in range(NEARBY.at_once):
            at = network.format(place + 1)
            assert not Guess(client, f"n{place}@centre.example", at=at).wait

        assert Guess(client, "another@centre.example", at=network.format(99)).wait

    def test_are_refused_before_anything_is_hashed(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = make_account()
        for _each in range(PASSWORDS.at_once):
            Guess(client, account.email)
        hashed = count_hashes(monkeypatch)

        assert Guess(client, account.email, PASSWORD).wait
        assert not hashed

    def test_may_go_on_after_the_wait_that_was_said(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = make_account()
        for _each in range(PASSWORDS.at_once):
            Guess(client, account.email)
        wait = Guess(client, account.email, PASSWORD).wait
        later = clock.now() + timedelta(seconds=wait)
        monkeypatch.setattr(clock, "now", lambda: later)

        assert Guess(client, account.email, PASSWORD).leads_to

    def test_read_how_long_to_wait_and_other_ways_in(self, client: Client) -> None:
        for _each in range(PASSWORDS.at_once):
            Guess(client, "nobody@centre.example")
        page = client.post(
            LOGIN,
            {"login": "nobody@centre.example", "password": WRONG},
            headers={"Accept-Language": "en"},
        ).content.decode()

        assert "Try again in 1 minute." in page
        assert "passkey" in page

    def test_spend_nothing_of_the_network_on_a_name_that_is_used_up(self, client: Client) -> None:
        for _each in range(PASSWORDS.at_once + 2 * NEARBY.at_once):
            Guess(client, "nobody@centre.example", at="198.51.100.7")

        assert not Guess(client, "another@centre.example", at="198.51.100.7").wait


def count_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by one with each Argon2 hash."""
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(adapters.GatedArgon2Hasher, name)

        def counted(
            self: object, password: str, other: str, real: object = real, name: str = name
        ) -> object:
            hashed.append(name)
            return real(self, password, other)  # type: ignore[operator]

        monkeypatch.setattr(adapters.GatedArgon2Hasher, name, counted)
    return hashed


@pytest.mark.django_db
def test_a_known_name_costs_what_an_unknown_one_costs(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T051: known, unknown and closed accounts take the same hashes and the same statements."""
    settings.PASSWORD_HASHERS = ["balise.foundation.accounts.adapters.GatedArgon2Hasher"]
    known, closed = make_account(), make_account()
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    Guess(client, "warm@centre.example", at="192.0.2.1")
    hashed = count_hashes(monkeypatch)
    seen = []
    names = ("nobody@centre.example", known.email, closed.email)
    for place, name in enumerate(names):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            Guess(Client(), name, at=f"198.51.{place}.7")
        verbs = [each["sql"].split()[0] for each in asked.captured_queries]
        seen.append((len(hashed), verbs))

    assert seen[0][0] == 1
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.django_db
class TestKnownDevice:
    def signed_in_before(self, account: Account) -> Client:
        """Return the browser of someone who signed in fully, and out again."""
        client = Client()
        assert Guess(client, account.email, PASSWORD).leads_to == SECOND
        client.post(SECOND, {"code": recovery_codes_of(account)[0]})
        client.post("/staff/account/logout/")
        return client

    def test_is_not_held_back_by_strangers(self, client: Client) -> None:
        """T047: who comes from a known device enters, whatever strangers tried."""
        account = make_account()
        make_generator(account)
        mine = self.signed_in_before(account)
        for _each in range(PASSWORDS.at_once + NEARBY.at_once):
            Guess(client, account.email)

        assert Guess(client, account.email, PASSWORD).wait
        assert Guess(mine, account.email, PASSWORD).leads_to == SECOND

    @pytest.mark.parametrize("by", ["totp", "recovery"])
    def test_may_give_its_code_whatever_strangers_gave(self, client: Client, by: str) -> None:
        """T047 for the second step: a stranger who has the password uses up the codes."""
        account = make_account()
        secret = make_generator(account)
        mine = self.signed_in_before(account)
        Guess(client, account.email, PASSWORD)
        for _each in range(CODES.at_once):
            client.post(SECOND, {"code": "000000"})
        code = code_of(secret) if by == "totp" else recovery_codes_of(account)[0]
        assert client.post(SECOND, {"code": code}).status_code == HTTPStatus.TOO_MANY_REQUESTS

        assert Guess(mine, account.email, PASSWORD).leads_to == SECOND
        assert mine.post(SECOND, {"code": code}).status_code == HTTPStatus.FOUND
        assert mine.get("/staff/account/factors/").status_code == HTTPStatus.OK

    def test_unlocks_its_screen_whatever_strangers_tried(self, client: Client) -> None:
        """T047 for the lock: the screen's password and code are those of a known device."""
        account = make_account()
        make_generator(account)
        mine = self.signed_in_before(account)
        Guess(mine, account.email, PASSWORD)
        mine.post(SECOND, {"code": recovery_codes_of(account)[0]})
        mine.post("/staff/account/lock/")
        for _each in range(PASSWORDS.at_once):
            Guess(client, account.email)

        unlocked = mine.post("/staff/account/unlock/", {"password": PASSWORD})
        assert unlocked.status_code == HTTPStatus.FOUND

    def test_has_a_small_allowance_of_its_own(self) -> None:
        account = make_account()
        make_generator(account)
        mine = self.signed_in_before(account)
        for _each in range(PASSWORDS.at_once):
            assert not Guess(mine, account.email).wait

        assert Guess(mine, account.email, PASSWORD).wait

    def test_is_known_for_its_own_account_alone(self, client: Client) -> None:
        account, other = make_account(), make_account()
        make_generator(account)
        mine = self.signed_in_before(account)
        for _each in range(PASSWORDS.at_once):
            Guess(client, other.email)

        assert Guess(mine, other.email, PASSWORD).wait

    def test_may_be_that_of_several_people(self, client: Client) -> None:
        first, second = make_account(), make_account()
        make_generator(first)
        shared = self.signed_in_before(first)
        assert Guess(shared, second.email, PASSWORD).leads_to
        shared.post(SECOND, {"code": ""})
        make_generator(second)
        Guess(shared, second.email, PASSWORD)
        shared.post(SECOND, {"code": recovery_codes_of(second)[0]})
        shared.post("/staff/account/logout/")
        for account in (first, second):
            for _each in range(PASSWORDS.at_once):
                Guess(client, account.email)

            assert not Guess(shared, account.email, PASSWORD).wait

    def test_is_not_known_from_a_password_alone(self, client: Client) -> None:
        account = make_account()
        make_generator(account)
        Guess(client, account.email, PASSWORD)

        assert "device" not in client.cookies

    def test_keeps_a_cookie_that_no_script_reads_and_nobody_invents(self, client: Client) -> None:
        account = make_account()
        make_generator(account)
        mine = self.signed_in_before(account)
        cookie = mine.cookies["device"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
        assert cookie["path"] == "/staff/account/"
        assert cookie["max-age"] == 365 * 86_400
        assert account.email not in cookie.value
        for _each in range(PASSWORDS.at_once):
            Guess(client, account.email)
        thief = Client()
        thief.cookies["device"] = f"{cookie.value}x"

        assert Guess(thief, account.email, PASSWORD).wait


@pytest.mark.django_db
class TestCodes:
    def test_are_limited_for_an_account_and_not_by_the_cache(self, client: Client) -> None:
        account = make_account()
        secret = make_generator(account)
        Guess(client, account.email, PASSWORD)
        for _each in range(CODES.at_once):
            client.post(SECOND, {"code": "000000"})
            cache.clear()
        held = client.post(SECOND, {"code": code_of(secret)})

        assert held.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert 60 < int(held.headers["Retry-After"]) <= CODES.each
        code = recovery_codes_of(account)[0]
        assert client.post(SECOND, {"code": code}).status_code == HTTPStatus.TOO_MANY_REQUESTS


@pytest.mark.django_db
def test_what_holds_nobody_back_is_forgotten(client: Client) -> None:
    for _each in range(PASSWORDS.at_once):
        Guess(client, "nobody@centre.example", at="198.51.100.7")
    kept = Attempts.objects.count()

    assert not rows_due("accounts.attempts", clock.now())
    due = rows_due("accounts.attempts", clock.now() + timedelta(hours=1))
    assert erase_rows("accounts.attempts", due) == kept == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_no_more_than_there_is() -> None:
    """T046: fifty at the same moment, from fifty networks; the limit is met exactly."""
    make_account(email="known@centre.example")

    def guess(place: int) -> int:
        try:
            return Guess(Client(), "known@centre.example", at=f"198.51.{place}.1").status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(guess, range(50)))

    assert found.count(HTTPStatus.TOO_MANY_REQUESTS) == 50 - PASSWORDS.at_once


class TestAllowance:
    def test_gives_so_many_at_once_then_one_after_each_wait(self) -> None:
        allowance = Allowance(at_once=2, each=10)
        now = 1_000_000

        assert allowance.latest_to_take(now=now) == now + 10_000
        assert allowance.wait(whole_at=now + 20_000, now=now) == 10
        assert allowance.wait(whole_at=now + 10_001, now=now) == 1
