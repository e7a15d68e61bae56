"""A family makes a charter, tries it, and opens it again: without a script, and with one.

Without one it works all the same, and the pages say that the answers travel. With one, a recorder
of all that the browser sends finds no answer in it; and what is kept goes when one leaves quickly.
"""

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from balise.awareness.activities.charter.rules import files
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.rules.picks import Standing
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import findings
from tests.journeys.test_quick_exit import is_away, with_a_neighbour

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 780}
TITLE, OWN, WHY = "Les Renards", "On demande avant une photo de moi.", "Mes amis jouent."
TODAY = date(2026, 11, 27)
HELD = "charter-here"
MOST_TABS = 400
CODES = {each.code for each in bank("fr").practices}


def chosen(page: Page) -> list[str]:
    """Tick three rules of the open theme for the children, the first for the parents too."""
    boxes = page.locator("details[open] input[name=children]")
    codes = [str(boxes.nth(nth).get_attribute("value")) for nth in range(3)]
    for code in codes:
        page.locator(f"input[name=children][value='{code}']").check()
    page.locator(f"[data-code='{codes[0]}'] input[name=parents]").check()
    return codes


@pytest.mark.whole
def test_without_a_script_the_answers_travel_and_are_not_kept(
    someone: Someone, tmp_path: Path
) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False, accept_downloads=True)
    page.goto("/fr/charter/")
    expect(page.get_by_text("elles sont calculées, et pas gardées")).to_be_visible()
    page.get_by_role("link", name="Commencer").click()
    page.get_by_text("8 à 10", exact=False).click()
    page.get_by_text("Mieux dormir").click()
    send(page.get_by_role("button", name="Choisir des règles"))
    codes = chosen(page)
    send(page.get_by_role("button", name="Passer l’écran à l’enfant"))

    expect(page.get_by_role("heading", level=1)).to_have_text("C’est ton tour")
    send(page.locator(f"button[value='up:{codes[1]}']"))
    send(page.locator(f"button[value='no:{codes[2]}']"))
    page.locator(f"input[name='why-{codes[2]}']").fill(WHY)
    page.get_by_label("Écris-la ici").fill(OWN)
    send(page.get_by_role("button", name="J’ai fini, on en parle"))

    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.locator("[data-list=ranked] li").first).to_contain_text(words(codes[1]))
    send(page.get_by_role("button", name="Voir la charte"))
    sheet = page.locator(".charter-sheet")
    expect(sheet).to_contain_text("À l’essai jusqu’au")
    expect(sheet).to_contain_text(OWN)
    page.get_by_label("Un titre, si vous voulez").fill(TITLE)
    send(page.get_by_role("button", name="Mettre ce titre"))
    expect(sheet.get_by_role("heading")).to_have_text(TITLE)

    for button, ends in (("Papier à imprimer", "pdf"), ("Les jours pour en reparler", "ics")):
        with page.expect_download() as given:
            page.get_by_role("button", name=button).click()
        assert given.value.suggested_filename == f"charte-de-famille.{ends}"
    with page.expect_download() as given:
        page.get_by_role("button", name="Garder le fichier").click()
    given.value.save_as(tmp_path / "charte.json")
    charter = files.read((tmp_path / "charte.json").read_bytes())
    assert charter.picks[codes[2]].standing is Standing.TRIAL

    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/charter/")
    page.get_by_label("Le fichier de votre charte").set_input_files(tmp_path / "charte.json")
    send(page.get_by_role("button", name="Ouvrir le fichier"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre charte, quelque temps après")
    page.locator(f"label[for='kept-{codes[0]}']").click()
    send(page.get_by_role("button", name="Parler des autres"))
    expect(page.locator(".charter-deal")).to_have_count(3)


def words(code: str) -> str:
    """Return a rule in words, for adults and in French."""
    practice = bank("fr").practice(code)
    assert practice is not None
    return practice.says.in_language("fr")


class Recorder:
    """All that a browser sends, told apart: what is asked for, and what is sent."""

    def __init__(self, page: Page) -> None:
        self.sent: list[tuple[str, str]] = []
        self.asked: list[str] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)
        if request.post_data:
            self.sent.append((request.url, request.post_data))


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus: nothing is pressed or pointed at."""
    wanted.wait_for()
    for _nth in range(MOST_TABS):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not come to it")


def press_on(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Come to something with the keyboard and press a key there."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def chosen_by_keyboard(page: Page) -> list[str]:
    """Say who the family is, and choose three rules."""
    press_on(page, page.locator("#band-8-10"), "Space")
    press_on(page, page.locator("#aim-sleep"), "Space")
    press_on(page, page.get_by_role("button", name="Choose rules"))
    boxes = page.locator("details[open] input[name=children]")
    expect(boxes.first).to_be_visible()
    codes = [str(boxes.nth(nth).get_attribute("value")) for nth in range(3)]
    for code in codes:
        press_on(page, page.locator(f"input[name=children][value='{code}']"), "Space")
    assert findings(page) == []
    press_on(page, page.get_by_role("button", name="Hand the screen to the child"))
    return codes


def turned_by_keyboard(page: Page, codes: list[str]) -> None:
    """Put the second rule first, refuse the third, and write one."""
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    up = page.locator(f"button[value='up:{codes[1]}']")
    press_on(page, up)
    expect(up).to_be_focused()
    expect(page.locator("[data-list=ranked] li").first).to_have_attribute("data-code", codes[1])
    press_on(page, page.locator(f"button[value='no:{codes[2]}']"))
    tab_to(page, page.locator(f"[name='why-{codes[2]}']"))
    page.keyboard.type(WHY)
    tab_to(page, page.get_by_label("Write it here"))
    page.keyboard.type(OWN)
    press_on(page, page.get_by_role("button", name="Add my rule"))
    expect(page.locator("[data-list=ranked]")).to_contain_text(OWN)
    assert findings(page) == []
    press_on(page, page.get_by_role("button", name="I am done, let us talk"))


def finished_by_keyboard(page: Page, sent: Path) -> None:
    """See what the child says, go on to the charter, give it a title and keep its file."""
    expect(page.locator(".charter-deal").first).to_contain_text(WHY)
    assert findings(page) == []
    press_on(page, page.get_by_role("button", name="See the charter"))
    tab_to(page, page.get_by_label("A title, if you like"))
    page.keyboard.type(TITLE)
    press_on(page, page.get_by_role("button", name="Put this title"))
    sheet = page.locator(".charter-sheet")
    expect(sheet.get_by_role("heading")).to_have_text(TITLE)
    expect(sheet).to_contain_text(OWN)
    assert findings(page) == []
    with page.expect_download() as given:
        press_on(page, page.get_by_role("button", name="Keep the file"))
    given.value.save_as(sent)


@pytest.mark.whole
def test_with_a_script_and_the_keyboard_nothing_leaves_the_device(
    someone: Someone, tmp_path: Path
) -> None:
    page, file = someone(viewport=PHONE, accept_downloads=True), tmp_path / "charter.json"
    with_a_neighbour(page)
    recorder = Recorder(page)
    page.goto("/en/charter/make/")
    expect(page.locator("[data-here=family] [data-with]").first).to_be_visible()
    asked = len(recorder.asked)
    codes = chosen_by_keyboard(page)
    turned_by_keyboard(page, codes)
    finished_by_keyboard(page, file)
    assert [url for url in recorder.asked[asked:] if not url.startswith("blob:")] == []
    assert recorder.sent == []
    assert page.evaluate("[localStorage.length, Object.keys(sessionStorage)]") == [0, [HELD]]

    # What the centre draws is asked for, and drawn of codes.
    with page.expect_download():
        press_on(page, page.get_by_role("button", name="Paper to print"))
    [(_address, body)] = recorder.sent
    drawn = json.loads(dict(parse_qsl(body))["charter"])
    assert drawn["title"] == ""
    assert {pick.get("why", "") for pick in drawn["picks"]} == {""}
    assert {pick.get("says", "").strip("…") for pick in drawn["picks"]} == {""}

    # Kept where the family says so, until one leaves quickly.
    page.locator("label[for=keep]").click()
    assert page.evaluate("JSON.parse(localStorage.charter).title") == TITLE
    for _nth in range(3):
        page.keyboard.press("Shift")
    is_away(page)
    page.goto("/")
    page.goto("/en/charter/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    expect(page.locator("[data-held]")).to_be_hidden()
    expect(page.locator("[data-kept]")).to_be_hidden()

    # Opened again after a month, counted since the family says yes: codes, and no word of theirs.
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**told, "made": "2026-01-02"}), "utf-8")
    recorder.sent.clear()
    page.get_by_label("The file of your charter").set_input_files(file)
    send(page.get_by_role("button", name="Open the file"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your charter, some time later")
    page.locator(f"label[for='kept-{codes[0]}']").click()
    page.locator("label", has_text="Count us, without a name").click()
    send(page.get_by_role("button", name="Talk about the others"))
    expect(page.locator(".charter-deal")).to_have_count(3)
    [(_address, counted)] = recorder.sent
    said = [pair for pair in parse_qsl(counted) if pair[0] != "csrfmiddlewaretoken"]
    assert said == [("what", "reopened"), ("band", "8-10"), ("kept", codes[0])]


def turned(page: Page) -> list[str]:
    """Go to the child's turn, and refuse a rule there; return the codes of three rules."""
    page.goto("/en/charter/make/")
    page.locator("label[for=band-8-10]").click()
    page.locator("label[for=homes-2]").click()
    send(page.get_by_role("button", name="Choose rules"))
    codes = chosen(page)
    send(page.get_by_role("button", name="Hand the screen to the child"))
    send(page.locator(f"button[value='no:{codes[2]}']"))
    return codes


def test_a_reload_keeps_what_was_answered_until_it_is_deleted(someone: Someone) -> None:
    page = someone(viewport=PHONE, reduced_motion="reduce")
    codes = turned(page)
    page.locator(f"[name='why-{codes[2]}']").fill(WHY)
    page.get_by_label("Write it here").fill(OWN)  # no button was pressed since
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is your turn")
    expect(page.locator(f"[name='why-{codes[2]}']")).to_have_value(WHY)
    expect(page.get_by_label("Write it here")).to_have_value(OWN)
    send(page.get_by_role("button", name="I am done, let us talk"))
    page.get_by_text("We leave it out").first.click()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is your turn")
    page.reload()
    expect(page.locator("[data-list=ranked]")).to_contain_text(OWN)
    # The first page says that it is there, by night too; another day does not.
    page.emulate_media(color_scheme="dark")
    page.goto("/fr/charter/")
    expect(page.locator("[data-held]")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("link", name="La continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est ton tour")
    send(page.get_by_role("button", name="J’ai fini, on en parle"))
    page.get_by_text("Supprimer nos réponses").click()
    send(page.get_by_role("button", name="Supprimer maintenant"))
    expect(page.get_by_role("link", name="Commencer")).to_be_visible()
    expect(page.locator("[data-held]")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0
    turned(page)
    page.evaluate(
        "name => sessionStorage.setItem(name, JSON.stringify("
        "{ ...JSON.parse(sessionStorage.getItem(name)), day: '2026-01-02' }))",
        HELD,
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your family")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.whole
def test_another_child_has_a_charter_and_the_kept_one_stays(someone: Someone) -> None:
    page = someone(viewport=PHONE)
    codes = turned(page)
    send(page.get_by_role("button", name="I am done, let us talk"))
    send(page.get_by_role("button", name="See the charter"))
    page.locator("label[for=keep]").click()
    kept = page.evaluate("localStorage.charter")
    send(page.get_by_role("button", name="Another charter for another child"))
    expect(page.locator("#homes-2")).to_be_checked()
    expect(page.locator("input[name=bands]:checked")).to_have_count(0)
    page.locator("label[for=band-14-17]").click()
    send(page.get_by_role("button", name="Choose rules"))
    expect(page.locator(f"input[name=parents][value='{codes[0]}']")).to_be_checked()
    expect(page.locator("input[name=children]:checked")).to_have_count(0)
    assert page.evaluate("localStorage.charter") == kept


@pytest.mark.whole
def test_a_file_that_is_none_is_refused_on_the_device(someone: Someone, tmp_path: Path) -> None:
    page = someone(viewport=PHONE)
    page.goto("/fr/charter/")
    recorder = Recorder(page)
    send(page.get_by_role("button", name="Ouvrir le fichier"))
    expect(page.get_by_text("Choisissez le fichier de votre charte.")).to_be_visible()
    for text, says in (
        ('{"balise":"charter","version":1,"bands":["8', "La fin de ce fichier manque"),
        ('{"balise":"charter","version":7}', "plus récente"),
        ('{"balise":"charter","version":1}', "abîmée"),
        ("[]", "Ce n’est pas une charte"),
    ):
        (tmp_path / "charte.json").write_text(text, "utf-8")
        page.get_by_label("Le fichier de votre charte").set_input_files(tmp_path / "charte.json")
        send(page.get_by_role("button", name="Ouvrir le fichier"))
        expect(page.get_by_text(says)).to_be_visible()
    made = Charter().choosing(children=["of-another-site"], parents=[]).finished(today=TODAY)
    (tmp_path / "charte.json").write_text(files.write(made), "utf-8")
    page.get_by_label("Le fichier de votre charte").set_input_files(tmp_path / "charte.json")
    send(page.get_by_role("button", name="Ouvrir le fichier"))
    expect(page.get_by_text("ne sont pas connues ici")).to_be_visible()
    assert recorder.sent == []
