"""A partner's people: of one organisation, with a partner's role, and on their own pages only."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from balise.foundation.accounts.actions import partners, people
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import every_role, may_open
from balise.foundation.accounts.rules import WrongRole
from balise.foundation.accounts.tests.makers import make_account, make_actor, make_partner, sign_in
from balise.foundation.actors import SYSTEM

MEMBER = "partner_member"


@pytest.mark.django_db
class TestWhosePersonItIs:
    def test_a_partners_role_needs_a_partner(self) -> None:
        admin = make_actor("accounts_admin")

        with pytest.raises(WrongRole):
            people.invite(email="a@asso.example", name="Lou", role=MEMBER, by=admin)
        with pytest.raises(WrongRole):
            people.invite(
                email="a@asso.example",
                name="Lou",
                role="analyst",
                partner_id=make_partner().id,
                by=admin,
            )
        assert not Account.objects.filter(email="a@asso.example").exists()

    def test_two_persons_let_a_partners_person_in(self) -> None:
        admin, second = make_actor("accounts_admin"), make_actor("data_protection")
        partner = make_partner()

        proposal = people.invite(
            email="a@asso.example", name="Lou", role=MEMBER, partner_id=partner.id, by=admin
        )
        people.confirm(proposal_id=proposal.id, by=second)

        account = Account.objects.get(email="a@asso.example")
        assert (account.role, account.partner_id) == (MEMBER, partner.id)

    def test_nobody_changes_sides(self) -> None:
        admin = make_actor("accounts_admin")

        with pytest.raises(WrongRole):
            people.propose_role(account_id=make_account(MEMBER).id, role="analyst", by=admin)
        with pytest.raises(WrongRole):
            people.propose_role(account_id=make_account("analyst").id, role=MEMBER, by=admin)

    def test_acts_for_the_organisation(self) -> None:
        account = make_account(MEMBER)

        actor = actor_of(account)

        assert actor.organisation == account.partner_id
        assert actor.abilities

    def test_may_do_nothing_while_the_partner_is_asleep(self) -> None:
        account = make_account(MEMBER)
        assert account.partner_id is not None
        partners.change_partner(
            partner_id=account.partner_id, webhook_address="", is_active=False, by=SYSTEM
        )

        assert actor_of(Account.objects.get(id=account.id)).abilities == frozenset()

    def test_the_operator_says_which_partner(self) -> None:
        partner = make_partner("Association Test")
        words = ("accounts", "new", "b@asso.example", "--name", "Lou", "--role", MEMBER)

        call_command(*words, "--partner", "association test")

        assert Account.objects.get(email="b@asso.example").partner == partner
        with pytest.raises(CommandError):
            call_command(*words, "--partner", "Nobody")


def staff_pages(
    patterns: list[URLPattern | URLResolver], path: str = "", spaces: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    """Return (path, name of the view) of each staff page that has no number in its address."""
    found: list[tuple[str, str]] = []
    for each in patterns:
        here = f"{path}{each.pattern}"
        if isinstance(each, URLResolver):
            within = (*spaces, each.namespace) if each.namespace else spaces
            found += staff_pages(each.url_patterns, here, within)
        elif here.startswith("staff/") and "<" not in here and each.name:
            found.append((f"/{here}", ":".join([*spaces, each.name])))
    return found


@pytest.mark.django_db
class TestOwnPagesOnly:
    def test_opens_no_other_page_of_the_house(self, client: Client) -> None:
        sign_in(client, make_account(MEMBER))
        pages = staff_pages(get_resolver().url_patterns)
        assert len(pages) > 20

        for path, name in pages:
            if may_open(MEMBER, name):
                continue
            for ask in (client.get, client.post):
                assert ask(path).status_code == 403, path

    def test_the_home_shows_own_pages_only(self, client: Client) -> None:
        sign_in(client, make_account(MEMBER))

        page = client.get("/staff/").text

        assert "/staff/hotline/desk/" in page
        for other in ("/staff/hotline/queue/", "/staff/people/", "/staff/design/"):
            assert other not in page

    @pytest.mark.parametrize(
        ("role", "page", "expected"),
        [
            ("analyst", "staff:hotline:queue", True),
            (MEMBER, "staff:hotline:queue", False),
            (MEMBER, "staff:home", True),
            (MEMBER, "account_logout", True),
            (MEMBER, "mfa_index", True),
            (MEMBER, "staff:accounts:people", False),
            (MEMBER, "", False),
        ],
    )
    def test_by_the_name_of_the_view(self, role: str, page: str, *, expected: bool) -> None:
        assert may_open(role, page) is expected

    def test_every_other_role_is_the_centres_own(self) -> None:
        assert [role.code for role in every_role() if role.is_for_partners] == [MEMBER]
