"""A child talks with a listener: with a script, over a line that drops, and without any."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_the_app_offline import PUT, READ
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

SIT = """
from balise.foundation.accounts.models import Account
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.helpline.conversations import access
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.queue import access as queue
from balise.helpline.queue import queries
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Seat
from balise.helpline.queue.rules import WaitKind
from datetime import timedelta
from uuid import uuid4
listeners = Account.objects.filter(role="listener")
account = listeners.exclude(email="listener@demonstration.example").first()
me = Actor(ActorKind.STAFF, str(account.pk), frozenset({access.TALK, queue.READ, queue.WORK}))
seating.sit(skills=(), chat_cap=3, by=me)
Seat.objects.filter(account=me.key).update(heard_at=now() + timedelta(hours=1))  # as if it beat on
"""
ASK = """
print(saying.ask(nickname="Renard", language="fr").token)
"""
ACCEPT = """
one = Conversation.objects.filter(state=ConversationState.WAITING).latest("begun_at")
claiming.claim(item_id=queries.open_item(WaitKind.CHAT, one.id), by=me)
passing.join(conversation_id=one.id, by=me)
"""
ANSWER = """
one = Conversation.objects.filter(state=ConversationState.OPEN).latest("begun_at")
saying.answer(conversation_id=one.id, text="Je suis là pour toi.", client_id=uuid4(), by=me)
"""
LEAVE = "seating.stand(by=me)"
# What waits on the device: how many messages, whether one can be read there, and the key taken out.
WAITING = """async (text) => {
    const got = (asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)));
    const within = async (name) => {
        const base = await got(indexedDB.open("outbox", 1));
        const found = await got(base.transaction(name).objectStore(name).getAll());
        base.close();
        return found;
    };
    let all = [];
    for (let tries = 0; tries < 600 && !all.length; tries += 1) {
        all = await within("waits");
        await new Promise(requestAnimationFrame);
    }
    const [key] = await within("keys");
    const words = all.map(({ data }) => new TextDecoder().decode(data)).join();
    return { waits: all.length, read: words.includes(text), out: key.extractable };
}"""
GONE = """async () => {
    const names = async () => (await indexedDB.databases()).map(({ name }) => name);
    for (let tries = 0; tries < 600; tries += 1) {
        if (!(await names()).includes("outbox")) return true;
        await new Promise(requestAnimationFrame);
    }
    return false;
}"""


def listener(live: Live, *steps: str) -> str:
    """Let a listener do something, as the console does; return what is printed.

    It is a colleague of the one whom a browser enters as, so that none has the other's contacts.
    """
    return live.balise("shell", "-v0", "-c", "\n".join((SIT, *steps)))


@pytest.fixture(autouse=True)
def _leaves_again(live: Live) -> Iterator[None]:
    """Leave the seat: whoever listens next in this house is alone in it."""
    yield
    listener(live, LEAVE)


def asks(page: Page, live: Live) -> None:
    """Come back with a code to a conversation that waits: that works at any hour of the night."""
    code = listener(live, ASK).split()[-1]
    page.goto("/fr/talk/")
    expect(page.get_by_role("heading", name="Parler à quelqu’un")).to_be_visible()
    page.get_by_role("link", name="J’ai un code").click()
    page.get_by_label("Ton code").fill(code)
    send(page.get_by_role("button", name="Ouvrir la conversation"))
    expect(page.get_by_role("heading", name="Tu es dans la salle")).to_be_visible()


def says(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Message").fill(words)
    send(page.get_by_role("button", name="Envoyer"))


def test_with_a_script_and_a_line_that_drops(page: Page, live: Live) -> None:
    asks(page, live)
    page.evaluate(PUT)
    says(page, "Bonjour")
    expect(page.locator(".message", has_text="Bonjour").locator(".delivery")).to_have_text("reçu")
    listener(live, ACCEPT, ANSWER)
    expect(page.get_by_text("Je suis là pour toi.")).to_have_count(1)
    page.context.set_offline(True)
    says(page, "On me fait peur")
    expect(page.get_by_text("Pas de connexion")).to_be_visible()
    assert page.evaluate(WAITING, "On me fait peur") == {"waits": 1, "read": False, "out": False}
    page.context.set_offline(False)
    mark = page.locator(".message", has_text="On me fait peur").locator(".delivery")
    expect(mark).to_have_text("reçu")
    page.reload()
    expect(page.locator(".message", has_text="On me fait peur")).to_have_count(1)
    page.get_by_role("link", name="Terminer").click()
    send(page.get_by_role("button", name="Terminer et tout effacer"))
    expect(page.get_by_role("heading", name="Merci de nous avoir parlé")).to_be_visible()
    assert page.evaluate(GONE)
    assert page.evaluate(READ) == "proof"  # the vault stays
    page.goto("/fr/talk/room/")
    assert "On me fait peur" not in page.content()


def test_without_a_script(someone: Someone, live: Live) -> None:
    page = someone(java_script_enabled=False)
    asks(page, live)
    page.get_by_role("link", name="Écrire un message").click()
    says(page, "Bonjour")
    expect(page.locator(".message", has_text="Bonjour")).to_be_visible()
    listener(live, ACCEPT, ANSWER)
    expect(page.get_by_text("Je suis là pour toi.")).to_be_visible()
