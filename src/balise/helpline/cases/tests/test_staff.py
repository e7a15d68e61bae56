from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.helpline.cases.actions import listening
from balise.helpline.cases.models import Referral
from balise.helpline.cases.rules.received import ReferralState
from balise.helpline.cases.tests.makers import LISTENER, make_referral, make_taken

pytestmark = pytest.mark.django_db

REFERRALS = "/staff/helpline/referrals/"


@pytest.fixture
def listener(client: Client) -> Account:
    """Someone of the helpline, signed in past the second factor."""
    return sign_in(client, make_account("listener"))


class TestTheWalk:
    """anyone → another role → the right role."""

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(REFERRALS).headers["Location"]

    @pytest.mark.parametrize("role", ["analyst", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        one = make_referral()

        assert client.get(REFERRALS).status_code == HTTPStatus.FORBIDDEN
        assert client.get(f"{REFERRALS}{one.id}/").status_code == HTTPStatus.FORBIDDEN
        for act in ("take", "open", "close", "give-back"):
            answer = client.post(f"{REFERRALS}{one.id}/{act}/", {"outcome": "helped"})
            assert answer.status_code == HTTPStatus.FORBIDDEN, act
        assert Referral.objects.get().state == ReferralState.WAITING

    def test_a_listener_works_from_the_pile_to_the_end(
        self, client: Client, listener: Account
    ) -> None:
        one = make_referral(words="Every evening, at school.", contact="sam@mail.example")

        pile = client.get(REFERRALS).text
        assert "13 à 15 ans" in pile
        before = client.get(f"{REFERRALS}{one.id}/").text
        client.post(f"{REFERRALS}{one.id}/take/")
        taken = client.get(f"{REFERRALS}{one.id}/").text
        opened = client.post(f"{REFERRALS}{one.id}/open/").text
        assert not [page for page in (pile, before, taken) if "Every evening" in page]
        assert "Every evening" in opened
        assert "sam@mail.example" in opened

        answer = client.post(
            f"{REFERRALS}{one.id}/close/", {"outcome": "helped", "note": "Spoke twice."}
        )
        assert answer.status_code == HTTPStatus.FOUND
        closed = client.get(REFERRALS, {"which": "closed"}).text
        assert "Écoutée et aidée" in closed
        assert "Spoke twice." in client.post(f"{REFERRALS}{one.id}/open/").text


class TestPages:
    @pytest.mark.parametrize("which", ["waiting", "mine", "closed", "unheard-of"])
    def test_an_empty_pile_says_so(self, client: Client, listener: Account, which: str) -> None:
        assert 'class="empty"' in client.get(REFERRALS, {"which": which}).text

    def test_an_unknown_referral_is_not_found(self, client: Client, listener: Account) -> None:
        address = f"{REFERRALS}{uuid4()}/"
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
        for act in ("take", "open", "close", "give-back"):
            answer = client.post(f"{address}{act}/", {"outcome": "helped"})
            assert answer.status_code == HTTPStatus.NOT_FOUND, act

    def test_what_another_took_is_not_read(self, client: Client, listener: Account) -> None:
        one = make_taken(by=LISTENER, words="Every evening.")

        page = client.post(f"{REFERRALS}{one.id}/open/")

        assert page.status_code == HTTPStatus.CONFLICT
        assert "Every evening." not in page.text
        assert not Entry.objects.filter(event="helpline.referral.opened").exists()

    def test_taking_what_another_was_quicker_to_take_says_so(
        self, client: Client, listener: Account
    ) -> None:
        one = make_taken(by=LISTENER)
        page = client.post(f"{REFERRALS}{one.id}/take/", follow=True)
        assert "Quelqu’un d’autre" in page.text

    def test_closing_needs_an_outcome(self, client: Client, listener: Account) -> None:
        one = make_referral()
        client.post(f"{REFERRALS}{one.id}/take/")

        answer = client.post(f"{REFERRALS}{one.id}/close/", {"note": "Half a thought"})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Half a thought" in answer.text

    def test_a_lead_gives_back_what_another_has(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        one = make_taken(by=LISTENER)

        client.post(f"{REFERRALS}{one.id}/give-back/")

        assert Referral.objects.get().state == ReferralState.WAITING

    def test_what_a_colleague_left_behind_is_found_and_given_back(self, client: Client) -> None:
        gone = make_account("listener", name="Camille Absente")
        kept = make_taken(by=actor_of(gone))
        later = make_taken(by=LISTENER)
        gone.is_active = False
        gone.save()
        sign_in(client, make_account("helpline_lead"))

        page = client.get(REFERRALS, {"which": "others"}).text

        assert page.index(str(kept.id)) < page.index(str(later.id))
        assert "Camille Absente" in page
        assert "Camille Absente" in client.get(f"{REFERRALS}{kept.id}/").text
        client.post(f"{REFERRALS}{kept.id}/give-back/")
        assert str(kept.id) in client.get(REFERRALS).text
        assert Referral.objects.get(id=kept.id).taken_at is None

    def test_ones_own_are_not_among_the_others(self, client: Client) -> None:
        lead = sign_in(client, make_account("helpline_lead"))
        make_taken(by=actor_of(lead))
        assert 'class="empty"' in client.get(REFERRALS, {"which": "others"}).text

    def test_what_the_others_have_is_not_a_listeners_to_see(
        self, client: Client, listener: Account
    ) -> None:
        make_taken(by=LISTENER)
        assert "which=others" not in client.get(REFERRALS).text
        answer = client.get(REFERRALS, {"which": "others"})
        assert answer.status_code == HTTPStatus.FORBIDDEN

    def test_one_that_was_erased_meanwhile_is_not_found(
        self, client: Client, listener: Account
    ) -> None:
        one = make_referral()
        listening.take(referral_id=one.id, by=LISTENER)
        Referral.objects.all().delete()
        assert client.get(f"{REFERRALS}{one.id}/").status_code == HTTPStatus.NOT_FOUND
