"""From a host's mail program to the analyst's page: over a real mailbox."""

from uuid import UUID

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from balise.foundation.mail.receiving import MailboxAway
from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.notices import queries
from balise.takedown.notices.models import Answer
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.notices.tasks.hearing import read_mailbox
from balise.takedown.notices.tests.mails import make_bounce, make_mail
from balise.takedown.notices.tests.makers import ANALYST, get, make_sent, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(office: Postmaster) -> UUID:
    return make_sent(office)


def test_what_a_host_answers_is_kept_once(
    sent: UUID, office: Postmaster, settings: Settings
) -> None:
    ours = office.mails[0]
    box = Letterbox()
    reply = make_mail(
        subject=f"Re: {ours['Subject']}",
        text="Bonjour,\n\nLe contenu a été supprimé.\n",
        To=str(ours["Reply-To"]),
        **{"In-Reply-To": str(ours["Message-ID"]), "Message-ID": "<1@host.example>"},
    )
    box.put(reply, b"\x00\xff nonsense", reply)
    with a_mailbox(box, after="delete") as settings.NOTICES_INBOX:
        read_mailbox.func()
        read_mailbox.func()
    assert not box.letters
    stray, answer = sorted(Answer.objects.all(), key=lambda one: one.notice_id is not None)
    assert (answer.notice_id, answer.says) == (sent, Said.REMOVED)
    assert stray.notice_id is None
    assert len(queries.answers_that_wait(seen_by=ANALYST)) == 2
    assert state_of(sent) is NoticeState.SENT


def test_what_came_back_fails_its_notice(
    sent: UUID, office: Postmaster, settings: Settings
) -> None:
    box = Letterbox()
    local_part = str(office.mails[0]["Message-ID"]).strip("<>").partition("@")[0]
    box.put(make_bounce(local_part))
    with a_mailbox(box) as settings.NOTICES_INBOX:
        read_mailbox.func()
    assert get(sent).stands is NoticeState.FAILED


def test_a_mailbox_that_is_away_loses_nothing(settings: Settings) -> None:
    box = Letterbox(drops_at="FETCH")
    box.put(make_mail())
    with a_mailbox(box) as settings.NOTICES_INBOX:
        with pytest.raises(MailboxAway):
            read_mailbox.func()
        box.drops_at = ""
        read_mailbox.func()
    assert Answer.objects.count() == 1


def test_without_a_mailbox_nothing_is_to_be_done(settings: Settings) -> None:
    settings.NOTICES_INBOX = ""
    read_mailbox.func()


def test_an_address_that_is_none_is_told_at_start(settings: Settings) -> None:
    settings.NOTICES_INBOX = "pop3://nowhere"
    assert "balise.E422" in {message.id for message in run_checks()}
    settings.NOTICES_INBOX = "imaps://a:b@mail.example/INBOX"
    settings.COUNTRY = "xx"
    found = {message.id for message in run_checks()}
    assert "balise.E421" in found
    assert "balise.E422" not in found
