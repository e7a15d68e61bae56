"""A young person keeps three pieces of evidence, shows them, takes a file out, loses the phone.

On a telephone, as far as their own page goes; the listener who opens what is shown sits at a desk.
"""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import sits
from tests.journeys.test_pages_are_accessible import SIZES, enter
from tests.journeys.test_quick_exit import is_away, is_back, with_a_neighbour
from tests.live import Live, centre

pytestmark = [pytest.mark.journey, pytest.mark.safety]

PHONE: Final[Any] = {"viewport": {"width": 360, "height": 780}, "has_touch": True}
VAULT: Final = "/fr/app/vault/"
CODE: Final = "274951"
ANOTHER: Final = "806135"
OPENSSL: Final = shutil.which("openssl") or ""
FORM: Final = """() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/app/shared/", enctype: "multipart/form-data" });
    const field = Object.assign(document.createElement("input"), { type: "file", name: "files" });
    Object.assign(field, { id: "shared-file", multiple: true });
    form.id = "shared-form";
    form.append(field);
    document.body.append(form);
}"""
CONTROLLED: Final = """async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (serviceWorker.controller) return;
    await new Promise((done) => serviceWorker.addEventListener("controllerchange", done));
}"""
FILTER: Final = "one => getComputedStyle(one).filter"
ASKS: Final = """
from balise.helpline.conversations.actions import saying
saying.ask(nickname="Merle", language="fr")
"""


@pytest.fixture(scope="module")
def live(furnished: Path) -> Iterator[Live]:
    """Begin a centre that shows pictures: else the one that is shared is opened by nobody."""
    with centre(furnished, BALISE_MODULES="cybertips,exchange,pictures") as started:
        yield started


def picture(colour: str = "teal") -> bytes:
    """Return a screenshot of nothing."""
    made = io.BytesIO()
    Image.new("RGB", (360, 640), colour).save(made, "PNG")
    return made.getvalue()


def photograph() -> bytes:
    """Return a picture of 1.4 MB, of no thing: larger than one request from a device may be."""
    made = io.BytesIO()
    side = 680
    octets = Random(side).randbytes(3 * side * side)  # noqa: S311 - a picture
    Image.frombytes("RGB", (side, side), octets).save(made, "PNG")
    return made.getvalue()


def shown(page: Page, name: str) -> None:
    """Wait for a screen of the vault."""
    expect(page.locator(f'[data-drawn="{name}"]')).to_be_visible()


def goes(page: Page, address: str, screen: str) -> None:
    """Go to a screen by its part of the address."""
    page.evaluate("(address) => { location.hash = address }", address)
    shown(page, screen)


def types(page: Page, code: str) -> None:
    """Press the digits of a code on the pad, then the button below it."""
    for digit in code:
        page.locator(f'[data-digit="{digit}"]').click()
    page.locator('[data-do="done"]').click()


def chooses(page: Page, code: str) -> None:
    """Choose a code, twice."""
    shown(page, "choose")
    types(page, code)
    expect(page.locator("#pad-says")).to_contain_text("encore une fois")
    types(page, code)


def to_the_check(page: Page) -> list[str]:
    """Begin a vault, up to the words that are asked back; return the twelve."""
    page.goto(VAULT)
    page.get_by_role("link", name="Créer mon coffre").click()
    chooses(page, CODE)
    shown(page, "words")
    words = page.locator(".vault-words li").all_inner_texts()
    page.get_by_role("link", name="Je les ai notés").click()
    shown(page, "check")
    return words


def checks(page: Page, words: list[str]) -> None:
    """Type the twelve words back."""
    for number, word in enumerate(words):
        page.locator(f"#word-{number}").fill(word)
    send(page.get_by_role("button", name="Vérifier"))


def makes_a_vault(page: Page) -> list[str]:
    """Make a vault, and return the twelve words that were written down."""
    words = to_the_check(page)
    checks(page, words)
    shown(page, "list")
    return words


def chooses_a_file(page: Page, name: str, octets: bytes, kind: str = "image/png") -> None:
    """Choose a file for the vault."""
    goes(page, "add", "add")
    page.locator('[data-slot="file"]').set_input_files(
        {"name": name, "mimeType": kind, "buffer": octets}
    )


def keeps(page: Page, name: str) -> str:
    """Answer the question about a picture, name it, keep it; return where it is."""
    shown(page, "guard")
    send(page.get_by_role("button", name="Non"))
    shown(page, "details")
    page.get_by_label("Donne-lui un nom").fill(name)
    return puts_away(page)


def puts_away(page: Page) -> str:
    """Keep what was described in the vault; return where it is."""
    send(page.get_by_role("button", name="Garder dans le coffre"))
    shown(page, "item")
    expect(page.get_by_text("Pas modifié depuis")).to_be_visible()
    return page.url.split("#item/")[1]


def unlocks(page: Page, code: str = CODE) -> None:
    """Open the vault with a code."""
    shown(page, "lock")
    types(page, code)
    expect(page.locator('[data-drawn="lock"]')).to_be_hidden()


def is_shared(page: Page, *files: Any) -> None:
    """Send what Android sends for a share: the service worker takes it in."""
    page.evaluate(CONTROLLED)
    page.evaluate(FORM)
    if files:
        page.locator("#shared-file").set_input_files(list(files))
    with page.expect_navigation():
        page.evaluate("document.getElementById('shared-form').submit()")


def opens_a_case(listener: Page, live: Live) -> str:
    """Take whoever waits, and open a case for them; return its address."""
    live.balise("shell", "-v0", "-c", ASKS)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    listener.get_by_text("Ouvrir un dossier, ou le sien").click()
    listener.locator("[name=title]").fill("Merle, au collège")
    send(listener.get_by_role("button", name="Ouvrir un dossier"))
    listener.locator("a[data-key=f]").click()
    expect(listener.locator('form[action$="/invite/"]')).to_be_visible()
    return listener.url


def says_the_words(listener: Page, case: str) -> str:
    """Return the eight words that a listener says."""
    listener.goto(case)
    send(listener.locator('form[action$="/invite/"] button'))
    return " ".join(listener.locator("ol.code li").all_inner_texts())


def compares(page: Page, listener: Page) -> list[str]:
    """Ask with the eight words that were typed; return the four that the listener then reads."""
    send(listener.get_by_role("link", name="Afficher les quatre mots"))
    expect(listener.locator("#vault-words")).to_contain_text("Jusque-là, n’en dites aucun.")
    send(page.get_by_role("button", name="Continuer"))
    shown(page, "compare")  # once the worker drew the part of the side of the case
    send(listener.locator("#vault-words").get_by_role("link", name="Actualiser"))
    return listener.locator("#vault-words strong").inner_text().split()


def is_checked(file: Path, folder: Path) -> None:
    """Check a dossier as a stranger does: sha256sum, openssl, and no file of ours."""
    zipfile.ZipFile(file).extractall(folder)
    run = partial(subprocess.run, cwd=folder, check=True, capture_output=True)
    run([shutil.which("sha256sum") or "", "--check", "--strict", "hashes.sha256"])
    for stamp in (folder / "stamps").glob("*.tsr"):
        data = stamp.with_suffix(".commitment")
        roots = folder / "certificates/roots.pem"
        run([OPENSSL, "ts", "-verify", "-data", data, "-in", stamp, "-CAfile", roots])


@pytest.mark.usefixtures("nobody_waits")
def test_from_the_first_piece_to_a_new_telephone(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    listener = someone(viewport=SIZES["desk"])
    case = opens_a_case(listener, live)
    page = someone(**PHONE)
    words = makes_a_vault(page)

    chooses_a_file(page, "capture.png", photograph())
    capture = keeps(page, "Capture du groupe")
    goes(page, "add/link", "details")
    page.get_by_label("Adresse de la page").fill("https://reseau.example/compte")
    page.get_by_label("Qui l’a fait ?").fill("un compte sans nom")
    link = puts_away(page)
    is_shared(page)
    expect(page.get_by_text("Le partage est arrivé vide.")).to_be_visible()
    expect(page.get_by_role("link", name="Choisir l’image ici")).to_be_visible()
    is_shared(page, {"name": "shared.png", "mimeType": "image/png", "buffer": picture("navy")})
    expect(page.locator("#pad-says")).to_contain_text("C’est gardé, chiffré.")
    unlocks(page)
    page.get_by_role("link", name="Un partage attend. Le ranger").click()
    image = keeps(page, "Image partagée")
    send(page.get_by_role("button", name="Obtenir une preuve datée"))
    expect(page.get_by_text("Daté par un service indépendant")).to_be_visible()

    redacts(page, capture)
    three_are_shared_and_one_is_revoked(page, listener, case, (capture, link, image))

    goes(page, "export", "export")
    with page.expect_download() as told:
        page.get_by_role("button", name="Créer le dossier").click()
    file = tmp_path / "dossier.zip"
    told.value.save_as(file)
    is_checked(file, tmp_path / "dossier")
    report = json.loads(live.balise("evidence", "verify", str(file), "--json"))
    assert [item["verdict"] for item in report["items"]].count("holds") == 1
    assert report["problems"] == []
    originals = [one.read_bytes() for one in sorted((tmp_path / "dossier/items").iterdir())]
    assert photograph() in originals
    assert picture("navy") in originals

    goes(page, "backup", "backup")
    send(page.get_by_role("button", name="Faire une copie"))
    expect(page.get_by_text("La copie est complète.")).to_be_visible()
    comes_back(someone(**PHONE), words)


def redacts(page: Page, capture: str) -> None:
    """Hide a part by the keyboard alone: a copy is made, the original stays as it is."""
    goes(page, f"item/{capture}/redact", "redact")
    place = page.locator('[data-slot="place"]')
    place.focus()
    place.press("ArrowDown")
    place.press("Shift+ArrowRight")
    expect(page.locator('[data-slot="at"]')).to_contain_text("Cadre : à 25")
    page.get_by_role("button", name="Masquer le cadre").press("Enter")
    page.get_by_role("button", name="Enregistrer la copie").press("Enter")
    expect(
        page.get_by_role("heading", name="Capture du groupe, une partie masquée")
    ).to_be_visible()
    goes(page, f"item/{capture}", "item")
    expect(page.get_by_text("Pas modifié depuis")).to_be_visible()


def three_are_shared_and_one_is_revoked(
    page: Page, listener: Page, case: str, items: tuple[str, str, str]
) -> None:
    """Share three with the case, which opens two; take the other back before it is seen."""
    eight = says_the_words(listener, case)
    goes(page, "share", "share")
    for item in items:
        page.locator(f"label[for=item-{item}]").click()
    page.get_by_label("Code donné par l’équipe").fill(eight)
    four = compares(page, listener)
    assert page.locator('[data-slot="four"]').inner_text().split() == four
    send(page.get_by_role("button", name="Mêmes mots : envoyer"))
    shown(page, "shares")
    expect(page.get_by_text("Pas encore ouvert")).to_have_count(3)
    with listener.expect_response("**/seen/"):
        opens(listener, case, 1)
    expect(listener.get_by_text("https://reseau.example/compte")).to_be_visible()
    # Opened, but only a blur: it is not said to be seen.
    opens(listener, case, 2)
    listener.get_by_alt_text("Image d’un écran, floutée et grise").evaluate("one => one.decode()")
    goes(page, "", "list")
    goes(page, "shares", "shares")
    image = page.locator('[data-slot="shares"] > li').filter(has_text="Image partagée")
    expect(image).to_contain_text("le reste n’a pas été affiché nettement")
    with listener.expect_response("**/seen/"):
        is_the_picture(listener, (360, 640))
    page.reload()
    unlocks(page)
    goes(page, "shares", "shares")
    rows = page.locator('[data-slot="shares"] > li')
    expect(rows.filter(has_text="Vu le")).to_have_count(2)
    unseen = rows.filter(has_text="Capture du groupe")
    send(unseen.get_by_role("button", name="Arrêter le partage"))
    expect(unseen).to_contain_text("Personne ne l’avait ouvert.")
    seen = rows.filter(has_text="Image partagée")
    expect(seen).to_contain_text("Vu le")
    send(seen.get_by_role("button", name="Arrêter le partage"))
    expect(seen).to_contain_text("On l’avait vu avant")


def opens(listener: Page, case: str, number: int) -> None:
    """Open one of what was shared with a case, counted from 0 as it came."""
    listener.goto(case)
    listener.locator('a[href*="/vault/item/"]').nth(number).click()
    with listener.expect_navigation():
        listener.locator('form[action$="/open/"] button').click()


def is_the_picture(listener: Page, size: tuple[int, int]) -> None:
    """Assert that the whole picture came, blurred, and is clear while the button is held."""
    drawn = listener.get_by_alt_text("Image d’un écran, floutée et grise")
    expect(drawn).to_be_visible()
    drawn.evaluate("one => one.decode()")
    assert tuple(drawn.evaluate("one => [one.naturalWidth, one.naturalHeight]")) == size
    assert "blur" in drawn.evaluate(FILTER)
    listener.get_by_role("button", name="Maintenir pour voir nettement").hover()
    listener.mouse.down()
    assert drawn.evaluate(FILTER) == "none"
    listener.mouse.up()


def comes_back(page: Page, words: list[str]) -> None:
    """Bring the vault back on a new telephone, by the words alone."""
    page.goto(VAULT)
    page.get_by_role("link", name="J’ai mes douze mots").click()
    page.get_by_label("Tes douze mots").fill(" ".join(words).upper())
    send(page.get_by_role("button", name="Continuer"))
    chooses(page, ANOTHER)
    expect(page.get_by_text("Tout est revenu. Éléments : 4.")).to_be_visible()
    page.get_by_role("link", name="Ouvrir mon coffre").click()
    shown(page, "list")
    page.get_by_role("link", name="Image partagée").click()
    expect(page.get_by_text("Pas modifié depuis")).to_be_visible()
    expect(page.get_by_text("Daté par un service indépendant")).to_be_visible()


@pytest.mark.whole
def test_a_vault_that_another_tab_made_first_is_said(someone: Someone) -> None:
    one = someone(**PHONE)
    other = one.context.new_page()
    words, late = to_the_check(one), to_the_check(other)
    checks(one, words)
    shown(one, "list")
    checks(other, late)
    expect(other.get_by_text("Jette ces mots")).to_be_visible()


@pytest.mark.whole
def test_leaving_ending_and_signing_out_leave_the_vault_alone(someone: Someone) -> None:
    page = someone(**PHONE)
    with_a_neighbour(page)
    makes_a_vault(page)
    goes(page, "add/text", "details")
    page.get_by_label("Que s’est-il passé ?").first.fill("Ils ont créé un groupe sans moi.")
    puts_away(page)
    page.goto("/fr/talk/ended/")
    enter(page, "listener")
    page.goto("/staff/")
    with page.expect_navigation():
        page.locator("form[action*='logout'] button").first.evaluate("it => it.click()")
    page.goto(VAULT)
    unlocks(page)
    expect(page.get_by_role("link", name="Que s’est-il passé ?")).to_be_visible()
    page.get_by_role("link", name="Quitter").first.click()
    is_away(page)
    page.context.clear_cookies(name="away")
    is_back(page)
    page.goto(VAULT)
    unlocks(page)
    expect(page.get_by_role("link", name="Que s’est-il passé ?")).to_be_visible()
