"""Sign-in as a browser meets it: password, second factor, lock, end."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from balise.foundation.accounts.models import Account, Session
from balise.foundation.accounts.templatetags.accounts import in_fours
from balise.foundation.accounts.tests.makers import (
    PASSWORD,
    age,
    code_of,
    make_account,
    make_generator,
    recovery_codes_of,
    rest,
    sign_in,
)
from balise.foundation.accounts.visits import kept_as
from balise.foundation.journal.models import Entry
from balise.foundation.tasks import running

pytestmark = pytest.mark.django_db

LOGIN = "/staff/account/login/"
SECOND = "/staff/account/login/second/"
FACTORS = "/staff/account/factors/"
UNLOCK = "/staff/account/unlock/"
HOME = "/staff/"


def give_password(client: Client, account: Account, password: str = PASSWORD) -> str:
    """Send the sign-in form and return where it leads."""
    answer = client.post(LOGIN, {"login": account.email, "password": password})
    return answer.headers.get("Location", "")


class TestPassword:
    def test_leads_to_the_second_factor(self, client: Client) -> None:
        account = make_account()
        make_generator(account)

        assert give_password(client, account) == SECOND

    def test_forgives_the_case_of_the_address(self, client: Client) -> None:
        account = make_account(email="camille@centre.example")
        answer = client.post(LOGIN, {"login": "Camille@Centre.EXAMPLE", "password": PASSWORD})

        assert answer.status_code == HTTPStatus.FOUND
        assert client.get(HOME).headers["Location"].startswith(FACTORS)
        assert str(account.pk) == client.session["_auth_user_id"]

    def test_says_the_same_of_unknown_disabled_and_wrong(self, client: Client) -> None:
        known = make_account()
        gone = make_account()
        gone.is_active = False
        gone.save()
        attempts = [
            {"login": "nobody@centre.example", "password": PASSWORD},
            {"login": known.email, "password": "not the password at all"},
            {"login": gone.email, "password": PASSWORD},
        ]
        answers = [client.post(LOGIN, attempt) for attempt in attempts]

        assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
        errors = [answer.context["form"].errors.as_text() for answer in answers]
        assert errors[0]
        assert len(set(errors)) == 1

    def test_is_limited_for_one_address(self, client: Client) -> None:
        account = make_account()
        for _ in range(5):
            give_password(client, account, "not the password at all")

        assert give_password(client, account) == ""

    def test_leaves_a_trace_of_failures_on_accounts_that_exist_only(self, client: Client) -> None:
        account = make_account()
        give_password(client, account, "not the password at all")
        client.post(LOGIN, {"login": "nobody@centre.example", "password": PASSWORD})
        assert not Entry.objects.filter(event="accounts.session.refused").exists()
        while row := running.claim("here"):
            running.run(row)

        refused = Entry.objects.filter(event="accounts.session.refused")
        assert [entry.subject for entry in refused] == [account.pk]

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "//evil.example/staff/",
            "https://evil.example/",
            "/\\evil.example",
            "/fr/",
            "javascript:1",
        ],
    )
    def test_never_leads_out_of_the_staff_door(self, client: Client, elsewhere: str) -> None:
        account = make_account()
        form = {"login": account.email, "password": PASSWORD, "next": elsewhere}

        assert client.post(LOGIN, form).headers["Location"] == HOME

    def test_replaces_the_session_that_was_there_before(self, client: Client) -> None:
        account = make_account()
        secret = make_generator(account)
        give_password(client, account)
        planted = client.cookies["sid"].value
        client.post(SECOND, {"code": code_of(secret)})

        assert client.cookies["sid"].value != planted
        stale = Client()
        stale.cookies["sid"] = planted
        assert stale.get(HOME).headers["Location"].startswith(LOGIN)


class TestSecondFactor:
    def test_opens_the_door_and_writes_it_down(self, client: Client) -> None:
        account = make_account()
        secret = make_generator(account)
        give_password(client, account)

        assert client.post(SECOND, {"code": code_of(secret)}).headers["Location"] == HOME
        assert client.get(HOME).status_code == HTTPStatus.OK
        began = Entry.objects.get(event="accounts.session.began")
        assert (began.subject, began.facts["factor"]) == (account.pk, "totp")

    def test_refuses_a_code_that_was_used(self, client: Client) -> None:
        account = make_account()
        code = code_of(make_generator(account))
        give_password(client, account)
        client.post(SECOND, {"code": code})
        other = Client()
        give_password(other, account)

        assert other.post(SECOND, {"code": code}).status_code == HTTPStatus.OK
        assert other.get(HOME).headers["Location"].startswith(LOGIN)

    def test_refuses_an_earlier_code_after_a_later_one(self, client: Client) -> None:
        account = make_account()
        secret = make_generator(account)
        give_password(client, account)
        client.post(SECOND, {"code": code_of(secret, steps=1)})
        other = Client()
        give_password(other, account)

        assert other.post(SECOND, {"code": code_of(secret)}).status_code == HTTPStatus.OK

    def test_takes_a_recovery_code_once(self, client: Client) -> None:
        account = make_account()
        make_generator(account)
        code = in_fours(recovery_codes_of(account)[0])
        give_password(client, account)

        assert client.post(SECOND, {"code": code}).headers["Location"] == HOME
        other = Client()
        give_password(other, account)
        assert other.post(SECOND, {"code": code}).status_code == HTTPStatus.OK

    def test_is_limited(self, client: Client) -> None:
        account = make_account()
        secret = make_generator(account)
        give_password(client, account)
        for _ in range(5):
            client.post(SECOND, {"code": "000000"})

        held = client.post(SECOND, {"code": code_of(secret)})
        assert held.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert client.get(HOME).headers["Location"].startswith(LOGIN)

    def test_keeps_the_seed_sealed(self) -> None:
        account = make_account()
        secret = make_generator(account)
        kept = [str(factor.data) for factor in Authenticator.objects.filter(user=account)]

        assert len(kept) == 2
        assert not any(secret in text for text in kept)


class TestLockAndEnd:
    def test_a_screen_left_alone_is_locked_and_comes_back_to_its_page(self, client: Client) -> None:
        account = sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=15))

        held = client.get("/staff/people/")
        assert held.headers["Location"] == f"{UNLOCK}?next=%2Fstaff%2Fpeople%2F"
        back = client.post(
            f"{UNLOCK}?next=/staff/people/", {"password": PASSWORD, "next": "/staff/people/"}
        )
        assert back.headers["Location"] == "/staff/people/"
        assert client.get("/staff/people/").status_code == HTTPStatus.OK
        assert client.session["_auth_user_id"] == str(account.pk)

    def test_a_locked_screen_shows_no_other_page(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=16))

        for page in (HOME, FACTORS, "/staff/account/password/", "/staff/account/sessions/"):
            assert client.get(page).headers["Location"].startswith(UNLOCK)

    def test_a_wrong_password_does_not_unlock(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=16))

        assert client.post(UNLOCK, {"password": "not it, not it, not it"}).status_code == 422
        assert client.get(HOME).headers["Location"].startswith(UNLOCK)

    def test_a_code_unlocks_once(self, client: Client) -> None:
        account = sign_in(client, make_account())
        code = code_of(make_generator(account))
        rest(client, timedelta(minutes=16))
        before = client.cookies["sid"].value

        assert client.post(UNLOCK, {"code": code}).status_code == HTTPStatus.FOUND
        assert client.cookies["sid"].value != before
        rest(client, timedelta(minutes=16))
        assert client.post(UNLOCK, {"code": code}).status_code == 422

    def test_leaving_the_desk_locks_at_once(self, client: Client) -> None:
        sign_in(client, make_account())

        assert client.post("/staff/account/lock/").headers["Location"] == UNLOCK
        assert client.get(HOME).headers["Location"].startswith(UNLOCK)

    def test_a_part_of_a_page_covers_the_page_and_does_not_leave_it(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=16))
        answer = client.get(HOME, headers={"HX-Request": "true"})

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.headers["HX-Trigger"] == "screen-locked"
        assert "HX-Redirect" not in answer.headers

    def test_a_part_of_a_page_leads_to_the_sign_in_once_the_session_has_ended(
        self, client: Client
    ) -> None:
        answer = client.post(HOME, headers={"HX-Request": "true"})

        assert answer.headers["HX-Redirect"].startswith(LOGIN)

    def test_a_part_that_asks_by_itself_leaves_the_page_to_its_cover(self, client: Client) -> None:
        answer = client.get(HOME, headers={"HX-Request": "true"})

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.headers["HX-Trigger"] == "visit-changed"
        assert "HX-Redirect" not in answer.headers

    def test_ten_hours_end_a_session_that_was_never_left(self, client: Client) -> None:
        sign_in(client, make_account())
        age(client, timedelta(hours=10))

        assert client.get(HOME).headers["Location"].startswith(LOGIN)
        assert not Session.objects.filter(account__isnull=False).exists()

    def test_moving_keeps_it_open(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=14))
        client.get(HOME)
        rest(client, timedelta(minutes=14))

        assert client.get(HOME).status_code == HTTPStatus.OK

    def test_sign_out_is_a_form_and_clears_the_browser(self, client: Client) -> None:
        sign_in(client, make_account())

        assert client.get("/staff/account/logout/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
        answer = client.post("/staff/account/logout/")
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert answer.cookies["sid"]["max-age"] == 0
        assert answer.headers["Location"] == LOGIN
        assert client.get(HOME).headers["Location"].startswith(LOGIN)

    def test_a_closed_account_is_out_at_the_next_request(self, client: Client) -> None:
        account = sign_in(client, make_account())
        Account.objects.filter(pk=account.pk).update(is_active=False)

        assert client.get(HOME).headers["Location"].startswith(LOGIN)

    def test_another_role_counts_from_the_next_request(self, client: Client) -> None:
        account = sign_in(client, make_account("accounts_admin"))
        assert client.get("/staff/people/").status_code == HTTPStatus.OK
        Account.objects.filter(pk=account.pk).update(role="editor")

        assert client.get("/staff/people/").status_code == HTTPStatus.FORBIDDEN

    def test_a_role_the_centre_does_not_have_may_do_nothing(self, client: Client) -> None:
        account = sign_in(client, make_account("accounts_admin"))
        Account.objects.filter(pk=account.pk).update(role="emperor")

        assert client.get("/staff/people/").status_code == HTTPStatus.FORBIDDEN


class TestSessionTable:
    def test_holds_no_key_that_opens_anything(self, client: Client) -> None:
        account = sign_in(client, make_account())
        key = client.cookies["sid"].value

        assert list(Session.objects.values_list("session_key", "account_id")) == [
            (kept_as(key), account.pk)
        ]
        thief = Client()
        thief.cookies["sid"] = kept_as(key)
        assert thief.get(HOME).headers["Location"].startswith(LOGIN)

    def test_all_my_sessions_end_together(self, client: Client) -> None:
        account = sign_in(client, make_account())
        other = Client()
        sign_in(other, account)
        answer = client.post("/staff/account/sessions/end-all/")

        assert "Clear-Site-Data" in answer.headers
        for browser in (client, other):
            assert browser.get(HOME).headers["Location"].startswith(LOGIN)

    def test_one_of_mine_ends_and_nobody_elses(self, client: Client) -> None:
        account = sign_in(client, make_account())
        mine, theirs = Client(), Client()
        sign_in(mine, account)
        sign_in(theirs, make_account())
        for browser in (mine, theirs):
            code = kept_as(browser.cookies["sid"].value)
            client.post("/staff/account/sessions/end/", {"session": code})

        assert mine.get(HOME).headers["Location"].startswith(LOGIN)
        assert theirs.get(HOME).status_code == HTTPStatus.OK
        assert client.get("/staff/account/sessions/").status_code == HTTPStatus.OK
