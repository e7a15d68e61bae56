"""What a child reads is so: how long one waits, what a code opens, and who they are."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import enters, says, sits
from tests.journeys.test_a_child_talks import ACCEPT, LEAVE, listener
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

BLOCKED = """
from balise.foundation.encryption.worded import in_words
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk
one = saying.ask(nickname="Loutre", language="fr", is_life_danger=True)
Seat.objects.exclude(account=me.key).update(state="away")
claiming.claim(item_id=queries.open_item(WaitKind.CHAT, one.id), by=me)
passing.join(conversation_id=one.id, by=me)
print(in_words(saying.ask(nickname="Renard", language="fr").token, "fr"))
"""
PROPOSED = """
from balise.helpline.queue.actions import dangers as life
from balise.helpline.queue.queries import dangers as of
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.dangers import Outcome
one = of.all_on()[-1].item
life.propose_end(item_id=one, outcome=Outcome.SAFER, risk=Risk.C, told="Sa mère est là.", by=me)
"""
# How often a screen reader is told of the waiting time: each change of the live paragraph.
WATCH = """() => {
    window.told = 0;
    const status = document.querySelector("[data-standing]");
    new MutationObserver(() => (window.told += 1)).observe(status, {
        childList: true, characterData: true, subtree: true });
}"""
WRITTEN = """
from balise.foundation.encryption.worded import in_words, new_worded
from balise.helpline.channels.actions import receiving
from balise.helpline.channels.rules import Audience, Safety
code = new_worded()
receiving.begin(token=code, message_id=uuid4(), text="On se moque de moi.", audience=Audience.YOUNG,
    email="", safety=Safety.SHARED, language="fr")
print(in_words(code, "fr"))
"""
ENDED = """
from balise.foundation.encryption.worded import in_words
one = saying.ask(nickname="Renard", language="fr", is_life_danger=True)
claiming.claim(item_id=queries.open_item(WaitKind.CHAT, one.id), by=me)
passing.join(conversation_id=one.id, by=me)
saying.say(token=one.token, text="Ma vieille histoire", client_id=uuid4())
passing.end_own(token=one.token)
print(in_words(one.token, "fr"))
"""
AGAIN = """
from balise.helpline.conversations.queries.earlier import before
from balise.helpline.queue.queries import dangers as of
one = Conversation.objects.latest("begun_at")
found = before(one.id)
print(found.how if found else "nobody", of.on_about(one.id) is not None)
"""


@pytest.fixture(autouse=True)
def _leaves_again(live: Live) -> Iterator[None]:
    yield
    listener(live, LEAVE)


def last(printed: str) -> str:
    return printed.strip().splitlines()[-1]


def opens(page: Page, code: str, door: str) -> None:
    page.goto(door)
    page.get_by_role("textbox").first.fill(code)
    send(page.locator("main form button[type=submit]").first)


def test_where_every_seat_is_blocked_nothing_is_promised_and_it_is_said_once(
    page: Page, live: Live
) -> None:
    code = last(listener(live, BLOCKED))
    page.clock.install()
    opens(page, code, "/fr/talk/resume/")
    expect(page.get_by_role("heading", name="Personne n’est disponible", level=1)).to_be_visible()
    status = page.locator("[data-standing]")
    expect(status).to_contain_text("On ne sait pas encore combien de temps")
    page.evaluate(WATCH)
    for _quarter in range(4):
        with page.expect_response("**/talk/seen/"):
            page.clock.fast_forward(16_000)
    assert page.evaluate("window.told") == 0
    listener(live, PROPOSED)
    with page.expect_response("**/talk/seen/"):
        page.clock.fast_forward(16_000)
    expect(status).to_contain_text("Personne n’est avant toi")
    expect(page.get_by_text("bientôt")).to_have_count(0)


def test_a_code_finds_its_way_from_a_door_that_is_not_its_own(page: Page, live: Live) -> None:
    code = last(listener(live, WRITTEN))
    for door in ("/fr/talk/resume/", "/fr/removal/", "/fr/follow/", "/fr/lab/follow/"):
        opens(page, code, door)
        expect(page).to_have_url(re.compile("/fr/write/read/$"))
        expect(page.get_by_text("On se moque de moi.")).to_be_visible()
        page.context.clear_cookies()
    words = code.split()
    opens(page, " ".join(words[:7]), "/fr/follow/")
    expect(page.locator("main").get_by_text("Un code a 8 mots").first).to_be_visible()
    opens(page, " ".join([words[1], words[0], *words[2:]]), "/fr/lab/follow/")
    expect(page.locator("main").get_by_text("Ce code n’ouvre rien").first).to_be_visible()
    send(page.get_by_role("button", name=code))
    expect(page.get_by_text("On se moque de moi.")).to_be_visible()


@pytest.mark.whole
def test_the_same_browser_is_proposed_to_the_listener_and_the_writer_reads_nothing_of_it(
    someone: Someone, live: Live
) -> None:
    listener(live, "")
    child, staff = someone(), someone(bypass_csp=True)
    child.goto("/fr/talk/")
    send(child.get_by_role("button", name="Commencer"))
    says(child, "Ma vieille histoire")
    expect(child.locator(".message .delivery")).to_have_text("reçu")
    listener(live, ACCEPT, "passing.end(conversation_id=one.id, by=me)")
    expect(child.get_by_text("terminée").first).to_be_visible()
    child.goto("/fr/talk/")  # without the code, on the same telephone
    send(child.get_by_role("button", name="Commencer"))
    expect(child.locator("[data-talk]")).to_be_visible()
    assert last(listener(live, AGAIN)) == "browser False"
    expect(child.get_by_text("Ma vieille histoire")).to_have_count(0)
    enters(staff, "listener")
    sits(staff, "Psychologue")
    send(staff.get_by_role("button", name="Personne suivante"))
    expect(staff.get_by_text("Ma vieille histoire")).to_have_count(0)
    expect(staff.get_by_text("même navigateur").first).to_be_visible()


def test_the_code_of_an_ended_chat_is_the_same_child_and_another_browser_is_not(
    someone: Someone, live: Live
) -> None:
    code = last(listener(live, ENDED))
    child, other = someone(), someone()
    opens(child, code, "/fr/talk/resume/")
    child.get_by_role("link", name="Commencer une nouvelle conversation").click()
    expect(child.get_by_role("heading", name="Parler à quelqu’un")).to_be_visible()
    send(child.get_by_role("button", name="Commencer"))
    expect(child.locator("[data-talk]")).to_be_visible()
    assert last(listener(live, AGAIN)) == "code True"
    other.goto("/fr/talk/")
    send(other.get_by_role("button", name="Commencer"))
    expect(other.locator("[data-talk]")).to_be_visible()
    assert last(listener(live, AGAIN)) == "nobody False"
    expect(other.get_by_text("Ma vieille histoire")).to_have_count(0)
