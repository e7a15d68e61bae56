"""A listener asks in the chat; the child opens their vault, chooses, and presses once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests import temporary
from tests.browser import Someone, press, ready, send
from tests.journeys.test_a_picture_is_shown import comes_in
from tests.journeys.test_the_vault_is_used import (
    ANOTHER,
    CODE,
    PHONE,
    chooses,
    goes,
    makes_a_vault,
    shown,
    unlocks,
)
from tests.journeys.test_the_vault_meets_trouble import error, writes_a_note
from tests.live import Live, centre

pytestmark = [pytest.mark.journey, pytest.mark.safety]

TALK = """
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.helpline.vault.tests.makers import talking
me = actor_of(Account.objects.get(email="listener@demonstration.example"))
begun, case = talking(me)
print(begun.token, begun.id, case)
"""
# A page of the public origin that is not the app asks the frame, as the vault does.
ASKS_THE_FRAME = """async () => {
    const frame = Object.assign(document.createElement("iframe"), { src: "/app/vault/handing/" });
    const { port1, port2 } = new MessageChannel();
    document.body.append(frame);
    await new Promise((done) => frame.addEventListener("load", done));
    frame.contentWindow.postMessage({ ask: "chat" }, "*", [port2]);
    return new Promise((done) => {
        port1.onmessage = () => done("answered");
        setTimeout(() => done("silent"), 2000);
    });
}"""
KEPT = """async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href,
])"""


@pytest.fixture(
    scope="module", params=["two origins", pytest.param("one", marks=pytest.mark.whole)]
)
def live(furnished: Path, request: pytest.FixtureRequest) -> Iterator[Live]:
    """Begin a centre whose app has an origin of its own, and one where it has not."""
    is_own = request.param != "one"
    app = f"http://127.0.0.1:{temporary.free_port()}" if is_own else ""
    with centre(furnished, **({"BALISE_APP_ADDRESS": app} if app else {})) as started:
        yield started


def talks(vault: Page, live: Live) -> tuple[Page, str, str]:
    """Open the room of a chat beside the vault; return its page, its conversation and its case."""
    token, conversation, case = live.balise("shell", "-v0", "-c", TALK).split()[-3:]
    vault.context.add_cookies([{"name": "talk", "value": token, "url": live.address}])
    room = vault.context.new_page()
    room.goto(f"{live.address}/fr/talk/room/")
    ready(room)
    return room, conversation, case


def opens(room: Page, code: str = CODE) -> Page:
    """Open the vault from the chat, in another tab."""
    with room.context.expect_page() as told:
        room.get_by_role("link", name="Ouvrir mon coffre").click()
    vault = told.value
    ready(vault)
    unlocks(vault, code)
    shown(vault, "chat")
    return vault


def shares(vault: Page) -> None:
    """Choose the first item, and press once."""
    vault.locator("[data-slot=items] label").first.click()
    send(vault.get_by_role("button", name="Partager ce que j’ai choisi"))


def unframed(route: Route) -> None:
    """Answer as a browser that keeps to no policy of frames: what the script checks is left."""
    answer = route.fetch()
    headers = answer.headers
    headers.pop("content-security-policy", None)
    route.fulfill(response=answer, headers=headers)


def is_asked(listener: Page, conversation: str) -> None:
    listener.goto(f"/staff/helpline/conversation/{conversation}/")
    press(listener, "Demander un partage depuis le coffre")
    expect(listener.get_by_role("button", name="Ne plus demander")).to_be_visible()


def test_one_press_shares_with_the_case_and_leaves_no_trace(someone: Someone, live: Live) -> None:
    first, listener = someone(base_url=live.app_address or live.address, **PHONE), someone()
    makes_a_vault(first)
    writes_a_note(first)
    room, conversation, case = talks(first, live)
    comes_in(listener, "listener")
    is_asked(listener, conversation)
    expect(room.get_by_text("On te demande : veux-tu partager").last).to_be_visible()
    vault = opens(room)
    asked: list[str] = []
    first.context.on("request", lambda request: asked.append(request.url))
    send(vault.get_by_role("button", name="Partager ce que j’ai choisi"))
    error(vault).to_contain_text("Choisis au moins un élément")
    shares(vault)
    shown(vault, "shares")
    expect(vault.get_by_text("Pas encore ouvert")).to_be_visible()
    live.drain()
    expect(room.get_by_text("nous est bien parvenu")).to_be_visible()
    expect(room.get_by_role("link", name="Ouvrir mon coffre")).to_have_count(0)
    send(listener.get_by_role("link", name="Le voir dans le dossier"))
    assert f"/cases/{case}/" in listener.url
    expect(listener.locator('a[href*="/vault/item/"]')).to_have_count(1)
    frames = [url for url in asked if url.endswith("/app/vault/handing/")]
    assert len(set(frames)) == 1, asked
    assert not [url for url in asked if "age1" in url or "?" in url.partition("/app/vault/")[2]]
    for page in (vault, room):
        assert "age1" not in page.evaluate(KEPT)
    # It served once.
    goes(vault, "chat", "chat")
    shares(vault)
    error(vault).to_contain_text("Personne ne te le demande, ou plus maintenant.")


def test_a_second_code_shows_the_same_and_an_empty_browser_says_so(
    someone: Someone, live: Live
) -> None:
    first, listener = someone(base_url=live.app_address or live.address, **PHONE), someone()
    makes_a_vault(first)
    first.get_by_role("link", name="Choisir un second code").click()
    chooses(first, ANOTHER)
    shown(first, "list")
    writes_a_note(first)
    room, conversation, _case = talks(first, live)
    comes_in(listener, "listener")
    is_asked(listener, conversation)
    forced = opens(room, ANOTHER)
    expect(forced.get_by_text("Ton coffre est vide.")).to_be_visible()
    says = forced.locator('[data-drawn="chat"] > p:visible').all_inner_texts()
    goes(forced, "", "list")
    press(forced, "Verrouiller")
    unlocks(forced)
    goes(forced, "chat", "chat")
    expect(forced.locator("[data-slot=items] input")).to_have_count(1)
    own = forced.locator('[data-drawn="chat"] > p:visible').all_inner_texts()
    assert [each for each in says if "vide" not in each] == own
    assert len(own) > 1
    # Who has no vault in this browser reads so, and the chat goes on.
    other = someone(**PHONE)
    cookies = [each for each in first.context.cookies() if each["name"] == "talk"]
    other.context.add_cookies([{"name": "talk", "value": cookies[0]["value"], "url": live.address}])
    other.goto("/fr/talk/room/")
    with other.context.expect_page() as told:
        other.get_by_role("link", name="Ouvrir mon coffre").click()
    expect(told.value.get_by_text("Il n’y a pas de coffre dans ce navigateur.")).to_be_visible()
    expect(told.value.get_by_role("link", name="Créer mon coffre")).to_be_visible()
    press(other, "Non, pas maintenant")
    expect(other.get_by_text("Rien ne sort de ton coffre.")).to_be_visible()
    expect(listener.get_by_text("Le jeune a refusé").first).to_be_visible()


def test_a_page_that_is_not_the_vault_is_told_nothing(someone: Someone, live: Live) -> None:
    first = someone(base_url=live.app_address or live.address, bypass_csp=True, **PHONE)
    listener = someone()
    makes_a_vault(first)
    writes_a_note(first)
    room, conversation, _case = talks(first, live)
    comes_in(listener, "listener")
    is_asked(listener, conversation)
    # Where there is one origin, every page of it is the app's: the same question has an answer.
    room.route("**/app/vault/handing/", unframed)
    assert room.evaluate(ASKS_THE_FRAME) == ("silent" if live.app_address else "answered")
    vault = opens(room)
    press(listener, "Ne plus demander")
    shares(vault)
    error(vault).to_contain_text("Personne ne te le demande, ou plus maintenant.")
