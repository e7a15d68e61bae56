"""Someone wrote: taken at the console, read, answered, wrapped up, counted by how they wrote."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal import clerk
from balise.foundation.statistics.models import Tally
from balise.helpline.channels import queries as channels
from balise.helpline.channels.models import Message, Thread
from balise.helpline.channels.rules import CorrespondenceState, Delivery
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.console.tests.makers import SEAT, WORK, posts, seated
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules import Channel
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState

pytestmark = pytest.mark.django_db


def taken(client: Client, text: str = "On se moque de moi.") -> str:
    """Let someone write, and the listener of this client take them; return the page."""
    make_written(text)
    sign_in(client, make_account("listener"))
    seated(client)
    return str(client.post(f"{SEAT}next/").headers["Location"])


def test_from_the_queue_to_the_figures(client: Client) -> None:
    page = taken(client)
    assert "On se moque de moi." in client.get(page).text
    given = {"text": "Nous sommes là.", "with_chat": "on", "message_id": str(uuid4())}
    for _twice in range(2):
        assert client.post(f"{posts(page)}answer/", given).headers["Location"] == page
    answer = Message.objects.get(side="staff")
    assert answer.delivery == Delivery.HERE
    shown = client.get(page).text
    assert "Nous sommes là." in shown
    assert "/fr/talk/" in shown
    wrapped = {"record-contact_type": "silent", "record-risk": "F"}
    assert client.post(f"{posts(page)}wrap-up/", wrapped).headers["Location"] == WORK
    assert Item.objects.get().state == ItemState.DONE
    assert Thread.objects.get().state == CorrespondenceState.CLOSED
    assert Contact.objects.get().channel == Channel.FORM
    assert Fact.objects.get().channel == Channel.FORM
    clerk.tick()
    counted = Tally.objects.filter(measure="helpline.contacts.wrapped", codes__contains="form")
    assert sum(counted.values_list("count", flat=True)) == 1


def test_what_cannot_be_sent_stays_in_the_field(client: Client) -> None:
    page = taken(client)
    for text in ("", "a" * 8_001):
        answer = client.post(f"{posts(page)}answer/", {"text": text, "message_id": str(uuid4())})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert text in answer.text
    assert not Message.objects.filter(side="staff").exists()


def test_nobody_else_answers_or_reads(client: Client) -> None:
    page = taken(client)
    given = {"text": "Moi", "message_id": str(uuid4())}
    other = Client()
    assert "/staff/account/" in other.post(f"{posts(page)}answer/", given).headers["Location"]
    sign_in(other, make_account("analyst"))
    assert other.post(f"{posts(page)}answer/", given).status_code == HTTPStatus.FORBIDDEN
    sign_in(other, make_account("listener"))
    assert other.post(f"{posts(page)}answer/", given).status_code == HTTPStatus.NOT_FOUND
    assert other.post(f"{posts(page)}answer/{uuid4()}/again/").status_code == HTTPStatus.NOT_FOUND
    assert "On se moque" not in other.get(page, follow=True).text
    assert not Message.objects.filter(side="staff").exists()


def test_an_unknown_answer_is_not_there(client: Client) -> None:
    page = taken(client)
    assert client.post(f"{posts(page)}answer/{uuid4()}/again/").status_code == HTTPStatus.NOT_FOUND


def test_each_way_counts_as_its_channel() -> None:
    thread_id, _token = make_written()
    for way, channel in (("e_mail", "e_mail"), ("whatsapp", "message"), ("hook", "message")):
        Thread.objects.update(way=way, token_key=b"")
        assert channels.channel_of(thread_id) == channel
