"""H8: a child on a shared telephone leaves from every page; nothing of ours is drawn after that.

Back, Forward, reload, “send again” and the browser's own history lead to the plain page, with and
without JavaScript; what the child chose to keep elsewhere on the site is still there.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import PHONE, says
from tests.journeys.test_quick_exit import cookies_of_ours, with_a_neighbour
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.safety]

AWAY = re.compile(r"^https://www\.meteofrance\.com/")
WORDS = "On se moque de moi tous les jours"


@dataclass
class Codes:
    """Codes of conversations that wait, and of removals that are under way; each serves once."""

    chats: list[str]
    removals: list[str]


_MADE = """
import json
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.encryption.worded import shown
from balise.helpline.conversations.actions import saying as chats
from balise.helpline.removals import access
from balise.helpline.removals.actions import asking
from balise.helpline.removals.models import Request
who = Actor(ActorKind.STAFF, str(__import__("uuid").UUID(int=1)), frozenset({access.WORK}))
print("CODES", json.dumps({
    "chats": [shown(chats.ask(nickname="Renard").token) for _ in range(16)],
    "removals": [
        shown(asking.renew_code(request_id=one.id, by=who)) for one in Request.objects.all()[:2]
    ],
}))
"""


@pytest.fixture(scope="module")
def codes(live: Live) -> Codes:
    """All of them, made at once: a command takes seconds to start."""
    return Codes(**json.loads(live.balise("shell", "-v0", "-c", _MADE).split("CODES ")[1]))


def opens(page: Page, path: str, code: str) -> None:
    """Open something with its code."""
    page.goto(path)
    page.get_by_label("code").fill(code)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


type Reach = Callable[[Page, Codes], None]


def goes(path: str) -> Reach:
    return lambda page, _codes: page.goto(path) and None


def sends(page: Page, name: str) -> None:
    """Press a button of the page's own forms by its name, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def report_where(page: Page, _codes: Codes) -> None:
    page.goto("/fr/report/")
    page.get_by_label("Adresse de la page").fill("https://photos.example/1")
    sends(page, "Continuer")


def report_danger(page: Page, codes: Codes) -> None:
    report_where(page, codes)
    page.locator("label[for=id_danger]").click()
    page.locator("[name=description]").fill(WORDS)
    sends(page, "Continuer")
    expect(page.get_by_text("Quelqu’un en danger maintenant")).to_be_visible()


def report_sent(page: Page, codes: Codes) -> None:
    report_danger(page, codes)
    sends(page, "Envoyer mon signalement")
    expect(page.locator("#code")).to_be_visible()


def report_followed(page: Page, codes: Codes) -> None:
    report_sent(page, codes)
    page.goto("/fr/follow/")


def report_sent_back(page: Page, _codes: Codes) -> None:
    page.goto("/fr/report/")
    page.get_by_label("Adresse de la page").fill(WORDS)
    sends(page, "Continuer")


def chat(page: Page, codes: Codes) -> None:
    opens(page, "/fr/talk/resume/", codes.chats.pop())
    page.wait_for_url("**/talk/room/")


def chat_written(page: Page, codes: Codes) -> None:
    chat(page, codes)
    if page.locator("[data-form]").is_hidden():  # without script
        page.goto("/fr/talk/room/?write")
    says(page, WORDS)
    expect(page.locator("[data-log]").get_by_text(WORDS)).to_be_visible()


def chat_danger(page: Page, codes: Codes) -> None:
    chat(page, codes)
    sends(page, "Je suis en danger maintenant")


def chat_code(page: Page, codes: Codes) -> None:
    chat(page, codes)
    page.locator(".chat-more > summary").click()
    sends(page, "Revenir plus tard avec un code")
    expect(page.locator(".receipt.code")).to_be_visible()


def chat_ends(page: Page, codes: Codes) -> None:
    chat(page, codes)
    page.goto("/fr/talk/end/")


def chat_ended(page: Page, codes: Codes) -> None:
    chat_ends(page, codes)
    with page.expect_navigation():
        page.locator("button[value=end]").click()


def chat_code_mistyped(page: Page, _codes: Codes) -> None:
    opens(page, "/fr/talk/resume/", WORDS)


def written(page: Page, _codes: Codes) -> None:
    page.goto("/fr/write/")
    page.locator("textarea[name=text]").fill(WORDS)
    sends(page, "Envoyer")
    expect(page.get_by_text(WORDS)).to_be_visible()


def written_and_sent_back(page: Page, _codes: Codes) -> None:
    page.goto("/fr/write/")
    page.locator("textarea[name=text]").fill(WORDS)
    page.locator("[name=email]").fill("pas une adresse")
    sends(page, "Envoyer")
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)


def written_and_closed(page: Page, codes: Codes) -> None:
    written(page, codes)
    with page.expect_navigation():
        page.locator("button[value=leave]").click()


def call_back_sent_back(page: Page, _codes: Codes) -> None:
    page.goto("/fr/call-back/")
    page.locator("[name=number]").fill("pas un numéro")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def removal_followed(page: Page, codes: Codes) -> None:
    opens(page, "/fr/removal/", codes.removals.pop())
    expect(page.get_by_role("heading", level=1)).to_have_text("Où en est ta demande")


def call_back_in_danger(page: Page, _codes: Codes) -> None:
    page.goto("/fr/call-back/")
    page.locator("[name=number]").fill("01 99 00 00 01")
    for name, place in (("day", -1), ("since", 1), ("until", -1)):
        choices = page.locator(f"[name={name}] option")
        value = choices.nth(place).get_attribute("value")
        page.locator(f"[name={name}]").select_option(value)
    page.locator("[name=words]").fill("je veux mourir ce soir")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("On t’appellera avant tous les autres")).to_be_visible()


def story_played(page: Page, _codes: Codes) -> None:
    page.goto("/fr/stories/ca-circule/")
    sends(page, "Commencer")
    send(page.locator("[name=choice]").first)
    expect(page.get_by_role("heading", name="Scène 2")).to_be_visible()


def quiz_answered(page: Page, _codes: Codes) -> None:
    page.goto("/fr/quizzes/11-13/")
    sends(page, "Commencer")
    sends(page, "Passer cette question")


def charter_made(page: Page, _codes: Codes) -> None:
    page.goto("/fr/charter/make/")
    page.get_by_text("8 à 10", exact=False).click()
    page.get_by_text("Mieux dormir").click()
    send(page.get_by_role("button", name="Choisir des règles"))
    expect(page.locator("input[name=children]").first).to_be_attached()


def survey_answered(page: Page, _codes: Codes) -> None:
    page.goto("/fr/surveys/")
    page.get_by_role("link", name="Voir l’enquête").first.click()
    sends(page, "Commencer")
    page.locator("main label").first.click()
    sends(page, "Suivante")


STATES: dict[str, Reach] = {
    "home": goes("/fr/"),
    "leaving": goes("/fr/leaving/"),
    "privacy": goes("/fr/privacy/"),
    "a form": goes("/fr/report/"),
    "a form that was sent back": report_sent_back,
    "the second step": report_where,
    "the third step, in danger": report_danger,
    "the receipt": report_sent,
    "a report that is followed": report_followed,
    "thanks": goes("/fr/report/sent/?now"),
    "the start of the chat": goes("/fr/talk/"),
    "the waiting room": chat,
    "a chat with words": chat_written,
    "the numbers": chat_danger,
    "the code of the chat": chat_code,
    "the end of the chat": chat_ends,
    "after the chat": chat_ended,
    "a code mistyped": chat_code_mistyped,
    "what was written": written,
    "what was written and sent back": written_and_sent_back,
    "what was written and closed": written_and_closed,
    "a call-back that was sent back": call_back_sent_back,
    "a call-back in danger": call_back_in_danger,
    "a removal": removal_followed,
    "a story that is played": story_played,
    "a quiz that is answered": quiz_answered,
    "a charter that is made": charter_made,
    "a survey that is answered": survey_answered,
    "questions that are over": goes("/fr/after/nothing/"),
    "no page": goes("/fr/nowhere/"),
    "an address that only takes forms": goes("/fr/talk/say/"),
}


# Each kind of page, and each way to leave it.
AT_THE_GATE = {
    *((state, True) for state in ("home", "the third step, in danger", "the waiting room")),
    *((state, False) for state in ("a form that was sent back", "the receipt", "a removal")),
    *(("a chat with words", script) for script in (True, False)),
}


def nothing_is_drawn(page: Page) -> None:
    """Nothing of ours stands on the page: not a word, not the title."""
    assert "Balise" not in page.title()
    drawn = page.content()
    for ours in ("quick-exit", WORDS, "photos.example", "3018"):
        assert ours not in drawn, page.url


def is_shut(page: Page, move: Callable[[], object]) -> None:
    """Move in the history; where the browser asks whether to send again, say yes."""
    try:
        move()
    except Error as refused:  # what a form drew: the browser asks whether to send it again
        if "ERR_CACHE_MISS" not in str(refused):
            raise
    nothing_is_drawn(page)
    if not AWAY.match(page.url) and page.url != "about:blank":
        page.reload()
        expect(page.get_by_role("heading", name="Beau temps")).to_be_visible()
        nothing_is_drawn(page)


@pytest.mark.parametrize(
    ("state", "script"),
    [
        pytest.param(
            *(state, script),
            id=f"{state}, {'with' if script else 'without'} script",
            marks=() if (state, script) in AT_THE_GATE else pytest.mark.whole,
        )
        for state in STATES
        for script in (True, False)
    ],
)
def test_nothing_comes_back(
    someone: Someone, live: Live, codes: Codes, state: str, *, script: bool
) -> None:
    child = someone(viewport=PHONE, java_script_enabled=script)
    with_a_neighbour(child)
    child.goto("/fr/")
    STATES[state](child, codes)
    left = child.url
    button = child.get_by_role("link", name="Quitter vite")
    expect(button).to_be_in_viewport()
    button.click()
    expect(child.get_by_role("heading", name="Beau temps")).to_be_visible()
    # The beacon's answer may come after the page where one is away.
    until(lambda: cookies_of_ours(child.context, live.address) <= {"away", "left"})
    for _press in range(2):
        is_shut(child, child.go_back)
        is_shut(child, child.reload)
    for _press in range(2):
        is_shut(child, child.go_forward)
    # The browser's own list of pages, and the other language.
    for address in (left, left.replace("/fr/", "/en/")):
        child.goto(address)
        assert AWAY.match(child.url)


def test_what_a_child_keeps_stays_and_what_pages_keep_goes(someone: Someone, codes: Codes) -> None:
    child = someone(viewport=PHONE)
    with_a_neighbour(child)
    chat(child, codes)
    child.evaluate(
        """() => new Promise((done) => {
            localStorage.setItem("vault", "chosen");
            sessionStorage.setItem("talk-1", "words");
            const asked = indexedDB.open("vault", 1);
            asked.onsuccess = () => { asked.result.close(); done(); };
        })"""
    )
    address = child.url
    for _press in range(3):
        child.keyboard.press("Shift")
    expect(child.get_by_role("heading", name="Beau temps")).to_be_visible()
    # The beacon's answer may come after the page where one is away.
    until(lambda: cookies_of_ours(child.context, address) == {"away", "left"})
    child.goto("/")
    expect(child.get_by_role("heading", level=1)).to_be_visible()
    assert child.evaluate("Object.keys(sessionStorage)") == []
    assert child.evaluate("localStorage.getItem('vault')") == "chosen"
    names = child.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    assert names == ["vault"]
    child.goto(address)
    assert child.url.endswith("/fr/talk/")  # the code is no longer on this device


@pytest.mark.whole
def test_a_page_that_the_browser_held_in_memory_leaves_too(someone: Someone) -> None:
    child = someone(viewport=PHONE)
    with_a_neighbour(child)
    child.goto("/fr/privacy/")
    child.evaluate(
        """() => {
            document.cookie = "away=1; path=/; max-age=300; samesite=strict";
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    expect(child.get_by_role("heading", name="Beau temps")).to_be_visible()


def databases(page: Page) -> list[str]:
    """Return the names of the databases that a browser has of ours."""
    found: list[str] = page.evaluate(
        "async () => (await indexedDB.databases()).map(({ name }) => name)"
    )
    return found


@pytest.mark.whole
def test_what_ended_leaves_nothing_in_the_tab(someone: Someone, codes: Codes) -> None:
    child = someone(viewport=PHONE)
    chat(child, codes)
    child.evaluate("sessionStorage.setItem('vault', 'chosen')")
    child.locator("[data-talk] textarea").fill("Je commence une phrase")
    assert "outbox" in databases(child)  # where what was not sent waits, encrypted
    child.goto("/fr/talk/end/")
    with child.expect_navigation():
        child.locator("button[value=erase]").click()
    expect(child.locator("[data-forget]")).to_be_visible()
    child.wait_for_function("Object.keys(sessionStorage).join() === 'vault'")
    assert "outbox" not in databases(child)
