"""What platforms say, behind the staff door."""

from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.takedown.notices.rules.states import Outcome
from balise.takedown.statements.models import Dump, Match
from balise.takedown.statements.tests.makers import make_csv, make_row, make_sent, read
from balise.takedown.statements.tests.test_settling import look_again, make_watched

pytestmark = pytest.mark.django_db

OVERVIEW = "/staff/takedown/statements/"


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert client.get(OVERVIEW).status_code == 302

    @pytest.mark.parametrize("role", ["listener", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        notice = make_sent()
        read(make_csv(make_row()))
        match, dump = Match.objects.get(), Dump.objects.get()

        for page in ("", f"notices/{notice}/", f"files/{dump.id}/"):
            assert client.get(f"{OVERVIEW}{page}").status_code == 403, page
        for act in ("confirm", "reject"):
            assert client.post(f"{OVERVIEW}matches/{match.id}/{act}/").status_code == 403
        answer = client.post(f"{OVERVIEW}notices/{notice}/", {"kind": "puid", "value": "a"})
        assert answer.status_code == 403

    def test_an_analyst_settles(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        notice = make_sent()
        read(make_csv(make_row(platform_uid="number-1"), make_row()))
        match = Match.objects.exclude(statement__puid="number-1").get()

        page = client.get(OVERVIEW)
        assert "Réseau Exemple" in page.text
        client.post(f"{OVERVIEW}matches/{match.id}/confirm/")
        client.post(f"{OVERVIEW}notices/{notice}/", {"kind": "puid", "value": "number-1"})

        assert Match.objects.filter(state="confirmed").count() == 2
        assert "number-1" in client.get(f"{OVERVIEW}notices/{notice}/").text


class TestPages:
    def test_show_where_word_and_fact_differ(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        subject = uuid4()
        notice = make_sent(outcome=Outcome.REFUSED, subject=subject)
        make_watched(subject, "gone")
        look_again(notice)

        assert "Refused, but gone" in client.get(OVERVIEW, headers={"Accept-Language": "en"}).text
        page = client.get(f"/staff/takedown/notices/{notice}/")
        assert "contredite par la veille" in page.text

    def test_a_wrong_number_is_told(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        notice = make_sent()

        answer = client.post(f"{OVERVIEW}notices/{notice}/", {"kind": "puid", "value": "a b"})

        assert answer.status_code == 422

    def test_what_is_not_there(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        assert client.get(f"{OVERVIEW}notices/{uuid4()}/").status_code == 404
        assert client.get(f"{OVERVIEW}files/{uuid4()}/").status_code == 404
        assert client.post(f"{OVERVIEW}matches/{uuid4()}/confirm/").status_code == 404

    def test_corrupt_rows_are_shown(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        read(make_csv() + b"x\n")

        assert "cells" in client.get(f"{OVERVIEW}files/{Dump.objects.get().id}/").text

    def test_empty_pages_are_whole(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        assert client.get(OVERVIEW).status_code == 200
