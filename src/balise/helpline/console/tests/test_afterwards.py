"""The two questions afterwards: the young person's own page leads to them, and no other."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.tests.makers import make_asking, make_listener
from balise.helpline.contacts.models import Fact
from balise.helpline.conversations.actions import coaching, passing
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.models import Conversation
from balise.helpline.queue.actions import claiming

pytestmark = pytest.mark.django_db

ROOM = "/fr/talk/room/"


def opens(client: Client, begun: Begun) -> None:
    client.cookies["talk"] = str(begun.token)


def taken(listener: Actor) -> tuple[Begun, UUID, UUID]:
    begun = make_asking()
    one = accepting.accept(by=listener)
    assert one is not None
    assert one.contact is not None
    return begun, one.item, one.contact


def test_the_ended_room_leads_to_the_questions_and_they_are_answered(client: Client) -> None:
    listener = make_listener()
    begun, item, contact = taken(listener)
    opens(client, begun)
    assert "/after/" not in client.get(ROOM).text
    token = wrapping.wrap_up(
        item_id=item, contact_id=contact, contact_type="information", by=listener
    )
    path = f"/fr/after/{token}/"
    assert path in client.get(ROOM).text
    assert client.post("/fr/talk/seen/").json()["questions_url"] == path
    assert str(token).encode() not in bytes(Conversation.objects.get().sealed)
    client.post(path, {"helpful": "yes"})
    assert Fact.objects.get().helpful == "yes"
    assert path not in client.get(ROOM).text
    assert client.post("/fr/talk/seen/").json()["questions_url"] == ""
    assert Entry.objects.filter(event="helpline.conversation.questions-offered").count() == 1


def test_a_record_that_is_finished_later_offers_them_too(client: Client) -> None:
    listener = make_listener()
    begun, item, contact = taken(listener)
    opens(client, begun)
    passing.end_own(token=begun.token)
    claiming.finish(item_id=item, by=listener)
    token = wrapping.finish_record(contact_id=contact, contact_type="information", by=listener)
    assert f"/fr/after/{token}/" in client.get(ROOM).text


def test_nothing_is_offered_in_what_was_erased() -> None:
    listener = make_listener()
    begun, item, contact = taken(listener)
    passing.erase_own(token=begun.token)
    wrapping.wrap_up(item_id=item, contact_id=contact, contact_type="information", by=listener)
    assert not Entry.objects.filter(event="helpline.conversation.questions-offered").exists()


def test_only_a_listener_offers_them() -> None:
    begun = make_asking()
    with pytest.raises(PermissionDenied):
        coaching.offer_questions(conversation_id=begun.id, token=new_receipt(), by=ANYONE)
