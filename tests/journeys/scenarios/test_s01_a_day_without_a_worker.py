"""S1: the worker was down for a day, and the director opens the board and exports.

Until when it counted stands on the page, on each card and in the file; nothing shows a zero for
what nobody counted; the command says so and ends with 1. Once a worker runs, all of it is counted.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import temporary
from tests.browser import Someone
from tests.journeys.scenarios.people import DESK, PHONE, enters
from tests.live import BALISE, Live, demonstration
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.storm]

YESTERDAY = """
from datetime import timedelta
from balise.foundation import clock
from balise.hotline.reports.tests.makers import make_report
with clock.at(clock.now() - timedelta(hours=20)):
    for _each in range(3):
        make_report()
"""

TODAY = "from balise.foundation.clock import today; print('TODAY', today())"


@pytest.fixture(scope="module")
def live(furnished: Path) -> Iterator[Live]:
    """Give a centre that serves pages while no worker runs."""
    web = temporary.free_port()
    with demonstration(furnished, web) as (centre, folder):
        centre.balise("work", "--once")
        centre.balise("shell", "-v0", "-c", YESTERDAY)
        command = [BALISE, "serve", "--address", f"127.0.0.1:{web}"]
        with temporary.server(
            command,
            answers=lambda: temporary.listens(web),
            log=folder / "serve.log",
            env=centre.env,
        ):
            yield centre


def test_a_day_without_a_worker(someone: Someone, live: Live) -> None:
    director = someone(locale="fr-FR", viewport=DESK)
    enters(director, "steering")
    director.goto("/staff/steering/hotline/?period=12-months")
    expect(director.get_by_text(re.compile(r"\d+ faits non comptés"))).to_be_visible()
    above = director.locator(".figures-until li").filter(has_text="Point de Contact")
    expect(above).to_contain_text("Compté jusqu’au")
    cards = director.locator("#figures > section")
    expect(cards.filter(has_text="Compté jusqu’au")).to_have_count(cards.count())
    expect(director.locator("main")).to_contain_text("centre est une démonstration")

    day = live.balise("shell", "-v0", "-c", TODAY).split("TODAY ")[1].strip()
    director.goto(f"/staff/steering/hotline/?first={day}&last={day}")
    expect(director.locator("main")).not_to_contain_text(re.compile(r"\b0 signalement"))

    director.goto("/staff/steering/hotline/?period=12-months")
    with director.expect_download() as coming:
        director.get_by_role("button", name="CSV").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert coming.value.suggested_filename.startswith("demonstration-hotline-")
    assert all(row["counted_until"] for row in rows)

    told = _figures(live)
    assert told.returncode == 1
    assert "--allow-stale" in told.stderr
    stale = json.loads(_figures(live, "--allow-stale").stdout)
    assert stale["waiting"] > 0

    # A worker runs again: on a telephone, and in English, all is counted.
    live.balise("work", "--once")

    def counted() -> bool:
        live.balise("work", "--once")
        return not _figures(live).returncode

    until(counted, "still not counted")
    member = someone(locale="en-GB", viewport=PHONE)
    enters(member, "steering")
    member.goto("/staff/steering/hotline/?period=12-months")
    expect(member.locator(".figures-until li").first).to_contain_text("Counted until")
    expect(member.get_by_text("These figures are not complete")).to_have_count(0)


def _figures(live: Live, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [BALISE, "figures", "--json", *words],
        env=live.env,
        capture_output=True,
        text=True,
        check=False,
    )
