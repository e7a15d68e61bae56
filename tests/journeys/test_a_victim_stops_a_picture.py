"""A victim stops three pictures and a clip without showing them: only fingerprints leave.

A platform that holds the list blocks a mirrored copy, a small one asks and hears yes; the victim
sees both, and withdraws one. The pictures are drawings, made here; the clip is made in a browser.
"""

import io
import json
import re
import urllib.request
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps
from playwright.sync_api import Page, Request, expect

from balise.hotline.matching import signals
from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.rules.kinds import Turn
from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.safety]

PHONE = {"width": 360, "height": 740}
WEBM = Path(signals.__file__).with_name("tests") / "js" / "webm.js"
NEAR = 31  # bits of 256
TOKENS = """
from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.tests.makers import make_token
from balise.hotline.matching.exchange import access
for name, scope in (("Ondine", access.PULL), ("Volubile", access.ASK)):
    partner = PartnerOrganisation.objects.get(name=name)
    print("TOKEN", make_token(scope, partner=partner)[1])
"""
DRAW = """async ([source]) => {
  const { film } = await import("data:text/javascript," + encodeURIComponent(source));
  const draw = (brush, second) => {
    const { width, height } = brush.canvas;
    brush.fillStyle = "#17466a";
    brush.fillRect(0, 0, width, height);
    for (let n = 0; n < 7; n++) {
      brush.fillStyle = ["#fff", "#a8322a", "#8fb9cb"][n % 3];
      const x = ((second * 3 + n * 5) % 16) * (width / 16);
      brush.fillRect(x, ((second * 5 + n * 7) % 12) * (height / 12), width / 5, height / 6);
    }
  };
  const at = Array.from({ length: 8 }, (_, n) => n / 2);
  const clip = await film({ width: 320, height: 240, at, seconds: 4, draw });
  const octets = new Uint8Array(await clip.arrayBuffer());
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}"""


def drawing(seed: int) -> Image.Image:
    """Return a drawing of circles: nothing and nobody. No edge of it is a bar of one colour."""
    made = Image.new("RGB", (640, 480), "#8fb9cb")
    brush = ImageDraw.Draw(made)
    for x in range(0, 640, 70):
        for y in range(0, 480, 70):
            if x in {0, 630} or y in {0, 420}:
                brush.rectangle((x, y, x + 35, y + 35), fill="#17466a")
    for n in range(14):
        x, y = (seed * 97 + n * 131) % 600, (seed * 53 + n * 71) % 440
        colour = ((n * 37 + seed * 40) % 255, (n * 91) % 255, (seed * 61 + n * 13) % 255)
        brush.ellipse((x, y, x + 40 + n * 9, y + 30 + n * 11), fill=colour)
    return made


def png(made: Image.Image) -> bytes:
    octets = io.BytesIO()
    made.save(octets, "PNG")
    return octets.getvalue()


def file(name: str, kind: str, octets: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": kind, "buffer": octets}


def turns_of(made: Image.Image) -> list[bytes]:
    """Return the eight PDQs of a picture, as a platform computes them."""
    red, green, blue = np.asarray(made, dtype=np.float32).transpose(2, 0, 1)
    return list(pdq.hash_turns(0.299 * red + 0.587 * green + 0.114 * blue).values)


@dataclass
class Platform:
    """A partner with a token: it speaks to our API, and shows us no picture."""

    address: str
    token: str
    held: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    checkpoint: int = 0

    def call(self, path: str, body: object | None = None) -> tuple[int, Any]:
        asked = urllib.request.Request(  # noqa: S310 - our own house, on the loopback
            f"{self.address}/api/v1/hotline/hashes{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            text = answer.read()
            return answer.status, json.loads(text) if text else None

    def _signed(self) -> tuple[int, Any] | None:
        """Return the next page of entries; None while it is being signed."""
        status, page = self.call(f"/entries?after={self.checkpoint}")
        return None if status == 202 else (status, page)

    def pull(self) -> None:
        """Pull until nothing is new: what came, and what has to be forgotten."""
        while True:
            status, page = until(self._signed, "what is shared was never signed")
            if status == 204:
                return
            for entry in page["entries"]:
                if entry["on"]:
                    self.held[entry["handle"]] = bytes.fromhex(entry["hash"])
                else:
                    self.held.pop(entry["handle"], None)
                    self.gone.append(entry["handle"])
            self.checkpoint = page["checkpoint"]

    def block(self, copy: Image.Image) -> Turn | None:
        """Compare an uploaded copy with the list; block it where it is near, and say so."""
        for handle, value in self.held.items():
            for turn, other in zip(Turn, turns_of(copy), strict=True):
                if pdq.distance(value, other) <= NEAR:
                    code = turn.name.lower().replace("_", "-")
                    self.say(handle, "blocked", turn=code, count=1)
                    return turn
        return None

    def say(self, handle: str, answer: str, **more: object) -> None:
        given = {"handle": handle, "answer": answer, **more}
        status, said = self.call("/answers", {"answers": [given]})
        assert (status, said["unknown"]) == (200, [])

    def ask(self, copy: Image.Image) -> dict[str, Any]:
        """Ask whether a copy is known, in its eight turns; the answer is yes or no."""
        values = [value.hex() for value in turns_of(copy)]
        one = {"kind": "pdq", "hash": values[0], "quality": 100, "turns": values}
        answers: list[dict[str, Any]] = self.call("/questions", {"hashes": [one]})[1]["answers"]
        return answers[0]


def until_shows(page: Page, live: Live, done: Callable[[], bool]) -> None:
    """Wait for what the worker does, looking again at a page."""
    wrong = "the worker did not come to it"
    until(lambda: live.drain() or (page.reload() and done()), wrong)


def tick(page: Page, label: str) -> None:
    """Tick a box by the words beside it."""
    page.locator("label", has_text=label).click()


def withdraw(page: Page, name: str) -> None:
    """Withdraw what a fold names: what follows is read first."""
    page.locator("summary", has_text=name).click()
    expect(page.get_by_text("C’est définitif").filter(visible=True)).to_have_count(1)
    press(page, name)


def choose(page: Page, *files: dict[str, Any]) -> None:
    """Choose files, once the browser has been tried, and wait until each has its word."""
    page.goto("/fr/lab/choose/")
    page.wait_for_selector("#lab[data-ready=exact]")
    page.locator("[data-lab-files]").set_input_files(list(files))
    expect(page.locator("[data-lab-list] li")).to_have_count(len(files))
    expect(page.locator("[data-lab-list] li[data-state=waits]")).to_have_count(0)


@pytest.fixture
def clip(someone: Someone) -> bytes:
    """Give a WebM clip of four seconds, drawn in a browser that is nobody’s."""
    page = someone(bypass_csp=True)
    page.goto("/fr/lab/")
    octets = b64decode(page.evaluate(DRAW, [WEBM.read_text("utf-8")]))
    assert octets[:4] == bytes.fromhex("1a45dfa3")
    return octets


@pytest.mark.whole
def test_a_victim_stops_pictures_and_only_fingerprints_leave(  # noqa: PLR0915 - one story
    someone: Someone, live: Live, clip: bytes
) -> None:
    said = live.balise("shell", "-v0", "-c", TOKENS)
    ondine, volubile = (Platform(live.address, token) for token in re.findall(r"TOKEN (\S+)", said))
    before = pulled(ondine)  # what the demonstration has
    pictures = [drawing(seed) for seed in (1, 2, 3)]
    files = [file(f"photo-secret-{n}.png", "image/png", png(one)) for n, one in enumerate(pictures)]

    # All that leaves the victim's browser is written down.
    victim = someone(viewport=PHONE, bypass_csp=True)
    left: list[Request] = []
    victim.on("request", lambda one: left.append(one))  # noqa: PLW0108 - not a built-in
    victim.goto("/fr/lab/")
    assert not findings(victim)
    victim.get_by_role("link", name="18 ans ou plus").click()
    victim.wait_for_url("**/lab/choose/")
    choose(victim, *files, file("clip-secret.webm", "video/webm", clip))
    assert not findings(victim)
    send(victim.get_by_role("button", name="Voir ce qui va partir"))
    expect(victim.get_by_text("7 empreintes")).to_be_visible()
    expect(victim.get_by_text("Compare et bloque")).to_have_count(2)
    expect(victim.get_by_text("Demande, entend oui ou non")).to_have_count(1)
    assert not findings(victim)
    victim.go_back()
    expect(victim.get_by_role("heading", name="Choisir sur cet appareil")).to_be_visible()
    victim.go_forward()
    press(victim, "Envoyer les empreintes")  # the claim is missing: nothing is lost
    expect(victim.locator("[data-lab-count]")).to_have_text("7 empreintes")
    tick(victim, "C’est moi sur ces images")
    tick(victim, "Quelqu’un menace de les publier")
    press(victim, "Envoyer les empreintes")
    expect(victim.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    assert not findings(victim)
    only_fingerprints(left, [one["buffer"] for one in files] + [clip])
    code = victim.locator("#code").inner_text()

    # Ondine pulls the list, and blocks a mirrored copy; Volubile asks, and hears yes.
    until_shows(victim, live, lambda: victim.get_by_text("Active", exact=True).count() == 4)
    until(lambda: live.drain() or pulled(ondine) == before + 7)
    assert ondine.block(drawing(9)) is None
    assert ondine.block(ImageOps.mirror(pictures[0])) is Turn.MIRRORED
    answer = volubile.ask(pictures[1].rotate(90, expand=True))
    assert (answer["known"], answer["do"]) == (True, "block")
    assert set(answer) == {"known", "handle", "do"}
    assert volubile.ask(drawing(9))["known"] is False
    volubile.say(answer["handle"], "blocked", count=2)

    # The victim sees both, on another device, by the code.
    later = someone(viewport=PHONE, bypass_csp=True)
    later.goto("/fr/lab/follow/")
    later.locator("[name=code]").fill(code.lower())
    press(later, "Ouvrir")
    until_shows(later, live, lambda: later.get_by_text("Bloquée 2 fois").count() > 0)
    expect(later.get_by_text("Bloquée 1 fois")).to_be_visible()
    expect(later.get_by_text("Une copie en miroir")).to_be_visible()
    assert not findings(later)

    # They withdraw one: Ondine hears it and forgets it; its confirmation is on the page.
    withdraw(later, "Retirer l’image 1")
    until_shows(later, live, lambda: later.get_by_text("Retirée", exact=True).count() > 0)
    until(lambda: live.drain() or pulled(ondine) == before + 6)
    assert ondine.block(ImageOps.mirror(pictures[0])) is None
    ondine.say(ondine.gone[-1], "withdrawn")
    confirmed = later.get_by_text(
        "Partenaires qui l’ont confirmé : 1 sur 1".replace(" :", "\u202f:")
    )
    until_shows(later, live, lambda: confirmed.count() > 0)
    assert not findings(later)


def test_a_picture_chosen_with_bars_is_known_without_them(someone: Someone, live: Live) -> None:
    said = live.balise("shell", "-v0", "-c", TOKENS)
    ondine, volubile = (Platform(live.address, token) for token in re.findall(r"TOKEN (\S+)", said))
    before = pulled(ondine)
    plain = drawing(21)
    barred = ImageOps.expand(plain, (0, 130), "black")  # as a telephone shows it
    victim = someone(viewport=PHONE, bypass_csp=True)
    choose(victim, file("capture.png", "image/png", png(barred)))
    expect(victim.locator("[data-lab-note]")).to_have_text(
        "Reconnue aussi retournée, en miroir ou sans ses bandes"
    )
    send(victim.get_by_role("button", name="Voir ce qui va partir"))
    expect(victim.locator("[data-lab-count]")).to_have_text("2 empreintes")
    assert not findings(victim)
    tick(victim, "C’est moi sur ces images")
    press(victim, "Envoyer les empreintes")
    expect(victim.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    until_shows(victim, live, lambda: victim.get_by_text("Active", exact=True).count() == 1)
    expect(victim.get_by_text("Image 1", exact=True)).to_have_count(1)
    expect(victim.get_by_text("2 empreintes, 64")).to_have_count(1)
    assert not findings(victim)

    # One that asks hears yes of either; one that holds the list has both, and finds a turned copy.
    for copy in (plain, barred, ImageOps.mirror(plain)):
        assert (volubile.ask(copy)["known"], volubile.ask(copy)["do"]) == (True, "block")
    until(lambda: live.drain() or pulled(ondine) == before + 2)
    assert ondine.block(plain.rotate(90, expand=True)) is not None

    withdraw(victim, "Retirer l’image 1")
    until_shows(victim, live, lambda: victim.get_by_text("Retirée", exact=True).count() == 1)
    until(lambda: live.drain() or pulled(ondine) == before)
    assert [volubile.ask(copy)["known"] for copy in (plain, barred)] == [False, False]
    assert ondine.block(plain) is None


def pulled(platform: Platform) -> int:
    platform.pull()
    return len(platform.held)


def only_fingerprints(left: list[Request], originals: list[bytes]) -> None:
    """Refuse any request that carries a picture, a file’s name, or more than fingerprints."""
    sent = [one for one in left if one.method == "POST"]
    # Without the claim, the script and then the browser, which draws the question; then the script.
    assert len(sent) == 3
    for one in left:
        said = (one.post_data_buffer or b"") + one.url.encode()
        assert not one.url.startswith("blob:") or not one.post_data_buffer
        assert b"secret" not in said
        assert b"multipart" not in one.headers.get("content-type", "").encode()
        assert len(said) < 3_000
        for original in originals:
            assert original[100:140] not in said
    for one in sent:
        fields = set(one.post_data_json or {})
        known = {"csrfmiddlewaretoken", "ticket", "prints", "go", "links", "claim", "threat"}
        assert fields <= known
