"""Second factors are set up, renewed and taken away by the person themselves."""

from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from balise.foundation.accounts.templatetags.accounts import in_fours
from balise.foundation.accounts.tests.makers import (
    PASSWORD,
    code_of,
    make_account,
    make_generator,
    recovery_codes_of,
    sign_in,
)
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

ADD = "/staff/account/factors/generator/add/"
REMOVE = "/staff/account/factors/generator/remove/"
CODES = "/staff/account/factors/codes/"
NEW_PASSWORD = "/staff/account/password/"
AGAIN = "/staff/account/again/code/"


def set_up(client: Client) -> str:
    """Set a code generator up as the page asks, and return the code that proved it."""
    code = code_of(client.get(ADD).context["form"].secret)
    assert client.post(ADD, {"code": code}).headers["Location"] == CODES
    return code


class TestTheFirst:
    def test_opens_the_door_and_shows_the_recovery_codes_once(self, client: Client) -> None:
        account = sign_in(client, make_account(), factor="")
        before = client.cookies["sid"].value
        set_up(client)

        assert client.cookies["sid"].value != before
        page = client.get(CODES)
        assert all(in_fours(code) in page.text for code in recovery_codes_of(account))
        assert len(recovery_codes_of(account)) == 10
        assert client.get("/staff/").status_code == HTTPStatus.OK
        again = client.get(CODES)
        assert not any(in_fours(code) in again.text for code in recovery_codes_of(account))

    def test_ends_the_other_sessions(self, client: Client) -> None:
        account = sign_in(client, make_account(), factor="")
        other = Client()
        sign_in(other, account, factor="")
        set_up(client)

        assert (
            other.get("/staff/account/factors/")
            .headers["Location"]
            .startswith("/staff/account/login/")
        )

    def test_uses_up_the_code_that_proved_it(self, client: Client) -> None:
        account = sign_in(client, make_account(), factor="")
        code = set_up(client)
        other = Client()
        other.post("/staff/account/login/", {"login": account.email, "password": PASSWORD})

        answer = other.post("/staff/account/login/second/", {"code": code})
        assert answer.status_code == HTTPStatus.OK

    def test_is_refused_with_a_wrong_code(self, client: Client) -> None:
        sign_in(client, make_account(), factor="")
        client.get(ADD)

        assert client.post(ADD, {"code": "000000"}).status_code == HTTPStatus.OK
        assert not Authenticator.objects.exists()

    def test_is_written_down(self, client: Client) -> None:
        account = sign_in(client, make_account(), factor="")
        set_up(client)

        added = Entry.objects.get(event="accounts.factor.added")
        assert (added.subject, added.actor_key) == (account.pk, str(account.pk))


class TestTheLast:
    def test_stays(self, client: Client) -> None:
        account = sign_in(client, make_account())
        secret = make_generator(account)
        client.post(AGAIN, {"code": code_of(secret)})
        client.post(REMOVE)

        assert Authenticator.objects.filter(user=account, type="totp").exists()


class TestBeforeWhatMatters:
    def test_a_code_is_asked_again(self, client: Client) -> None:
        account = sign_in(client, make_account())
        secret = make_generator(account)

        for page in (NEW_PASSWORD, REMOVE, "/staff/account/factors/codes/new/"):
            assert client.get(page).headers["Location"].startswith(AGAIN)
        client.post(AGAIN, {"code": code_of(secret)})
        assert client.get(NEW_PASSWORD).status_code == HTTPStatus.OK

    def test_a_password_is_not_enough(self, client: Client) -> None:
        make_generator(sign_in(client, make_account()))
        client.post("/staff/account/again/password/", {"password": PASSWORD})

        assert client.get(NEW_PASSWORD).headers["Location"].startswith(AGAIN)

    def test_unlocking_by_password_is_not_enough_either(self, client: Client) -> None:
        make_generator(sign_in(client, make_account()))
        client.post("/staff/account/lock/")
        client.post("/staff/account/unlock/", {"password": PASSWORD})

        assert client.get(NEW_PASSWORD).headers["Location"].startswith(AGAIN)


class TestPassword:
    def test_changes_and_ends_the_other_sessions(self, client: Client) -> None:
        account = sign_in(client, make_account())
        other = Client()
        sign_in(other, account)
        client.post(AGAIN, {"code": code_of(make_generator(account))})
        new = "another sentence to keep in mind"
        answer = client.post(NEW_PASSWORD, {"password1": new, "password2": new})

        assert answer.status_code == HTTPStatus.FOUND
        account.refresh_from_db()
        assert account.check_password(new)
        assert client.get("/staff/").status_code == HTTPStatus.OK
        assert other.get("/staff/").status_code == HTTPStatus.FOUND
        assert Entry.objects.filter(event="accounts.password.changed").count() == 1

    @pytest.mark.parametrize(
        "weak", ["short", "passwordpassword", "abcabcabcabcabcabc", "Balise balise azerty 123456"]
    )
    def test_is_refused_when_weak(self, client: Client, weak: str) -> None:
        account = sign_in(client, make_account())
        client.post(AGAIN, {"code": code_of(make_generator(account))})

        assert client.post(NEW_PASSWORD, {"password1": weak, "password2": weak}).status_code == 422
        account.refresh_from_db()
        assert account.check_password(PASSWORD)
