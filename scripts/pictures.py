"""Take the pictures of docs/pictures in a demonstration centre of its own, with invented people.

.venv/bin/python scripts/pictures.py           # all of them
.venv/bin/python scripts/pictures.py receipt   # those named

Each is taken at 1280 and at 360 pixels wide, and in the dark. The centre is the one of the journeys
(`tests/live.py`), and people do in it what they do there (`tests/journeys/scenarios/people.py`).
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402
from tests import temporary  # noqa: E402
from tests.browser import PATIENCE, QUIET, installed, press_key  # noqa: E402
from tests.journeys.scenarios import people  # noqa: E402
from tests.journeys.test_calls import tells  # noqa: E402
from tests.journeys.test_the_vault_is_used import goes, makes_a_vault, puts_away  # noqa: E402
from tests.live import NOBODY_RESTS, NOBODY_WAITS, Live, centre, furnish  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}
LOOKS = {"1280": (WIDE, "light"), "360": (NARROW, "light"), "dark": (WIDE, "dark")}
EXCHANGE = {"BALISE_DIALS": "1"}  # it takes commands: calls are put on hold and transferred
COLOURS = 128
MOST = 150_000  # bytes of one picture
MOST_IN_ALL = 3_000_000

FOX = (
    ("Bonjour, dans le groupe de la classe tout le monde se moque de moi.", True),
    ("Bonjour Renard, merci d’en parler. Depuis quand est-ce que ça dure ?", False),
    ("Depuis la rentrée. Ils ont fait des montages avec ma photo.", True),
    ("Ce n’est pas ta faute. On peut demander leur retrait ensemble.", False),
    ("D’accord. J’ai 13 ans, c’est grave ?", True),
)


@dataclass
class Scene:
    """A centre, and who is in it; each of them has a browser of their own."""

    browser: Browser
    live: Live
    pages: dict[str, Page] = field(default_factory=dict)

    def someone(self, name: str, *, phone: bool = False) -> Page:
        """Return the page of someone, opened the first time."""
        if name not in self.pages:
            context = self.browser.new_context(
                locale="fr-FR",
                timezone_id="Europe/Paris",
                base_url=self.live.address,
                viewport=NARROW if phone else WIDE,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            context.set_default_timeout(PATIENCE)
            self.pages[name] = context.new_page()
        return self.pages[name]

    def staff(self, role: str) -> Page:
        """Return the page of the first account of a role, signed in."""
        is_new = role not in self.pages
        page = self.someone(role)
        if is_new:
            people.enters(page, role)
        return page


def home(scene: Scene) -> Page:
    """The first page of the public door."""
    page = scene.someone("visitor")
    page.goto("/fr/")
    return page


def receipt(scene: Scene) -> Page:
    """What someone who reported sees with their code."""
    report = ("https://photos.example/signale/12", {"category": "hate"})
    (code,) = people.report_many(scene.live, report)
    page = scene.someone("reporter")
    people.follows(page, code)
    return page


def listener(scene: Scene) -> Page:
    """A listener with two chats."""
    fox = scene.someone("fox", phone=True)
    people.asks_for_a_chat(fox, scene.live, nickname="Renard")
    page = scene.staff("listener")
    people.sits(page, "Psychologue")
    page.locator("[name=chat_cap]").select_option("2")
    page.locator("form[action$='/console/sit/'] button[type=submit]").click()
    otter = scene.someone("otter", phone=True)
    people.asks_for_a_chat(otter, scene.live, nickname="Loutre")
    takes_next(page, "Renard")
    takes_next(page, "Loutre")
    people.says(otter, "Quelqu’un a fait un faux compte avec mon nom.")
    answer = "Bonjour Loutre. On regarde ça ensemble : quel réseau ?"
    expect(page.get_by_text("Quelqu’un a fait un faux compte").first).to_be_visible()
    people.says(page, answer)
    goes_to(page, "Renard")
    for words, is_theirs in FOX:
        people.says(fox if is_theirs else page, words)
        expect((page if is_theirs else fox).get_by_text(words).first).to_be_visible()
    people.says(otter, "C’est une appli de vidéos, il écrit à mes amies.")
    expect(page.get_by_text("il écrit à mes amies").first).to_be_visible()
    return page


def takes_next(page: Page, nickname: str) -> None:
    """Take who is next, from wherever that is offered."""
    page.goto("/staff/helpline/console/")
    page.get_by_role("button", name="Personne suivante").first.click()
    expect(page.locator("[data-talk] bdi").first).to_have_text(nickname)


def goes_to(page: Page, nickname: str) -> None:
    """Go to one’s other chat."""
    page.get_by_role("link", name=nickname).first.click()
    expect(page.locator("[data-talk] bdi").first).to_have_text(nickname)


def child(scene: Scene) -> Page:
    """The chat of a young person."""
    listener_of(scene)
    return scene.someone("fox")


def danger(scene: Scene) -> Page:
    """The same listener, where a life may be in danger."""
    page = listener_of(scene)
    page.get_by_role("button", name="Danger immédiat").first.click()
    expect(page.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    return page


def listener_of(scene: Scene) -> Page:
    """Return the page of the listener with two chats."""
    return scene.pages["listener"] if "listener" in scene.pages else listener(scene)


def proposals(scene: Scene) -> Page:
    """What the record of the same listener proposes, from words and from what was done."""
    page = listener_of(scene)
    page.locator("[name=record-actions_taken][value=resources]").check()
    expect(page.locator("[data-proposal='outcome:advised']")).to_be_visible()
    return page


def marks(scene: Scene) -> Page:
    """A message that the same listener marked as important."""
    page = listener_of(scene)
    said = page.locator(".message", has_text="montages avec ma photo")
    said.locator(".message-menu summary").click()
    said.get_by_role("button", name="Marquer comme important").click()
    expect(said.locator("form input[name=unmark]")).to_be_attached()
    return page


def call(scene: Scene) -> Page:
    """A call that is on hold."""
    page = scene.staff("helpline_lead")
    page.goto("/staff/helpline/")
    page.locator("[name=skills][value=psychologist]").check()
    page.locator("[name=extension]").fill("201")
    page.locator("form[action$='/console/sit/'] button[type=submit]").click()
    tells(scene.live, "90", "queued")
    page.goto("/staff/helpline/")
    page.get_by_role("button", name="Personne suivante").first.click()
    expect(page.locator("[name=command][value=hold]")).to_be_attached()
    tells(scene.live, "90", "held")
    page.reload()
    expect(page.locator("[name=command][value=resume]")).to_be_attached()
    return page


def transfer(scene: Scene) -> Page:
    """The same call, transferred to an extension where nobody picked up."""
    page = scene.pages["helpline_lead"] if "helpline_lead" in scene.pages else call(scene)
    page.locator("summary[data-key=x]").click()
    page.locator("[name=line-to]").fill("204")
    page.get_by_role("button", name="Faire sonner cette ligne").click()
    expect(page.locator("[name=command][value=hold], [name=command][value=resume]")).to_have_count(
        0
    )
    tells(scene.live, "90", "returned")
    expect(page.locator(".line .alert")).to_be_visible()
    return page


def wallboard(scene: Scene) -> Page:
    """The room, as its supervisor sees it."""
    listener_of(scene)
    page = scene.staff("helpline_lead")
    page.goto("/staff/helpline/wallboard/")
    return page


def analyst(scene: Scene) -> Page:
    """An analyst at a content that is open, beside the queue."""
    page = scene.staff("analyst")
    scene.live.balise("shell", "-v0", "-c", NOBODY_RESTS)
    page.goto("/staff/hotline/queue/?category=hate")
    page.locator("#rows tbody th a, #rows a[href*='/contents/']").first.click()
    page.wait_for_url("**/staff/hotline/contents/**")
    press_key(page, "c")
    expect(page.get_by_text("À moi").first).to_be_visible()
    press_key(page, "o")
    expect(page.locator("[data-pane]")).to_be_visible()
    return page


def queue(scene: Scene) -> Page:
    """The queue of the analysts."""
    page = scene.staff("analyst")
    page.goto("/staff/hotline/queue/")
    return page


def app(scene: Scene) -> Page:
    """The first page of the young person's app."""
    page = scene.someone("young", phone=True)
    page.goto("/fr/app/")
    expect(page.locator("[data-state]")).not_to_be_empty()
    return page


def vault(scene: Scene) -> Page:
    """A vault with a note and a link."""
    page = scene.someone("young", phone=True)
    makes_a_vault(page)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Ils ont créé un groupe sans moi.")
    puts_away(page)
    goes(page, "add/link", "details")
    page.locator("#address").fill("https://reseau.example/compte")
    puts_away(page)
    goes(page, "", "list")
    return page


def desk(scene: Scene) -> Page:
    """What is due, on the home of an analyst."""
    page = scene.staff("analyst")
    page.goto("/staff/")
    return page


PICTURES: dict[str, Callable[[Scene], Page]] = {
    "home": home,
    "receipt": receipt,
    "listener": listener,
    "child": child,
    "proposals": proposals,
    "marks": marks,
    "danger": danger,
    "wallboard": wallboard,
    "queue": queue,
    "analyst": analyst,
    "desk": desk,
    "app": app,
    "vault": vault,
    "call": call,
    "transfer": transfer,
}
# What a picture is about, brought into view where the page is longer than it.
ABOUT = {
    "proposals": "#proposals",
    "marks": ".message:has([name=unmark])",
    "call": ".line",
    "transfer": ".line",
}


def take(page: Page, name: str) -> Iterator[Path]:
    """Take a page in each look; yield where each picture lies."""
    for look, (size, light) in LOOKS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate("scrollTo(0, 0)")
        if name in ABOUT:
            page.locator(ABOUT[name]).first.evaluate("one => one.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(300)
        file = FOLDER / f"{name}-{look}.png"
        drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        few = drawn.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        if file.stat().st_size > MOST:
            raise SystemExit(f"{file.name} has {file.stat().st_size:,} bytes")
        yield file
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")


@contextmanager
def scene_of() -> Iterator[Scene]:
    """Start a centre in which nobody waits, and a browser."""
    with temporary.folder() as folder:
        folder.joinpath("furnished").mkdir(mode=0o700)
        furnish(folder / "furnished")
        # An exchange that takes commands: calls can be put on hold and transferred.
        with (
            centre(folder / "furnished", BALISE_DIALS="1") as live,
            sync_playwright() as playwright,
        ):
            live.balise("shell", "-v0", "-c", NOBODY_WAITS)
            browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
            yield Scene(browser, live)
            browser.close()


def main() -> None:
    """Take the pictures that are named, or all."""
    names = sys.argv[1:] or list(PICTURES)
    if unknown := set(names) - set(PICTURES):
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with scene_of() as scene:
        for name in names:
            for file in take(PICTURES[name](scene), name):
                print(f"{file.name:24}{file.stat().st_size:>9,}", flush=True)
    in_all = sum(file.stat().st_size for file in FOLDER.iterdir())
    if in_all > MOST_IN_ALL:
        raise SystemExit(f"docs/pictures has {in_all:,} bytes")


if __name__ == "__main__":
    main()
