"""What words raised, before a listener: confirmed with one key, corrected, and raised again."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting
from balise.helpline.console.queries import dangers
from balise.helpline.console.tests.makers import SEAT, WORK, make_asking, make_listener, seated
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.actions import dangers as life, waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, RiskFrom
from balise.helpline.queue.rules.dangers import DangerGoesOn, NotADanger

pytestmark = pytest.mark.django_db

TONIGHT = "je veux mourir ce soir"


def told() -> list[str]:
    rows = Entry.objects.filter(event="helpline.item.risk-judged").order_by("id")
    return [f"{one.facts['before']}{one.facts['risk']} {one.facts['how']}" for one in rows]


def say(begun: saying.Begun, text: str) -> None:
    saying.say(token=begun.token, text=text, client_id=uuid4())


def mails() -> int:
    clerk.tick()
    run_due()
    return len(mail.outbox)


def test_a_supervisor_is_called_once_and_the_item_is_an_alarm() -> None:
    lead, listener = make_actor("helpline_lead"), make_listener()
    begun = make_asking()
    say(begun, "je me scarifie")
    assert not mails()
    say(begun, TONIGHT)
    assert mails() == 1
    (alarm,) = queries.board(seen_by=lead).alarms
    assert alarm.item.by_words
    item_id = alarm.item.id
    waiting.judge_risk(item_id=item_id, risk=Risk.A, by=listener)
    assert mails() == 1
    assert told() == ["FB words", "BA words", "AA judged"]
    life.join(item_id=item_id, by=lead)
    opened = dangers.checklist(item_id, seen_by=lead)
    assert opened is not None
    assert "helpline.item.risk-judged:words" in [event for _at, event, _who in opened.timeline]


def test_who_judged_lower_is_asked_again_by_the_gravest_words_alone() -> None:
    listener, begun = make_listener(), make_asking()
    accepted = accepting.accept(by=listener)
    assert accepted is not None
    say(begun, TONIGHT)
    with pytest.raises(DangerGoesOn):
        waiting.judge_risk(item_id=accepted.item, risk=Risk.C, by=listener)
    life.set_aside(item_id=accepted.item, why=NotADanger.SONG, by=listener)
    waiting.judge_risk(item_id=accepted.item, risk=Risk.C, by=listener)
    say(begun, "mon ami est suicidaire")
    assert Item.objects.get().risk == Risk.C
    say(begun, "jvais me suicider")
    assert Item.objects.get().risk == Risk.A
    assert told() == ["FA words", "AF judged", "FC judged", "CA words"]
    assert Item.objects.get().highest == Risk.C


def test_once_nobody_reads_words_that_are_not_said_lightly_raise_again() -> None:
    listener, begun = make_listener(), make_asking()
    waiting.judge_risk(item_id=Item.objects.get().id, risk=Risk.D, by=listener)
    say(begun, "je me scarifie")
    assert told() == ["FD judged", "DB words"]


def test_a_listeners_own_words_raise_nothing() -> None:
    listener, begun = make_listener(), make_asking()
    accepting.accept(by=listener)
    words = "Est-ce que tu penses au suicide ?"
    saying.answer(conversation_id=begun.id, text=words, client_id=uuid4(), by=listener)
    assert not told()


@pytest.mark.usefixtures("listener")
def test_it_is_confirmed_with_one_key_and_then_is_asked_no_more(client: Client) -> None:
    begun = make_asking()
    seated(client)
    client.post(f"{SEAT}next/")
    item = Item.objects.get(state=ItemState.HELD)
    asked = f'id="confirm-{item.id}"'
    assert asked not in client.get(f"{WORK}{item.id}/").text
    say(begun, TONIGHT)
    page = client.get(f"{WORK}{item.id}/").text
    assert asked in page
    assert 'data-key="c"' in page
    answer = client.post(f"{SEAT}{item.id}/life-danger/")
    assert answer["Location"] == f"{WORK}{item.id}/"
    item.refresh_from_db()
    assert (item.risk, item.risk_from, item.highest) == ("A", RiskFrom.JUDGED, "A")
    assert asked not in client.get(f"{WORK}{item.id}/").text


@pytest.mark.usefixtures("listener")
def test_what_words_only_mark_asks_for_no_key(client: Client) -> None:
    begun = make_asking()
    say(begun, "je sers à rien")
    seated(client)
    client.post(f"{SEAT}next/")
    item = Item.objects.get(state=ItemState.HELD)
    assert (item.risk, item.risk_from) == ("C", RiskFrom.WORDS)
    page = client.get(f"{WORK}{item.id}/").text
    assert "je sers à rien" in page
    assert f'id="confirm-{item.id}"' not in page
    say(begun, "on me frappe")
    assert f'id="confirm-{item.id}"' in client.get(f"{WORK}{item.id}/").text


@pytest.mark.safety
@pytest.mark.usefixtures("listener")
def test_the_words_are_marked_for_the_listener_and_never_for_the_young_person(
    client: Client,
) -> None:
    begun = make_asking()
    say(begun, "bonjour <i>j'ai envie de mourir</i> ce soir")
    seated(client)
    client.post(f"{SEAT}next/")
    page = client.get(f"{WORK}{Item.objects.get().id}/").text
    assert "<mark>ce soir</mark>" in page
    assert "veut mourir" in page
    assert "<i>j" not in page
    young = Client()
    young.cookies["talk"] = str(begun.token)
    theirs = young.get("/talk/", follow=True).text
    assert "envie de mourir" in theirs
    assert "<mark>" not in theirs
    assert "veut mourir" not in theirs


def test_nobody_confirms_without_an_account(client: Client) -> None:
    begun = make_asking()
    say(begun, TONIGHT)
    item = Item.objects.get()
    answer = client.post(f"/staff/helpline/wallboard/{item.id}/risk/", {"risk": "A"})
    assert answer.status_code in {302, 403}
    item.refresh_from_db()
    assert item.risk_from == RiskFrom.WORDS
