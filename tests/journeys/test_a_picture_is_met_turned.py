"""One verdict settles a picture and its copies; the next report of it, turned, reaches no eye."""

import json
import re
from urllib.parse import quote

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from balise.hotline.matching.signals.rules.pdq import hash_pixels_turned
from balise.hotline.matching.signals.tests.drawn import numbered, pixels
from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, enters, report_many, takes
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live
from tests.waiting import until

pytestmark = [
    pytest.mark.journey,
    pytest.mark.safety,
    pytest.mark.ticking,  # a worker that lives holds what is banked
    pytest.mark.usefixtures("nobody_rests"),
]

FIRST, SECOND, OTHER, NEXT = (f"{name}.example" for name in ("premier", "miroir", "autre", "suite"))
SCOPES = ("hotline.reports.submit", "hotline.reports.fingerprint")


def fingerprint(picture: NDArray[np.uint8]) -> dict[str, object]:
    """Return what the extension or a partner tells of a drawing: hashes, never the drawing."""
    found = hash_pixels_turned(np.ascontiguousarray(picture))
    turns = [value.hex() for value in found.values]
    return {"pdq": turns[0], "quality": found.quality, "turns": turns}


def brings(analyst: Page, host: str, picture: NDArray[np.uint8]) -> str:
    """Bring a drawing's fingerprint as the extension does; return the content's page."""
    analyst.goto(f"/staff/hotline/queue/?host={host}")
    where = str(analyst.locator("#rows .q-open").first.get_attribute("href"))
    content = re.sub("/contents/", "/content/", where)
    said = quote(json.dumps([fingerprint(picture)]))
    analyst.goto(f"{content}fingerprints/#fingerprints={said}")
    look_up = analyst.get_by_role("button", name="Rechercher").last
    expect(look_up).to_be_visible()
    assert "#" not in analyst.url
    assert not findings(analyst)
    send(look_up)
    analyst.wait_for_url(f"**{where}")
    return where


def until_it_says(page: Page, live: Live, where: str, words: str) -> None:
    """Open a content's page until the worker has done what makes it say this."""
    wrong = f"{words!r} never came"
    until(lambda: live.drain() or words in page.request.get(where).text(), wrong)
    page.goto(where)
    expect(page.locator(".fp-line")).to_contain_text(words)


def test_a_verdict_goes_to_its_copies_and_the_next_one_is_seen_by_nobody(
    someone: Someone, live: Live
) -> None:
    picture = pixels(numbered(17))
    given: dict[str, object] = {"category": "hate"}
    report_many(live, *((f"https://{host}/p", given) for host in (FIRST, SECOND, OTHER)))
    analyst = someone(viewport=DESK, bypass_csp=True)
    colleague = someone(viewport=PHONE, bypass_csp=True)
    enters(analyst, "analyst")
    enters(colleague, "hotline_lead")

    # Three pictures, of which two are the same: one mirrored. Hashes alone come.
    first = brings(analyst, FIRST, picture)
    until_it_says(analyst, live, first, "Dans aucune banque")
    second = brings(colleague, SECOND, picture[:, ::-1])
    until_it_says(colleague, live, second, "1 copie")
    brings(colleague, OTHER, pixels(numbered(23)))

    # One of them is opened and decided; its copy is listed, with its turn and no picture.
    takes(analyst, FIRST)
    press_key(analyst, "o")
    expect(analyst.locator("[data-pane]")).to_be_visible()
    analyst.keyboard.press("2")
    analyst.keyboard.press("6")
    analyst.keyboard.press("v")
    analyst.keyboard.press("Control+Enter")
    analyst.wait_for_url("**/copies/")
    row = analyst.locator("main tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("en miroir")
    expect(analyst.locator("main img")).to_have_count(0)
    assert not findings(analyst)
    send(analyst.get_by_role("button", name="Qualifier ces copies"))
    analyst.wait_for_url("**/settlings/**")
    expect(analyst.get_by_role("button", name="Tout annuler")).to_be_visible()
    assert not findings(analyst)

    # Nobody else is handed it: it has left the queue, while the third one waits.
    colleague.goto(f"/staff/hotline/queue/?host={SECOND}")
    expect(colleague.locator("#rows .q-row")).to_have_count(0)
    colleague.goto(f"/staff/hotline/queue/?host={OTHER}")
    expect(colleague.locator("#rows .q-row")).to_have_count(1)

    # The verdict is in the centre's bank, and a partner reports the picture once more, turned.
    token = live.balise("tokens", "new", "--partner", "Copies", "--scopes", *SCOPES).strip()
    reported = [
        next_report(live, token, number, np.rot90(picture, turns))
        for number, turns in enumerate((1, 2, 3))
    ]
    for content in reported:
        where = f"/staff/hotline/contents/{content}/"
        until_it_says(colleague, live, where, "ce centre")
        expect(colleague.locator(".fp-line")).to_contain_text("tournée")
        expect(colleague.get_by_role("button", name="Prendre en charge")).to_have_count(0)
        assert not findings(colleague)
    colleague.goto(f"/staff/hotline/queue/?host={NEXT}")
    expect(colleague.locator("#rows .q-row")).to_have_count(0)
    colleague.goto(f"/staff/hotline/queue/?host={NEXT}&known=known")
    expect(colleague.locator("#rows .q-row")).to_have_count(3)


def next_report(live: Live, token: str, number: int, picture: NDArray[np.uint8]) -> str:
    """Report a drawing at one more address as a partner does; return its content."""
    answer = httpx.post(
        f"{live.address}/api/v1/hotline/reports",
        json={
            "addresses": [f"https://{NEXT}/p/{number}"],
            "category": "hate",
            "fingerprints": [fingerprint(picture)],
        },
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"copies-{number:04}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["places"][0])
