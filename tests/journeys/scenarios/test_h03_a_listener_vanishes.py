"""H3: the browser of a listener in a chat is killed while a second child waits.

A tab that is closed and a network that is lost are the same; a tab in the background and a web
process that begins again are not: the listener is there.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.faults import kill_web, line_to, own_browser
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.live import Live
from tests.waiting import let_pass

pytestmark = [
    pytest.mark.journey,
    pytest.mark.safety,
    pytest.mark.storm,
    pytest.mark.ticking,
    pytest.mark.usefixtures("nobody_waits"),
]

OTHER_COMES = "Quelqu’un d’autre de l’équipe arrive."
BEHIND = re.compile(r"avant toi\s?: 1\b")
GONE_FOR = 70.0  # seconds by the server's clock: longer than a vanished listener's place is kept
# A chat without danger waits a minute for a line that was cut; half more for a busy machine.
PROMISED = 90
SECONDS = """
from balise.helpline.conversations.models import Said
from balise.helpline.conversations.rules import ChatEventKind
from balise.helpline.queue.models import Seat
left = Said.objects.filter(kind=ChatEventKind.LEFT).latest("id")
seat = Seat.objects.filter(state="away").latest("heard_at")
print("SECONDS", (left.at - seat.heard_at).total_seconds())
"""
# A page in the background: its own clock is slowed down, as good as stopped.
STOPPED_CLOCK = """
const set = window.setTimeout;
window.setInterval = () => 0;
window.setTimeout = (work, after, ...more) => (after >= 1000 ? 0 : set(work, after, ...more));
"""


@pytest.fixture
def child(someone: Someone, live: Live) -> Page:
    """Give the page of a child who waits."""
    page = someone(viewport=PHONE)
    asks_for_a_chat(page, live)
    return page


@pytest.fixture
def colleague(someone: Someone) -> Iterator[Page]:
    """Give the page of another listener, in their seat and ready."""
    page = someone(viewport=DESK)
    enters(page, "helpline_lead")
    sits(page, "Psychologue")
    yield page
    page.goto("/staff/helpline/")
    send(page.get_by_role("button", name="Quitter mon poste"))


def takes(listener: Page, child: Page) -> None:
    """Sit, take who is next, and exchange a word with them."""
    enters(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    says(listener, "Je suis là avec toi.")
    expect(child.get_by_text("Je suis là avec toi.").first).to_be_visible()
    says(child, "J’ai peur.")
    expect(listener.locator(".message", has_text="J’ai peur.")).to_be_visible()


def reads_that_someone_comes(child: Page) -> None:
    expect(child.locator("[data-log] li", has_text=OTHER_COMES)).to_be_visible()
    expect(child.get_by_text("Tu es dans la salle d’attente")).to_be_visible()
    child.reload()
    expect(child.locator("[data-log] li", has_text=OTHER_COMES)).to_be_visible()


def seconds_alone(live: Live) -> float:
    """Return how long after the listener's last sign the child was told, by our own records."""
    return float(live.balise("shell", "-v0", "-c", SECONDS).split("SECONDS ")[1])


def stays(listener: Page, child: Page) -> None:
    """The listener is still in the conversation, and is heard."""
    expect(child.locator("[data-log] li", has_text=OTHER_COMES)).to_have_count(0)
    says(listener, "Je n’étais pas loin.")
    expect(child.get_by_text("Je n’étais pas loin.").first).to_be_visible()
    expect(child.locator("[data-log] li", has_text=OTHER_COMES)).to_have_count(0)


@pytest.mark.whole
def test_a_browser_is_killed_while_a_second_child_waits(
    someone: Someone, browser: Browser, live: Live, child: Page, colleague: Page
) -> None:
    with own_browser(browser, live, viewport=DESK) as killed:
        takes(killed.page, child)
        second = someone(viewport=PHONE)
        asks_for_a_chat(second, live, nickname="Loutre")
        expect(second.locator("[data-standing]")).to_contain_text("Personne n’est avant toi")
        plain = someone(viewport=PHONE, java_script_enabled=False)
        plain.context.add_cookies(child.context.cookies())  # the same child, without a script
        killed.kill()
    reads_that_someone_comes(child)
    assert seconds_alone(live) < PROMISED
    expect(second.locator("[data-standing]")).to_contain_text(BEHIND)
    plain.goto("/fr/talk/room/")
    expect(plain.locator("[data-log] li", has_text=OTHER_COMES)).to_be_visible()

    # The first is in front, and the next listener reads who said what.
    send(colleague.get_by_role("button", name="Personne suivante"))
    said = colleague.locator(".message")
    expect(said.filter(has_text="J’ai peur.")).to_contain_text("Renard")
    expect(said.filter(has_text="Je suis là avec toi.")).not_to_contain_text("Vous")
    says(colleague, "Je prends la suite.")
    expect(said.filter(has_text="Je prends la suite.")).to_contain_text("Vous")
    expect(child.locator(".message", has_text="Je prends la suite.")).to_be_visible()
    expect(child.get_by_text("Tu es dans la salle d’attente")).to_be_hidden()


def test_a_tab_is_closed(someone: Someone, live: Live, child: Page) -> None:
    listener = someone(viewport=DESK)
    takes(listener, child)
    listener.close()
    reads_that_someone_comes(child)
    assert seconds_alone(live) < PROMISED


@pytest.mark.whole
def test_a_network_is_lost_and_what_was_typed_stays(
    someone: Someone, live: Live, child: Page, colleague: Page
) -> None:
    with line_to(live) as line:
        listener = someone(viewport=DESK, base_url=line.address)
        takes(listener, child)
        listener.locator("[data-talk] textarea").fill("Je voulais te dire")
        line.go_silent()  # every connection stays open
        reads_that_someone_comes(child)
        assert seconds_alone(live) < PROMISED
        send(colleague.get_by_role("button", name="Personne suivante"))
        expect(colleague.locator(".message", has_text="J’ai peur.")).to_be_visible()
        listener.context.set_offline(True)
        line.speak_again()
        listener.context.set_offline(False)
        expect(listener.get_by_text("La conversation continue avec")).to_be_visible()
        expect(listener.locator("[data-talk] textarea")).to_have_value("Je voulais te dire")
        expect(listener.locator("[data-talk] textarea")).not_to_be_editable()


@pytest.mark.whole
def test_a_tab_in_the_background_is_a_listener_who_is_there(
    someone: Someone, live: Live, child: Page
) -> None:
    listener = someone(viewport=DESK)
    listener.add_init_script(STOPPED_CLOCK)
    takes(listener, child)
    other = listener.context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    let_pass(GONE_FOR)
    listener.bring_to_front()
    stays(listener, child)


@pytest.mark.whole
def test_a_web_process_that_is_killed_takes_nobody_away(
    someone: Someone, live: Live, child: Page
) -> None:
    listener = someone(viewport=DESK)
    takes(listener, child)
    kill_web(live)
    let_pass(GONE_FOR)
    stays(listener, child)
