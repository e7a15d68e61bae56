"""The demonstration lets anyone in by one click; so it must not exist anywhere else."""

from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.core.checks import CheckMessage
from django.test import Client
from pytest_django import Settings

from balise.foundation.accounts import demonstration, links
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.module import check_demonstration, check_roles_are_known
from balise.foundation.accounts.roles import every_role
from balise.foundation.accounts.tests.makers import PASSWORD, make_account, sign_in

pytestmark = pytest.mark.django_db

ROLES_PAGE = "/staff/demonstration/"


@pytest.fixture
def here(settings: Settings) -> list[Account]:
    """Turn this centre into a demonstration with its people."""
    settings.DEMONSTRATION = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver", "[::1]"]
    return demonstration.create_demonstration_accounts()


def make_real_account() -> Account:
    """Return someone who was invited while this was a real centre."""
    account = make_account()
    Account.objects.filter(pk=account.pk).update(is_demonstration=False)
    return account


@pytest.fixture
def local() -> Client:
    """Return a browser on this machine."""
    return Client(headers={"Host": "127.0.0.1:8000"})


@pytest.mark.usefixtures("here")
class TestEntering:
    def test_takes_one_click_for_each_role(self, local: Client) -> None:
        for role in every_role():
            local.get(ROLES_PAGE)
            assert local.post(ROLES_PAGE, {"role": role.code}).headers["Location"] == "/staff/"
            assert local.get("/staff/").status_code == HTTPStatus.OK
            local.post("/staff/account/logout/")

    def test_gives_the_role_and_no_other(self, local: Client) -> None:
        local.post(ROLES_PAGE, {"role": "editor"})

        assert local.get("/staff/people/").status_code == HTTPStatus.FORBIDDEN

    def test_refuses_a_role_that_is_not_there(self, local: Client) -> None:
        assert local.post(ROLES_PAGE, {"role": "emperor"}).status_code == HTTPStatus.NOT_FOUND

    def test_changes_role_from_within(self, local: Client) -> None:
        local.post(ROLES_PAGE, {"role": "editor"})
        local.post(ROLES_PAGE, {"role": "accounts_admin"})

        assert local.get("/staff/people/").status_code == HTTPStatus.OK

    def test_opens_a_locked_screen_again(self, local: Client) -> None:
        local.post(ROLES_PAGE, {"role": "editor"})
        local.post("/staff/account/lock/")
        page = local.get("/staff/account/unlock/")

        assert ROLES_PAGE in page.text
        local.post(ROLES_PAGE, {"role": "editor"})
        assert local.get("/staff/").status_code == HTTPStatus.OK


@pytest.mark.usefixtures("here")
class TestInviting:
    EMAIL = "eden@centre.example"

    def enter(self, role: str) -> Client:
        browser = Client(headers={"Host": "127.0.0.1:8000", "Accept-Language": "en"})
        browser.post(ROLES_PAGE, {"role": role})
        return browser

    def invite(self) -> Account:
        """Invite someone and agree with it, on the pages, as two of the demonstration's people."""
        given = {"name": "Eden", "email": self.EMAIL, "role": "analyst"}
        self.enter("accounts_admin").post("/staff/people/invite/", given)
        account = Account.objects.get(email=self.EMAIL)
        proposal = account.proposals.get()
        self.enter("data_protection").post(f"/staff/people/proposals/{proposal.id}/confirm/")
        account.refresh_from_db()
        return account

    def test_leaves_the_entrance_open(self, local: Client) -> None:
        account = self.invite()
        assert (account.is_active, account.is_demonstration) == (True, True)
        link = links.address_of(account.invitations.get().id)
        invited = Client(headers={"Host": "127.0.0.1:8000"})
        invited.get(urlsplit(link).path)
        given = {"password1": PASSWORD, "password2": PASSWORD}
        answer = invited.post("/staff/account/invitation/", given)

        assert answer.status_code == HTTPStatus.FOUND
        assert invited.get("/staff/account/factors/").status_code == HTTPStatus.OK
        for role in every_role():
            assert local.post(ROLES_PAGE, {"role": role.code}).headers["Location"] == "/staff/"
        assert not demonstration.is_mixed_with_real_people()

    def test_is_said_until_the_link_is_used(self) -> None:
        account = self.invite()
        page = self.enter("accounts_admin").get(f"/staff/people/{account.id}/").text

        assert "Invited" in page

    def test_lets_nobody_into_a_real_centre(self, settings: Settings) -> None:
        account = self.invite()
        browser = sign_in_by(account)
        settings.DEMONSTRATION = False

        assert browser.get("/staff/").headers["Location"].startswith("/staff/account/login/")

    def test_makes_real_people_in_a_real_centre(self, settings: Settings) -> None:
        settings.DEMONSTRATION = False

        assert not make_account().is_demonstration


def sign_in_by(account: Account) -> Client:
    """Return the browser of someone who is signed in."""
    browser = Client()
    sign_in(browser, account)
    assert browser.get("/staff/").status_code == HTTPStatus.OK
    return browser


class TestRefusing:
    def attempt(self, client: Client) -> int:
        return client.post(ROLES_PAGE, {"role": "editor"}).status_code

    def test_outside_a_demonstration(self, local: Client) -> None:
        demonstration.create_demonstration_accounts()

        assert self.attempt(local) == HTTPStatus.NOT_FOUND
        assert local.get(ROLES_PAGE).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.usefixtures("here")
    @pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.3", "::ffff:192.0.2.7", "x", ""])
    def test_from_another_machine(self, address: str) -> None:
        client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)

        assert self.attempt(client) == HTTPStatus.NOT_FOUND

    @pytest.mark.usefixtures("here")
    def test_under_another_name(self) -> None:
        assert self.attempt(Client(headers={"Host": "testserver"})) == HTTPStatus.NOT_FOUND

    @pytest.mark.usefixtures("here")
    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"])
    def test_through_a_proxy(self, header: str) -> None:
        client = Client(headers={"Host": "localhost", header: "127.0.0.1"})

        assert self.attempt(client) == HTTPStatus.NOT_FOUND

    @pytest.mark.usefixtures("here")
    def test_beside_real_people(self, local: Client) -> None:
        make_real_account()

        assert self.attempt(local) == HTTPStatus.NOT_FOUND

    def test_a_session_that_outlives_the_demonstration(
        self, here: list[Account], local: Client, settings: Settings
    ) -> None:
        local.post(ROLES_PAGE, {"role": "editor"})
        settings.DEMONSTRATION = False

        assert local.get("/staff/").headers["Location"].startswith("/staff/account/login/")

    def test_a_password_for_its_people(self, here: list[Account]) -> None:
        assert here
        assert not any(account.has_usable_password() for account in here)


class TestPeople:
    def test_are_made_once(self) -> None:
        first = demonstration.create_demonstration_accounts()
        again = demonstration.create_demonstration_accounts()

        assert first == again
        assert [account.role for account in again] == [role.code for role in every_role()]


class TestChecks:
    def ids(self, found: object) -> list[str]:
        return [message.id or "" for message in found if isinstance(message, CheckMessage)]  # type: ignore[attr-defined]

    def test_say_nothing_of_a_real_centre(self) -> None:
        assert self.ids(check_demonstration()) == []
        assert self.ids(check_roles_are_known()) == []

    def test_refuse_a_demonstration_that_others_can_reach(self, settings: Settings) -> None:
        settings.DEMONSTRATION = True
        settings.ALLOWED_HOSTS = ["127.0.0.1", ".centre.example", "*"]
        settings.PUBLIC_ADDRESS = "https://centre.example"

        assert self.ids(check_demonstration()) == ["balise.E211", "balise.E212"]

    def test_refuse_a_demonstration_beside_real_people(self, settings: Settings) -> None:
        settings.DEMONSTRATION = True
        settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
        make_real_account()

        assert self.ids(check_demonstration()) == ["balise.E213"]

    def test_tell_of_a_role_the_centre_does_not_have(self) -> None:
        account = make_account()
        Account.objects.filter(pk=account.pk).update(role="emperor")

        assert self.ids(check_roles_are_known()) == ["balise.E203"]
