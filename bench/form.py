"""What the report form costs a visitor: bytes as Chromium takes them, and the first byte.

A centre is served on the loopback as `balise serve` serves it. Chromium opens the form with an
empty cache, and its own count of each answer on the wire (headers and all) is printed. Then the
form is asked for ROUNDS times, each over a connection of its own and without a cookie; the bound is
a small file from the same server.
"""

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402
from tests import temporary  # noqa: E402
from tests.browser import QUIET  # noqa: E402

FORM = "/fr/report/"
ROUNDS = 100
MOST_BYTES = 60_000
FIRST_BYTE_MS = 30.0
BALISE = str(ROOT / ".venv/bin/balise")


def main() -> None:
    with temporary.folder() as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        env |= {"BALISE_HOME": str(folder / "home")}
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        port = temporary.free_port()
        with temporary.server(
            [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
            answers=lambda: temporary.listens(port),
            log=folder / "log",
            env=env,
        ):
            weigh(port)
            small = first_byte(port, static_of(port, ".svg"))
            show("a small file (bound)", small)
            form = first_byte(port, FORM)
            show(FORM, form)
    median = statistics.median(form)
    print(f"goal: {FIRST_BYTE_MS:.0f} ms median, {verdict(median <= FIRST_BYTE_MS)}")


def weigh(port: int) -> None:
    """Print what Chromium takes for the form, one line an answer."""
    found: dict[str, dict[str, Any]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_context(locale="fr-FR").new_page()
        wire = page.context.new_cdp_session(page)
        wire.on("Network.responseReceived", lambda e: found.update({e["requestId"]: e}))
        wire.on(
            "Network.loadingFinished",
            lambda e: found[e["requestId"]].update(taken=int(e["encodedDataLength"])),
        )
        wire.send("Network.enable")
        page.goto(f"http://127.0.0.1:{port}{FORM}", wait_until="networkidle")
        browser.close()
    print(f"{'':<72}{'content':>9}{'+ head':>9}  as")
    total = wire_total = 0
    for each in found.values():
        answer, taken = each["response"], each["taken"]
        content = taken - int(answer["encodedDataLength"])  # what had come with the head
        total, wire_total = total + content, wire_total + taken
        coding = {k.lower(): v for k, v in answer["headers"].items()}.get("content-encoding", "")
        name, kind = urlsplit(answer["url"]).path, each["type"].lower()
        print(f"{name:<72}{content:>9,}{taken:>9,}  {kind} {coding}")
    print(f"{'in all':<72}{total:>9,}{wire_total:>9,}")
    met = f"content {verdict(total <= MOST_BYTES)}, with heads {verdict(wire_total <= MOST_BYTES)}"
    print(f"goal: {MOST_BYTES:,} bytes, {met}")


def static_of(port: int, ending: str) -> str:
    """Return the address of a file that the form names."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", FORM)
    words = connection.getresponse().read().decode().split('"')
    return next(word.partition("#")[0] for word in words if word.partition("#")[0].endswith(ending))


def first_byte(port: int, path: str) -> list[float]:
    """Return the milliseconds from a new connection to the head of its answer, for each round."""
    taken: list[float] = []
    for _round in range(ROUNDS + 3):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        taken.append((time.perf_counter() - start) * 1_000)
        assert answer.status == http.HTTPStatus.OK, answer.status
        answer.read()
        connection.close()
    return taken[3:]  # the first answers are slower


def show(name: str, taken: list[float]) -> None:
    p99 = statistics.quantiles(taken, n=100)[98]
    print(f"first byte of {name:<36} {statistics.median(taken):6.1f} ms   p99 {p99:6.1f} ms")


def verdict(met: bool) -> str:  # noqa: FBT001 - a word for it
    return "met" if met else "MISSED"


if __name__ == "__main__":
    main()
