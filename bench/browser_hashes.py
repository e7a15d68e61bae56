"""Hashing in a browser: a photograph of 12 megapixels, and a minute of film.

    .venv/bin/python bench/browser_hashes.py [--rounds 7]

In Chromium, in turns: the photograph (JPEG) from its file to its eight hashes in our worker, and
the browser's own decoding of it alone (the bound); then a film (WebM, VP8, 1280 by 720 at 30 frames
a second, one in 60 a key frame) from its file to 60 hashes. Each is the median of its rounds. Tasks
of the page over 50 ms are counted meanwhile. No centre is started: the modules are served alone,
under our pages' policy.
"""

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from tests.bare_page import bare_page  # noqa: E402
from tests.browser import QUIET, installed  # noqa: E402

PICTURE_MS, MINUTE_S = 600.0, 10.0
FRAMES = 60


def ask(page: Page, call: str) -> Any:
    """Return the answer of a function of bench/browser_hashes.js."""
    return page.evaluate(f"async () => (await import('/static/bench/browser_hashes.js')).{call}()")


def verdict(is_met: bool) -> str:  # noqa: FBT001
    """Say whether a goal was met."""
    return "met" if is_met else "MISSED"


def main() -> None:
    """Measure, and print each figure with its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with bare_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=[*QUIET])
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(address)
        print(f"Chromium {browser.version}")
        photo_size, clip_size = ask(page, "prepare")
        photos, bounds = [], []
        for _round in range(rounds):
            photos.append(ask(page, "photograph"))
            bounds.append(ask(page, "decoding"))
        minutes = [ask(page, "minute") for _round in range(max(1, rounds // 2))]
        browser.close()
    whole = median(each["ms"] for each in photos)
    points = photos[0]["points"] / 1e6
    print(f"{points:.0f} megapixels ({photo_size / 1e6:.1f} MB)  {whole:.0f} ms,", end=" ")
    print(f"asked {PICTURE_MS:.0f} ms: {verdict(whole < PICTURE_MS)}")
    print(f"  decoding alone          {median(bounds):.0f} ms")
    seconds = median(each["ms"] for each in minutes) / 1000
    is_whole = all(each["frames"] == FRAMES for each in minutes)
    print(f"a minute of film ({clip_size / 1e6:.1f} MB)  {seconds:.1f} s,", end=" ")
    print(f"asked {MINUTE_S:.0f} s: {verdict(seconds < MINUTE_S and is_whole)}")
    tasks = [round(task) for each in (*photos, *minutes) for task in each["tasks"]]
    print(f"the page meanwhile        tasks over 50 ms: {len(tasks)} {tasks or ''}:", end=" ")
    print(verdict(not tasks))


if __name__ == "__main__":
    main()
