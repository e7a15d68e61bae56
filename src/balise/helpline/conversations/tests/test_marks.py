"""Messages that a listener marked: colleagues see it, the young person never does."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, passing_on
from balise.helpline.console.tests.makers import SEAT, WORK, make_asking, make_listener, seated
from balise.helpline.conversations.actions import coaching, passing, saying
from balise.helpline.conversations.queries.marks import marked
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.conversations.tests.test_faults import browser
from balise.helpline.queue.models import Item

pytestmark = pytest.mark.django_db


def test_a_mark_is_kept_once_taken_away_and_written_down() -> None:
    listener = make_listener()
    begun = make_conversation("Mon frère aussi", with_=listener)
    for is_marked in (True, True, False):
        coaching.mark(conversation_id=begun.id, seq=2, is_marked=is_marked, by=listener)
        assert marked(begun.id, seen_by=listener) == (frozenset({2}) if is_marked else frozenset())
    facts = Entry.objects.filter(event="helpline.conversation.marked").order_by("id")
    assert [(one.facts["seq"], one.facts["is_marked"]) for one in facts] == [(2, True), (2, False)]


def test_only_the_listener_marks_and_only_a_message_with_words() -> None:
    listener = make_listener()
    begun = make_conversation("Un secret", with_=listener)
    with pytest.raises(NotYours):
        coaching.mark(conversation_id=begun.id, seq=2, is_marked=True, by=make_listener())
    with pytest.raises(PermissionDenied):
        coaching.mark(conversation_id=begun.id, seq=2, is_marked=True, by=make_actor("analyst"))
    passing.redact(conversation_id=begun.id, seq=2, by=listener)
    for seq in (1, 2, 9):
        with pytest.raises(NotHere):
            coaching.mark(conversation_id=begun.id, seq=seq, is_marked=True, by=listener)


def test_the_next_listener_reads_it_with_the_brief_and_the_young_person_never_does(
    client: Client,
) -> None:
    account = make_account("listener")
    sign_in(client, account)
    seated(client)
    begun = make_asking()
    client.post(f"{SEAT}next/")
    item = Item.objects.get()
    saying.say(token=begun.token, text="Mon frère aussi", client_id=uuid4())
    before = browser(begun).get("/fr/talk/room/").text
    path = f"/staff/helpline/conversation/{begun.id}/2/mark/"
    back = client.post(path, {"item": str(item.id)})
    assert back.headers["Location"] == f"{WORK}{item.id}/"
    page = client.get(f"{WORK}{item.id}/").text
    assert 'name="unmark"' in page
    after = browser(begun).get("/fr/talk/room/").text
    assert before.count("tag-warn") == after.count("tag-warn")
    assert "mark/" not in after
    next_one = make_account("listener")
    colleague = Client()
    sign_in(colleague, next_one)
    seated(colleague)
    passing_on.transfer(
        item_id=item.id, brief="Deux enfants", to=str(next_one.pk), by=actor_of(account)
    )
    accepting.accept(by=actor_of(next_one))
    page = colleague.get(f"{WORK}{item.id}/").text
    assert page.count("Mon frère aussi") >= 2
    denied = client.post(path)
    assert denied.status_code == HTTPStatus.FOUND
    assert marked(begun.id, seen_by=make_listener()) == {2}
