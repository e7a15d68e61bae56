"""Take the README's pictures from a running demonstration centre.

make run                                   # in one terminal
.venv/bin/python scripts/pictures.py       # in another; `… ADDRESS` if it is elsewhere
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def take(browser: Browser, address: str) -> None:
    """Take what a reporter sees on a phone and a desk, and what an analyst and a director see."""
    visitor = browser.new_context(
        locale="fr-FR", base_url=address, viewport={"width": 1280, "height": 800}
    ).new_page()
    visitor.goto("/fr/")
    visitor.screenshot(path=FOLDER / "home.png")

    staff = browser.new_context(
        locale="fr-FR", base_url=address, viewport={"width": 1280, "height": 800}
    ).new_page()
    staff.goto("/staff/demonstration/")
    staff.get_by_role("button", name="Analyste").first.click()
    staff.wait_for_load_state()
    staff.goto("/staff/hotline/queue/")
    staff.screenshot(path=FOLDER / "queue.png")


def main() -> None:
    """Take the pictures of the centre at the address given, or at `make run`'s."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        take(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
