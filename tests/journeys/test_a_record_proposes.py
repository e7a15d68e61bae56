"""A record proposes from what was done; a listener confirms, refuses, and takes back by hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]


ASK = "Demander un retrait"


def of(field: str, value: str) -> str:
    return f"[data-side] [name=record-{field}][value='{value}']"


def saves(page: Page, choice: str, *, checked: bool = True) -> None:
    """Press a choice, or press it away, and wait until the record is saved so."""
    with page.expect_response(lambda answer: answer.url.endswith("/save/") and answer.ok):
        page.locator(choice).set_checked(checked)


def meets(child: Page, listener: Page, live: Live) -> None:
    """Let a listener take a young person who chats."""
    enters(listener, "listener")
    sits(listener, "Psychologue")
    asks_for_a_chat(child, live, nickname="Renard")
    listener.goto("/staff/helpline/console/")
    send(listener.get_by_role("button", name="Personne suivante").first)
    expect(listener.locator("h1")).to_contain_text("Renard")


def test_what_was_done_proposes_its_outcome(someone: Someone, live: Live) -> None:
    child, listener = someone(viewport=PHONE), someone()
    meets(child, listener, live)
    says(child, "J’ai 13 ans, ils se moquent de moi")
    expect(listener.locator("[data-proposal='topics:cyberbullying']")).to_be_visible()
    # What is done proposes an outcome; more of it, another; contrary deeds, none.
    saves(listener, of("actions_taken", "resources"))
    expect(listener.locator("[data-proposal='outcome:advised']")).to_be_visible()
    saves(listener, of("actions_taken", "police"))
    expect(listener.locator("[data-proposal='outcome:referred']")).to_be_visible()
    expect(listener.locator("[data-proposal='outcome:advised']")).to_have_count(0)
    saves(listener, of("actions_taken", "removal"))
    expect(listener.locator("[data-proposal^='outcome:']")).to_have_count(0)
    listener.locator(of("actions_taken", "removal")).uncheck()
    expect(listener.locator("[data-proposal='outcome:referred']")).to_be_visible()
    # One key confirms all of it, and leads to what nothing proposes.
    listener.keyboard.press("F4")
    expect(listener.locator(of("outcome", "referred"))).to_be_checked()
    expect(listener.locator(of("topics", "cyberbullying"))).to_be_checked()
    expect(listener.locator("#proposals")).to_be_hidden()
    expect(listener.locator("[name=record-summary]")).to_be_focused()
    # What is done after that proposes another beside it, which a yes alone puts in its place.
    saves(listener, of("actions_taken", "police"), checked=False)
    expect(listener.locator("[data-proposal='outcome:advised']")).to_be_visible()
    expect(listener.locator(of("outcome", "referred"))).to_be_checked()
    send(listener.locator("[data-proposal='outcome:advised'] button[name=yes]"))
    expect(listener.locator(of("outcome", "advised"))).to_be_checked()
    expect(
        listener.locator("#saved [name=record-confirmed][value='outcome:advised']")
    ).to_have_count(1)
    saves(listener, of("actions_taken", "police"))
    expect(listener.locator("[data-proposal='outcome:referred']")).to_be_visible()
    listener.keyboard.press("F4")
    expect(listener.locator(of("outcome", "referred"))).to_be_checked()
    expect(
        listener.locator("#saved [name=record-confirmed][value='outcome:referred']")
    ).to_have_count(1)
    # In the place of one that is set by hand, none is.
    saves(listener, of("outcome", "listened"))
    expect(listener.locator("[name=record-confirmed]")).to_have_count(0)
    saves(listener, of("actions_taken", "police"), checked=False)
    saves(listener, of("actions_taken", "police"))
    saves(listener, of("child_gender", "boy"))
    expect(listener.locator("[data-proposal]")).to_have_count(0)
    saves(listener, of("outcome", "referred"))
    # Taken back by hand, it is not proposed again: nor after the page is opened anew.
    saves(listener, of("outcome", ""))
    saves(listener, of("child_gender", "girl"))
    expect(
        listener.locator("#saved [name=record-refused][value='outcome:referred']")
    ).to_have_count(1)
    expect(listener.locator("[data-proposal]")).to_have_count(0)
    listener.reload()
    expect(listener.locator(of("child_gender", "girl"))).to_be_checked()
    expect(listener.locator(of("outcome", "referred"))).not_to_be_checked()
    expect(listener.locator("[data-proposal]")).to_have_count(0)


@pytest.mark.whole
def test_a_removal_says_what_it_lacks_and_a_key_wraps_up_from_no_field(
    someone: Someone, live: Live
) -> None:
    child, listener = someone(viewport=PHONE), someone(viewport=DESK)
    meets(child, listener, live)
    says(child, "Ils se moquent de moi")
    expect(listener.locator(".dialogue")).to_contain_text("Ils se moquent de moi")
    # The form in the fold says what the platform still needs, each time that it changes.
    fold = listener.locator("[data-fold]", has=listener.locator("summary", has_text=ASK)).last
    fold.locator("summary").first.click()
    fold.locator("[name=url]").fill("https://papotin.example/compte")
    needs = fold.locator("#completeness")
    expect(needs).not_to_contain_text("points sur 100")
    fold.locator("[name=kind]").select_option("account")
    expect(needs).to_contain_text("points sur 100")
    before = needs.inner_text()
    fold.locator("[name=words]").fill("Un faux compte se moque de moi.")
    fold.locator("[name=offence]").select_option("harassment")
    expect(needs).not_to_have_text(before)
    expect(needs).to_contain_text("points sur 100")

    # A key wraps up from the title and from the conversation; from words elsewhere it does nothing.
    asked: list[str] = []
    listener.on("request", lambda one: asked.append(one.url) if "wrap-up" in one.url else None)
    fold.locator("[name=words]").press("Control+Enter")
    for place in ("h1", ".dialogue"):
        listener.locator(place).first.click()
        with listener.expect_navigation():
            listener.keyboard.press("Control+Enter")
        expect(listener.locator("[data-summary]").first).to_contain_text("Choisissez")
    assert len(asked) == 2
