"""Two persons give access; one takes it away."""

from datetime import timedelta
from http import HTTPStatus
from io import StringIO
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from balise.foundation import clock
from balise.foundation.accounts import access, links
from balise.foundation.accounts.actions import people
from balise.foundation.accounts.models import Account, Invitation, Proposal, Session
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import RoleUnknown
from balise.foundation.accounts.rules import (
    AlreadyDecided,
    AlreadyHere,
    AlreadyWaiting,
    LinkSpent,
    NobodyLeft,
    OwnAccount,
    OwnProposal,
)
from balise.foundation.accounts.tests.makers import (
    PASSWORD,
    make_account,
    make_actor,
    make_generator,
    make_proposal,
    sign_in,
)
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    return make_actor("accounts_admin")


@pytest.fixture
def second() -> Actor:
    return make_actor("data_protection")


def events() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


class TestInvite:
    def test_gives_nothing_until_a_second_person_agrees(self, admin: Actor, second: Actor) -> None:
        proposal = make_proposal(by=admin, role="analyst")
        account = proposal.account
        assert (account.role, account.is_active, account.invitations.count()) == ("", False, 0)

        people.confirm(proposal_id=proposal.id, by=second)
        account.refresh_from_db()
        assert (account.role, account.is_active) == ("analyst", True)
        assert account.invitations.count() == 1
        assert not account.has_usable_password()
        assert events()[-3:] == [
            "accounts.proposal.made",
            "accounts.proposal.confirmed",
            "accounts.invitation.sent",
        ]

    def test_cannot_be_confirmed_by_who_asked(self, admin: Actor) -> None:
        proposal = make_proposal(by=admin)

        with pytest.raises(OwnProposal):
            people.confirm(proposal_id=proposal.id, by=admin)

    def test_cannot_be_confirmed_twice(self, admin: Actor, second: Actor) -> None:
        proposal = make_proposal(by=admin)
        people.confirm(proposal_id=proposal.id, by=second)

        with pytest.raises(AlreadyDecided):
            people.confirm(proposal_id=proposal.id, by=make_actor("accounts_admin"))

    def test_leaves_nobody_behind_when_refused(self, admin: Actor, second: Actor) -> None:
        proposal = make_proposal(by=admin)
        people.refuse(proposal_id=proposal.id, by=second)

        assert not Account.objects.filter(id=proposal.account_id).exists()
        assert events()[-1] == "accounts.proposal.refused"

    def test_is_refused_for_an_address_that_is_here(self, admin: Actor) -> None:
        here = make_account()

        with pytest.raises(AlreadyHere):
            make_proposal(by=admin, email=here.email.upper())

    def test_is_refused_for_a_role_the_centre_does_not_have(self, admin: Actor) -> None:
        with pytest.raises(RoleUnknown):
            make_proposal(by=admin, role="emperor")

    def test_is_closed_to_other_roles(self, second: Actor) -> None:
        with pytest.raises(PermissionDenied):
            make_proposal(by=second)

    def test_the_table_itself_refuses_one_person_for_both(self, admin: Actor) -> None:
        proposal = make_proposal(by=admin)

        with pytest.raises(IntegrityError):
            Proposal.objects.filter(id=proposal.id).update(
                decision="confirmed", decided_by=admin.key
            )


class TestRole:
    def test_changes_once_a_second_person_agrees(self, admin: Actor, second: Actor) -> None:
        account = make_account("analyst")
        proposal = people.propose_role(account_id=account.id, role="editor", by=admin)
        account.refresh_from_db()
        assert account.role == "analyst"

        people.confirm(proposal_id=proposal.id, by=second)
        account.refresh_from_db()
        assert account.role == "editor"
        assert account.check_password(PASSWORD)
        confirmed = Entry.objects.get(event="accounts.proposal.confirmed")
        assert (confirmed.facts["role_before"], confirmed.facts["role"]) == ("analyst", "editor")

    def test_is_asked_once_at_a_time(self, admin: Actor) -> None:
        account = make_account()
        people.propose_role(account_id=account.id, role="editor", by=admin)

        with pytest.raises(AlreadyWaiting):
            people.propose_role(account_id=account.id, role="steering", by=admin)

    def test_is_not_confirmed_by_whom_it_concerns(self, admin: Actor) -> None:
        officer = make_account("data_protection")
        proposal = people.propose_role(account_id=officer.id, role="accounts_admin", by=admin)

        with pytest.raises(OwnProposal):
            people.confirm(proposal_id=proposal.id, by=actor_of(officer))

    def test_of_the_last_administrator_stays(self, second: Actor) -> None:
        last = make_account("accounts_admin")
        proposal = people.propose_role(account_id=last.id, role="editor", by=actor_of(last))

        with pytest.raises(NobodyLeft):
            people.confirm(proposal_id=proposal.id, by=second)

    def test_brings_back_who_had_left_by_a_new_link(self, admin: Actor, second: Actor) -> None:
        account = make_account("analyst")
        people.disable(account_id=account.id, by=admin)
        proposal = people.propose_role(account_id=account.id, role="analyst", by=admin)
        people.confirm(proposal_id=proposal.id, by=second)

        account.refresh_from_db()
        assert account.is_active
        assert account.left_at is None
        assert not account.has_usable_password()
        assert account.invitations.filter(used_at=None).count() == 1


class TestAccess:
    def test_begins_again_once_a_second_person_agrees(self, admin: Actor, second: Actor) -> None:
        account = make_account()
        make_generator(account)
        sign_in(Client(), account)
        proposal = people.propose_access(account_id=account.id, by=admin)
        people.confirm(proposal_id=proposal.id, by=second)

        account.refresh_from_db()
        assert not account.has_usable_password()
        assert not Authenticator.objects.filter(user=account).exists()
        assert not Session.objects.filter(account=account).exists()

    def test_the_link_of_an_unused_invitation_is_sent_again_by_one(self, admin: Actor) -> None:
        first = people.open_account(
            email="new@centre.example", name="Dominique", role="editor", by=SYSTEM
        )
        again = people.send_again(account_id=first.account_id, by=admin)

        with pytest.raises(LinkSpent):
            people.accept_invitation(invitation_id=first.id, password=PASSWORD, by=ANYONE)
        people.accept_invitation(invitation_id=again.id, password=PASSWORD, by=ANYONE)
        with pytest.raises(AlreadyHere):
            people.send_again(account_id=first.account_id, by=admin)


class TestDisable:
    def test_closes_everything_at_once(self, admin: Actor, client: Client) -> None:
        account = sign_in(client, make_account())
        make_generator(account)
        people.disable(account_id=account.id, by=admin)

        assert client.get("/staff/").headers["Location"].startswith("/staff/account/login/")
        account.refresh_from_db()
        assert not account.has_usable_password()
        assert not Authenticator.objects.filter(user=account).exists()
        assert events()[-1] == "accounts.account.disabled"

    def test_of_oneself_is_refused(self, admin: Actor) -> None:
        with pytest.raises(OwnAccount):
            people.disable(account_id=UUID(admin.key), by=admin)

    def test_of_the_last_administrator_is_refused(self) -> None:
        last = make_account("accounts_admin")
        outsider = Actor(SYSTEM.kind)

        with pytest.raises(NobodyLeft):
            people.disable(account_id=last.id, by=outsider)

    def test_takes_back_what_was_asked(self, admin: Actor) -> None:
        account = make_account()
        proposal = people.propose_role(account_id=account.id, role="editor", by=admin)
        people.disable(account_id=account.id, by=admin)

        proposal.refresh_from_db()
        assert proposal.decision == "refused"


class TestInvitationLink:
    def link(self, role: str = "analyst") -> tuple[Invitation, str]:
        invitation = people.open_account(
            email="new@centre.example", name="Dominique", role=role, by=SYSTEM
        )
        return invitation, f"/staff/account/invitation/{links.token_of(invitation.id)}/"

    def accept(self, client: Client, password: str = PASSWORD) -> str:
        answer = client.post(
            "/staff/account/invitation/", {"password1": password, "password2": password}
        )
        return answer.headers.get("Location", str(answer.status_code))

    def test_leads_to_a_password_then_to_the_second_factor(self, client: Client) -> None:
        invitation, link = self.link()
        opened = client.get(link)
        assert opened.headers["Location"] == "/staff/account/invitation/"
        assert "Dominique" in client.get(opened.headers["Location"]).text

        assert self.accept(client) == "/staff/"
        assert client.get("/staff/").headers["Location"].startswith("/staff/account/factors/")
        invitation.refresh_from_db()
        assert invitation.used_at is not None
        assert events()[-2:] == ["accounts.invitation.accepted", "accounts.session.began"]

    def test_works_once(self, client: Client) -> None:
        _invitation, link = self.link()
        client.get(link)
        self.accept(client)

        assert Client().get(link).status_code == HTTPStatus.GONE

    def test_expires(self, client: Client) -> None:
        invitation, link = self.link()
        client.get(link)
        Invitation.objects.filter(id=invitation.id).update(
            expires_at=clock.now() - timedelta(seconds=1)
        )

        assert self.accept(client) == "410"
        assert Client().get(link).status_code == HTTPStatus.GONE

    def test_is_not_used_up_by_looking(self, client: Client) -> None:
        _invitation, link = self.link()
        for _ in range(3):
            assert Client().get(link).status_code == HTTPStatus.FOUND

        client.get(link)
        assert self.accept(client) == "/staff/"

    def test_that_we_did_not_sign_is_refused_before_any_query(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        invitation, link = self.link()
        forged = link.replace(invitation.id.hex, UUID(int=1).hex)

        with django_assert_num_queries(0):
            assert client.get(forged).status_code == HTTPStatus.GONE

    def test_keeps_a_weak_password_out_and_can_be_tried_again(self, client: Client) -> None:
        _invitation, link = self.link()
        client.get(link)

        assert self.accept(client, "too short") == "422"
        assert self.accept(client) == "/staff/"

    def test_ends_with_the_account(self, admin: Actor, client: Client) -> None:
        invitation, link = self.link()
        client.get(link)
        people.disable(account_id=invitation.account_id, by=admin)

        assert self.accept(client) == "410"

    def test_refuses_a_weak_password_in_the_action_itself(self) -> None:
        invitation, _link = self.link()

        with pytest.raises(ValidationError):
            people.accept_invitation(invitation_id=invitation.id, password="short", by=ANYONE)


class TestPages:
    def test_lead_from_the_question_to_the_answer(self, client: Client) -> None:
        asker, officer = client, Client()
        sign_in(asker, make_account("accounts_admin"))
        sign_in(officer, make_account("data_protection"))
        answer = asker.post(
            "/staff/people/invite/",
            {"name": "Dominique", "email": "New@centre.example", "role": "editor"},
        )
        assert answer.headers["Location"] == "/staff/people/"

        proposal = Proposal.objects.get()
        address = f"/staff/people/proposals/{proposal.id}/confirm/"
        assert address not in asker.get("/staff/people/").text
        assert address in officer.get("/staff/people/").text
        asker.post(address)
        proposal.refresh_from_db()
        assert proposal.decision == ""
        officer.post(address)
        assert Account.objects.get(email="new@centre.example").role == "editor"

    def test_say_what_is_the_matter(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        here = make_account()
        form = {"name": "Camille", "email": here.email, "role": "editor"}

        assert client.post("/staff/people/invite/", form).status_code == 422

    def test_ignore_what_nobody_asked(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        client.post(
            "/staff/people/invite/",
            {
                "name": "Dominique",
                "email": "new@centre.example",
                "role": "editor",
                "is_active": "on",
                "is_demonstration": "on",
                "password": "x",
            },
        )

        account = Account.objects.get(email="new@centre.example")
        assert (account.role, account.is_active, account.is_demonstration) == ("", False, False)

    def test_show_a_person_and_what_may_be_asked(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))
        person = make_account("analyst", name="Alix")
        page = client.get(f"/staff/people/{person.id}/")

        assert "Alix" in page.text
        for act in ("role", "access", "disable"):
            assert f"/staff/people/{person.id}/{act}/" in page.text


class TestCommand:
    def test_makes_the_first_account(self, client: Client) -> None:
        out = StringIO()
        call_command(
            "accounts",
            "new",
            "First@centre.example",
            "--name=Camille",
            "--role=accounts_admin",
            stdout=out,
        )
        link = out.getvalue().strip().splitlines()[-1]

        assert Account.objects.get().role == "accounts_admin"
        assert client.get(link[link.index("/staff/") :]).status_code == HTTPStatus.FOUND

    def test_gives_a_new_link(self) -> None:
        account = make_account()
        call_command("accounts", "link", account.email, stdout=StringIO())

        account.refresh_from_db()
        assert not account.has_usable_password()

    @pytest.mark.parametrize(
        "words",
        [
            ["new", "a@centre.example", "--name=A", "--role=emperor"],
            ["link", "nobody@centre.example"],
        ],
    )
    def test_says_what_is_the_matter(self, words: list[str]) -> None:
        with pytest.raises(CommandError):
            call_command("accounts", *words)

    def test_holds_an_ability_that_no_role_has(self) -> None:
        assert not make_actor("accounts_admin").may(access.WITHOUT_SECOND_PERSON)
