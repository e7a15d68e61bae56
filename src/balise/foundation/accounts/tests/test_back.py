"""Back at a locked screen: the cover lifts for the same visit only, and what was sent is kept."""

import json
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation.accounts import kept, visits
from balise.foundation.accounts.models import Session
from balise.foundation.accounts.tests.makers import (
    PASSWORD,
    age,
    code_of,
    make_account,
    make_generator,
    rest,
    sign_in,
)

pytestmark = pytest.mark.django_db

UNLOCK = "/staff/account/unlock/"
LOGIN = "/staff/account/login/"
KEPT = "/staff/account/kept/"
INVITE = "/staff/people/invite/"
WORDS = "A long word of welcome that took an hour"


def ask(client: Client) -> dict[str, object]:
    """Return what a covered page is told."""
    told: dict[str, object] = json.loads(client.get("/staff/account/visit/").content)
    return told


def send(client: Client, words: str = WORDS) -> str:
    """Send a form, and return where it leads."""
    answer = client.post(
        INVITE,
        {"name": words, "email": "new@centre.example", "role": "analyst"},
        headers={"Referer": f"http://testserver{INVITE}"},
    )
    return answer.headers.get("Location", "")


def unlock(client: Client) -> str:
    return client.post(UNLOCK, {"password": PASSWORD, "next": KEPT}).headers["Location"]


class TestVisit:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        for page in ("visit/", "back/", "kept/"):
            answer = client.get(f"/staff/account/{page}")
            assert answer.headers["Location"].startswith(LOGIN)

    def test_a_locked_screen_learns_that_it_is_locked(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=16))

        assert ask(client)["open"] is False
        assert client.get("/staff/").headers["Location"].startswith(UNLOCK)

    def test_the_same_visit_goes_on_after_a_proof(self, client: Client) -> None:
        sign_in(client, make_account())
        before = ask(client)
        rest(client, timedelta(minutes=16))
        unlock(client)
        after = ask(client)

        assert after["visit"] == before["visit"]
        assert after["open"] is True
        assert float(str(after["ago"])) < 5

    def test_a_hand_elsewhere_is_no_proof(self, client: Client) -> None:
        sign_in(client, make_account())
        session = client.session
        session["visit"] = session["visit"] | {"proved": session["visit"]["proved"] - 3600}
        session.save()
        client.get("/staff/")

        assert float(str(ask(client)["ago"])) > 3000

    def test_asking_keeps_nobody_awake(self, client: Client) -> None:
        sign_in(client, make_account())
        rest(client, timedelta(minutes=14))
        ask(client)
        rest(client, timedelta(minutes=2))

        assert ask(client)["open"] is False

    def test_another_visit_of_the_same_person_has_another_mark(self, client: Client) -> None:
        account = sign_in(client, make_account())
        first = ask(client)["visit"]
        client.post("/staff/account/logout/")
        sign_in(client, account)

        assert ask(client)["visit"] != first

    def test_another_person_has_another_mark(self, client: Client) -> None:
        sign_in(client, make_account())
        first = visits.mark_of(client.session)
        sign_in(client, make_account("listener"))

        assert ask(client)["visit"] != first


class TestKept:
    def test_what_was_sent_to_a_locked_screen_is_offered_once(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))

        assert send(client) == f"{UNLOCK}?next=%2Fstaff%2Faccount%2Fkept%2F"
        assert unlock(client) == KEPT
        page = client.get(KEPT)
        assert WORDS in page.content.decode()
        assert f'action="{INVITE}"' in page.content.decode()
        assert f'href="{INVITE}"' in page.content.decode()
        page = client.get(KEPT, follow=True)
        assert page.status_code == HTTPStatus.OK
        assert WORDS not in page.text

    def test_a_locked_screen_does_not_offer_it(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        send(client)

        assert client.get(KEPT).headers["Location"].startswith(UNLOCK)

    def test_it_is_kept_over_the_end_of_a_session(self, client: Client) -> None:
        account = sign_in(client, make_account("accounts_admin"))
        code = code_of(make_generator(account))
        age(client, timedelta(hours=10))

        assert send(client) == f"{LOGIN}?next=%2Fstaff%2Faccount%2Fkept%2F"
        second = client.post(
            LOGIN, {"login": account.email, "password": PASSWORD, "next": KEPT}
        ).headers["Location"]
        assert client.post(second, {"code": code}).headers["Location"] == KEPT
        assert WORDS in client.get(KEPT).content.decode()

    def test_another_person_is_offered_nothing(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        age(client, timedelta(hours=10))
        send(client)
        sign_in(client, make_account("accounts_admin"))

        page = client.get(KEPT, follow=True)
        assert page.status_code == HTTPStatus.OK
        assert WORDS not in page.text

    def test_signing_out_drops_it(self, client: Client) -> None:
        account = sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        send(client)
        client.post("/staff/account/logout/")
        sign_in(client, account)

        page = client.get(KEPT, follow=True)
        assert page.status_code == HTTPStatus.OK
        assert WORDS not in page.text

    def test_a_quarter_of_an_hour_drops_it(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        send(client)
        session = client.session
        session["kept"] = session["kept"] | {"until": session["kept"]["until"] - 15 * 60}
        session.save()
        unlock(client)
        client.get("/staff/")

        assert "kept" not in client.session

    def test_the_table_alone_reads_nothing(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        send(client)
        row = Session.objects.get(account__isnull=False)
        assert WORDS not in json.dumps(client.session.decode(row.session_data))

        del client.cookies["kept"]
        unlock(client)
        page = client.get(KEPT, follow=True)
        assert page.status_code == HTTPStatus.OK
        assert WORDS not in page.text

    def test_what_is_too_long_is_said_to_be_lost(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))

        way = send(client, "a" * (kept.KEPT_AT_MOST + 1))
        assert way == f"{UNLOCK}?next=%2Fstaff%2Fpeople%2Finvite%2F"
        assert "trop long" in client.get(way).content.decode()
        assert "kept" not in client.session

    def test_proofs_of_a_person_are_never_kept(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        client.post("/staff/account/password/", {"password1": PASSWORD, "password2": PASSWORD})

        assert "kept" not in client.session

    def test_another_sites_form_is_not_kept(self) -> None:
        client = Client(enforce_csrf_checks=True)
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))

        assert client.post(INVITE, {"name": WORDS}).status_code == HTTPStatus.FORBIDDEN
        assert "kept" not in client.session

    def test_what_a_page_sends_by_itself_stays_in_the_page(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        rest(client, timedelta(minutes=16))
        for headers in ({"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}):
            client.post(INVITE, {"name": WORDS}, headers=headers)

        assert "kept" not in client.session
