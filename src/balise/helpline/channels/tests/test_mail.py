"""Letters by mail, over a real mailbox and a real mail server, both on the loopback."""

from email.message import EmailMessage

import pytest
from django.core.checks import run_checks
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.mail.receiving import MailboxAway
from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox
from balise.foundation.mail.tests.makers import Postmaster, read_here
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.models import Message, Thread
from balise.helpline.channels.rules import Delivery, Safety
from balise.helpline.channels.tasks.arriving import read_mailbox
from balise.helpline.channels.tests.makers import (
    SOMEONE,
    make_listener,
    make_taken,
    make_written,
    work,
)
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, RiskFrom
from balise.takedown.notices.tests.mails import make_bounce

pytestmark = pytest.mark.django_db


def mail(text: str = "Bonjour, on me harcèle.", **headers: str) -> bytes:
    one = EmailMessage()
    given = {"From": f"Renard <{SOMEONE}>", "To": "ecoute@centre.example", "Subject": "Moi"}
    for name, value in (given | {"Message-ID": "<1@mailbox.example>"} | headers).items():
        one[name] = value
    one.set_content(text)
    return one.as_bytes()


def bring(settings: Settings, *mails: bytes) -> None:
    """Let mails come, be read from the mailbox, and all be done that follows."""
    box = Letterbox()
    box.put(*mails)
    with a_mailbox(box, after="delete") as settings.HELPLINE_INBOX:
        read_mailbox.func()
    assert not box.letters
    work()


def test_a_mail_waits_and_is_acknowledged_once(office: Postmaster, settings: Settings) -> None:
    with clock.at(at("2026-11-24T23:30")):
        bring(settings, mail(), mail())
        bring(settings, mail("Encore moi.", **{"Message-ID": "<2@mailbox.example>"}))
    assert (Thread.objects.count(), Message.objects.count()) == (1, 2)
    assert Item.objects.get().state == ItemState.WAITING
    (told,) = office.mails
    words = told.get_content()
    assert told["Auto-Submitted"] == "auto-replied"
    assert told["In-Reply-To"] == "<1@mailbox.example>"
    assert told["From"] == "ecoute@centre.example"
    assert "112" in words
    assert "mercredi 25 novembre" in words
    assert "harc" not in words


def test_who_writes_of_danger_is_told_no_hour_but_whom_to_call(
    office: Postmaster, settings: Settings
) -> None:
    with clock.at(at("2026-11-24T23:30")):
        bring(settings, mail("Je veux mourir ce soir."))
    words = office.mails[0].get_content()
    item = Item.objects.get()
    assert (item.risk, item.risk_from) == (Risk.A, RiskFrom.WORDS)
    assert "lu en premier" in words
    assert words.index("en premier") < words.index("112")
    assert "mercredi" not in words


def test_it_is_answered_in_its_thread_and_quotes_nothing(
    office: Postmaster, settings: Settings
) -> None:
    bring(settings, mail())
    listener = make_listener()
    thread_id = make_taken(listener)
    assert answering.read(thread_id=thread_id, by=listener).address == SOMEONE
    ours = answering.answer(thread_id=thread_id, text="L'équipe est là.", by=listener)
    work()
    answer = office.mails[-1]
    assert (answer["To"], answer["Subject"]) == (SOMEONE, "Re: Moi")
    assert answer["In-Reply-To"] == "<1@mailbox.example>"
    assert answer["Auto-Submitted"] is None
    assert answer.get_content().strip() == "L'équipe est là."
    assert Message.objects.get(id=ours).delivery == Delivery.SENT

    # They answer from their mail program, which quotes ours.
    reply = mail(
        "Merci.\n\nLe 24 novembre, le centre a écrit :\n> L'équipe est là.\n",
        **{"Message-ID": "<3@mailbox.example>", "In-Reply-To": str(answer["Message-ID"])},
    )
    answering.close(thread_id=thread_id, by=listener)
    bring(settings, reply)
    last = answering.read(thread_id=thread_id, by=listener).messages[-1]
    assert (last.text, "est là" in last.quoted) == ("Merci.", True)


def test_who_guesses_a_thread_does_not_enter_it(office: Postmaster, settings: Settings) -> None:
    bring(settings, mail())
    listener = make_listener()
    thread_id = make_taken(listener)
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    other = {
        "From": "other@mailbox.example",
        "Message-ID": "<9@mailbox.example>",
        "In-Reply-To": f"<m-{ours}@centre.example>",
    }
    bring(settings, mail("C'est moi.", **other))
    assert Thread.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"From": "MAILER-DAEMON@mx.example"},
        {"From": "ecoute@centre.example"},
    ],
)
def test_robots_wait_for_nobody_and_get_no_answer(
    office: Postmaster, settings: Settings, headers: dict[str, str]
) -> None:
    bring(settings, mail(**headers))
    assert not Thread.objects.exists()
    assert not office.mails


def test_one_who_writes_a_lot_is_acknowledged_three_times_a_day(
    office: Postmaster, settings: Settings
) -> None:
    for number in range(5):
        bring(settings, mail(**{"Message-ID": f"<{number}@mailbox.example>"}))
        Thread.objects.update(state="closed")
    assert Thread.objects.count() == 5
    assert len(office.mails) == 3


def test_files_are_not_kept_and_that_is_said(office: Postmaster, settings: Settings) -> None:
    one = EmailMessage()
    one["From"], one["Subject"], one["Message-ID"] = SOMEONE, "Photo", "<7@mailbox.example>"
    one.set_content("<p>Regarde <b>ça</b></p><script>x()</script>", subtype="html")
    one.add_attachment(b"not a picture", maintype="image", subtype="png", filename="a.png")
    bring(settings, one.as_bytes())
    listener = make_listener()
    (message,) = answering.read(thread_id=make_taken(listener), by=listener).messages
    assert (message.text, message.attachments_refused) == ("Regarde ça", 1)
    assert "ne sont ni ouverts ni gardés" in office.mails[0].get_content()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x00\xff nonsense",
        b"From: \xff\xfe <renard@mailbox.example>\nSubject: \xed\xa0\x80\nMessage-ID: \xff\n\n\xff",
        b"From: =?utf-8?q?=ED=A0=80?= <renard@mailbox.example>\nReferences: <\xff@a>\n\n\x00",
        b"From: renard@mailbox.example\nContent-Type: text/plain; charset=utf-7\n\n+2AA-",
    ],
)
def test_whatever_strangers_write_is_taken_or_passed_over(
    office: Postmaster, settings: Settings, octets: bytes
) -> None:
    bring(settings, octets, mail())
    assert Item.objects.filter(state=ItemState.WAITING).exists()


@given(st.binary(max_size=300), st.sampled_from(["From", "Subject", "Message-ID", "Content-Type"]))
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_header_stops_the_mailbox(octets: bytes, header: str) -> None:
    head = b"".join(line + b"\n" for line in mail().split(b"\n") if header.encode() not in line)
    given_mail = header.encode() + b": " + octets.replace(b"\n", b" ") + b"\n" + head
    receiving.take_mail(mail=read_here(given_mail), octets=given_mail)


def test_what_came_back_waits_for_a_listener_again(office: Postmaster, settings: Settings) -> None:
    bring(settings, mail("Il me frappe."))
    assert Item.objects.get().risk == Risk.B
    listener = make_listener()
    thread_id = make_taken(listener)
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work()
    bring(settings, make_bounce(f"m-{ours}"))
    failed = answering.read(thread_id=thread_id, by=listener).messages[-1]
    assert (failed.delivery, failed.failure) == (Delivery.FAILED, "bounced")
    answering.try_again(message_id=ours, by=listener)
    work()
    assert Message.objects.get(id=ours).delivery == Delivery.SENT


def test_a_shared_mailbox_is_told_nothing(office: Postmaster) -> None:
    make_written("Mon secret.", email=SOMEONE, safety=Safety.SHARED)
    listener = make_listener()
    thread_id = make_taken(listener)
    answering.answer(thread_id=thread_id, text="Viens sur le chat.", by=listener)
    work()
    (told,) = office.mails
    page = f"{told['Subject']} {told.get_content()}"
    for word in ("secret", "chat", "3018", "helpline", "écoute", "write"):
        assert word not in page


def test_who_alone_reads_it_gets_the_answer(office: Postmaster) -> None:
    _thread_id, token = make_written("Bonjour", email=SOMEONE, safety=Safety.ALONE)
    listener = make_listener()
    answering.answer(thread_id=make_taken(listener), text="Nous sommes là.", by=listener)
    work()
    assert office.mails[0].get_content().strip() == "Nous sommes là."
    assert queries.opened(token).messages[-1].text == "Nous sommes là."


def test_a_server_that_refuses_for_now_is_tried_again_and_for_good_is_told(
    office: Postmaster, settings: Settings
) -> None:
    bring(settings, mail())
    listener = make_listener()
    thread_id = make_taken(listener)
    office.recipient_answer = "450 4.2.0 later"
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work(tolerate=True)
    assert Message.objects.get(id=ours).delivery == Delivery.QUEUED
    assert Message.objects.get(id=ours).attempts == 1
    office.recipient_answer = "550 5.1.1 nobody"
    again = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work(tolerate=True)
    failed = Message.objects.get(id=again)
    assert (failed.delivery, failed.failure) == (Delivery.FAILED, "550-5.1.1")


def test_a_mailbox_that_is_away_loses_nothing(office: Postmaster, settings: Settings) -> None:
    box = Letterbox(drops_at="STORE")
    box.put(mail())
    with a_mailbox(box) as settings.HELPLINE_INBOX:
        with pytest.raises(MailboxAway):
            read_mailbox.func()
        box.drops_at = ""
        read_mailbox.func()
    assert Message.objects.count() == 1


def test_without_a_mailbox_nothing_is_to_be_done_and_a_wrong_one_is_said(
    settings: Settings,
) -> None:
    read_mailbox.func()
    settings.HELPLINE_INBOX = "pop3://nowhere"
    assert "balise.E441" in {message.id for message in run_checks()}
