"""The worker sends links and sweeps what is over; the night forgets who left."""

from datetime import timedelta

import pytest
from django.core import mail

from balise.foundation import clock
from balise.foundation.accounts import links, tasks
from balise.foundation.accounts.actions import people
from balise.foundation.accounts.credentials import open_seed, seeds_of, withdraw
from balise.foundation.accounts.models import Account, Invitation, Session
from balise.foundation.accounts.tests.makers import make_account, make_actor, make_generator
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due

pytestmark = pytest.mark.django_db


def invite() -> Invitation:
    return people.open_account(email="new@centre.example", name="Noa", role="editor", by=SYSTEM)


class TestLetter:
    def test_holds_the_link_in_french(self) -> None:
        invitation = invite()
        tasks.send_invitation.func(str(invitation.id))

        (letter,) = mail.outbox
        assert letter.to == ["new@centre.example"]
        assert links.address_of(invitation.id) in letter.body
        assert "Bonjour Noa" in letter.body
        assert letter.subject == "Votre accès à Balise"

    def test_is_not_sent_for_a_link_that_is_over(self) -> None:
        first = invite()
        people.send_again(account_id=first.account_id, by=make_actor("accounts_admin"))
        tasks.send_invitation.func(str(first.id))

        assert mail.outbox == []

    def test_is_queued_for_each_link_that_was_made(self) -> None:
        invitation = invite()
        entries = list(Entry.objects.filter(event="accounts.invitation.sent"))

        assert [entry.facts["invitation"] for entry in entries] == [str(invitation.id)]
        tasks.mail_invitations(entries)

    def test_that_the_server_never_takes_is_told(self) -> None:
        invitation = invite()
        Account.objects.filter(id=invitation.account_id).update(email="no address")
        tasks.send_invitation.func(str(invitation.id))

        invitation.refresh_from_db()
        assert invitation.undelivered_at is not None
        assert Entry.objects.filter(event="accounts.invitation.undelivered").exists()


class TestSweep:
    def test_deletes_what_is_over_and_nothing_else(self) -> None:
        now = clock.now()
        kept = invite()
        over = Invitation.objects.create(account=make_account(), expires_at=now)
        for key, ends in (("old", now), ("new", now + timedelta(hours=1))):
            Session.objects.create(session_key=key, session_data="", expire_date=ends)
        tasks.sweep_expired.func()

        assert Invitation.objects.filter(id=kept.id).exists()
        assert not Invitation.objects.filter(id=over.id).exists()
        assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


class TestForgetting:
    def test_who_left_a_year_ago(self) -> None:
        admin = make_actor("accounts_admin")
        gone, lately, here = make_account(), make_account(), make_account()
        for account in (gone, lately):
            people.disable(account_id=account.id, by=admin)
        now = clock.now()
        Account.objects.filter(id=gone.id).update(left_at=now - timedelta(days=365))

        assert rows_due("accounts.left", now) == [gone.id]
        assert erase_rows("accounts.left", [gone.id, here.id]) == 1
        assert not Account.objects.filter(id=gone.id).exists()
        assert Account.objects.filter(id__in=[lately.id, here.id]).count() == 2

    def test_a_seed_dies_with_its_factor(self) -> None:
        account = make_account()
        make_generator(account)
        kept = [str(record) for record in seeds_of(account)]
        withdraw(account)

        assert seeds_of(account) == []
        for record in kept:
            with pytest.raises(KeyForgotten):
                open_seed(f"{record}.")
