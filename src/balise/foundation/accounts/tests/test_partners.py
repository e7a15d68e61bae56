"""Partners' tokens: shown once, scoped, confirmed by a second person, ended at once."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from io import StringIO
from typing import cast

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from balise.foundation import clock
from balise.foundation.accounts import rules
from balise.foundation.accounts.actions import partners
from balise.foundation.accounts.models import ApiToken, PartnerOrganisation
from balise.foundation.accounts.queries import token_holder
from balise.foundation.accounts.roles import ScopeUnknown, every_scope
from balise.foundation.accounts.rules import OwnProposal, PartnerAsleep, TokenOver
from balise.foundation.accounts.tests.makers import (
    make_account,
    make_actor,
    make_partner,
    make_token,
    sign_in,
)
from balise.foundation.accounts.web.forms import PartnerChangeForm
from balise.foundation.actors import ActorKind
from balise.foundation.encryption import sealing
from balise.foundation.journal.models import Entry
from balise.foundation.web.doors import Request, api

pytestmark = pytest.mark.django_db

SEND, FOLLOW = (scope.code for scope in every_scope()[:2])


class TestToken:
    def test_acts_as_its_partner_within_its_scopes(self) -> None:
        token, text = make_token(SEND)
        holder = token_holder(token=text)

        assert holder is not None
        assert (holder.kind, holder.key) == (ActorKind.PARTNER, str(token.partner_id))
        assert holder.may(SEND)
        assert not holder.may(FOLLOW)

    def test_is_not_kept(self) -> None:
        token, text = make_token(SEND)

        kept = ApiToken.objects.values().get(id=token.id)
        assert text not in str(kept)
        assert text.startswith(kept["prefix"])

    def test_is_answered_by_one_query_after_the_first_of_the_day(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        _token, text = make_token(SEND)
        token_holder(token=text)

        with django_assert_num_queries(1):
            token_holder(token=text)
        with django_assert_num_queries(1):
            token_holder(token="balise_" + "x" * 43)

    def test_notes_the_day_it_was_last_used(self) -> None:
        token, text = make_token(SEND)
        token_holder(token=text)

        token.refresh_from_db()
        assert token.last_used_on == clock.today()
        ApiToken.objects.filter(id=token.id).update(last_used_on=date(2020, 1, 1))
        token_holder(token=text)
        token.refresh_from_db()
        assert token.last_used_on == clock.today()

    @pytest.mark.parametrize("guess", ["", "balise_", "x", "balise_" + "A" * 43, "é" * 50, "\0"])
    def test_that_is_a_guess_is_nobodys(self, guess: str) -> None:
        make_token(SEND)

        assert token_holder(token=guess) is None

    def test_expires(self) -> None:
        token, text = make_token(SEND)
        ApiToken.objects.filter(id=token.id).update(expires_at=clock.now())

        assert token_holder(token=text) is None

    def test_lasts_two_years_at_most(self) -> None:
        token, _text = make_token(SEND, lasts=timedelta(days=9_999))

        assert token.expires_at <= clock.now() + timedelta(days=730)

    def test_ends_when_revoked_and_once_in_the_journal(self) -> None:
        token, text = make_token(SEND)
        for _ in range(2):
            partners.revoke_token(token_id=token.id, by=make_actor("accounts_admin"))

        assert token_holder(token=text) is None
        assert Entry.objects.filter(event="accounts.token.revoked").count() == 1

    def test_sleeps_with_its_partner(self) -> None:
        token, text = make_token(SEND)
        admin = make_actor("accounts_admin")
        partners.change_partner(
            partner_id=token.partner_id, webhook_address="", is_active=False, by=admin
        )

        assert token_holder(token=text) is None
        with pytest.raises(PartnerAsleep):
            make_token(SEND, partner=token.partner)

    def test_with_an_unknown_scope_is_refused(self) -> None:
        with pytest.raises(ScopeUnknown):
            make_token("hotline.everything.read")


class TestSecondPerson:
    def test_is_needed_before_the_token_opens_anything(self) -> None:
        admin = make_actor("accounts_admin")
        token, text = make_token(SEND, by=admin)
        assert token_holder(token=text) is None

        with pytest.raises(OwnProposal):
            partners.confirm_token(token_id=token.id, by=admin)
        partners.confirm_token(token_id=token.id, by=make_actor("data_protection"))
        assert token_holder(token=text) is not None

    def test_cannot_wake_a_revoked_token(self) -> None:
        token, _text = make_token(SEND, by=make_actor("accounts_admin"))
        partners.revoke_token(token_id=token.id, by=make_actor("accounts_admin"))

        with pytest.raises(TokenOver):
            partners.confirm_token(token_id=token.id, by=make_actor("data_protection"))

    @pytest.mark.parametrize("role", ["analyst", "editor", "steering", "data_protection"])
    def test_nobody_else_makes_one(self, role: str) -> None:
        with pytest.raises(PermissionDenied):
            make_token(SEND, by=make_actor(role))


class TestApiDoor:
    @pytest.fixture
    def answer_to(self, rf: RequestFactory) -> Callable[[str | None], HttpResponse]:
        @api
        def view(request: Request) -> HttpResponse:
            return HttpResponse(request.actor.key)

        def ask(header: str | None) -> HttpResponse:
            request = rf.get("/", headers={"Authorization": header} if header else {})
            return view(cast("Request", request))

        return ask

    def test_opens_to_a_bearer(self, answer_to: Callable[[str | None], HttpResponse]) -> None:
        token, text = make_token(SEND)

        assert answer_to(f"Bearer {text}").content.decode() == str(token.partner_id)

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer x", "Basic eDp5", "balise_x"])
    def test_is_closed_to_anything_else(
        self, answer_to: Callable[[str | None], HttpResponse], header: str | None
    ) -> None:
        answer = answer_to(header)

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.headers["Content-Type"] == "application/problem+json"


class TestWebhookSecret:
    def test_is_sealed_and_kept_when_left_empty(self) -> None:
        partner, admin = make_partner(), make_actor("accounts_admin")
        for secret in ("a secret of the partner", ""):
            partners.change_partner(
                partner_id=partner.id,
                webhook_address="https://partner.example/news",
                webhook_secret=secret,
                is_active=True,
                by=admin,
            )
        partner.refresh_from_db()
        sealed = bytes(partner.webhook_secret)

        assert b"a secret" not in sealed
        opened = sealing.key_of_line("accounts", partner.id).open(
            sealed, where=rules.WEBHOOK_SECRET, row=partner.id
        )
        assert opened == {"secret": "a secret of the partner"}


class TestPages:
    def test_show_a_token_once(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        added = client.post("/staff/partners/", {"name": "Partner"}).headers["Location"]
        shown = client.post(f"{added}tokens/", {"scopes": [SEND], "days": 30})
        token = ApiToken.objects.get()

        assert shown.context["text"] in shown.text
        assert shown.context["text"] not in client.get(added).text
        assert token.prefix in client.get(added).text
        assert "no-store" in shown.headers["Cache-Control"]

    def test_lead_to_a_confirmation_and_an_end(self, client: Client) -> None:
        token, text = make_token(SEND, by=make_actor("accounts_admin"))
        officer = Client()
        sign_in(officer, make_account("data_protection"))
        sign_in(client, make_account("accounts_admin"))

        officer.post(f"/staff/partners/tokens/{token.id}/confirm/")
        assert token_holder(token=text) is not None
        client.post(f"/staff/partners/tokens/{token.id}/revoke/")
        assert token_holder(token=text) is None

    def test_refuse_a_name_that_is_there_and_an_address_without_tls(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        partner = make_partner("Partner")
        change = {"webhook_address": "http://partner.example/", "is_active": "on"}

        assert client.post("/staff/partners/", {"name": "PARTNER"}).status_code == 422
        assert client.post(f"/staff/partners/{partner.id}/", change).status_code == 422
        assert client.post(f"/staff/partners/{partner.id}/tokens/", {"days": 3}).status_code == 422


class TestCommand:
    def test_makes_a_token_that_works(self) -> None:
        out = StringIO()
        call_command("tokens", "new", "--partner=Partner", "--scopes", SEND, FOLLOW, stdout=out)
        holder = token_holder(token=out.getvalue().strip())

        assert holder is not None
        assert holder.abilities == {SEND, FOLLOW}
        assert holder.key == str(PartnerOrganisation.objects.get(name="Partner").id)

    @pytest.mark.parametrize(
        "words", [["--scopes", "hotline.everything.read"], ["--scopes", SEND, "--days=0"]]
    )
    def test_says_what_is_the_matter_and_leaves_nothing(self, words: list[str]) -> None:
        with pytest.raises(CommandError):
            call_command("tokens", "new", "--partner=Partner", *words)
        assert not PartnerOrganisation.objects.exists()


class TestWebhookAddress:
    @pytest.mark.parametrize(
        ("address", "demonstration", "is_taken"),
        [
            ("https://partner.example/news", False, True),
            ("http://partner.example/news", False, False),
            ("http://127.0.0.1:9000/news", False, False),
            ("http://127.0.0.1:9000/news", True, True),
            ("http://partner.example/news", True, False),
        ],
    )
    def test_is_encrypted_but_for_this_machine_in_a_demonstration(
        self, settings: Settings, address: str, *, demonstration: bool, is_taken: bool
    ) -> None:
        settings.DEMONSTRATION = demonstration

        form = PartnerChangeForm({"webhook_address": address, "is_active": "on"})

        assert form.is_valid() is is_taken
