"""The app on a five-year-old phone at 3G: first contentful paint, size of the first load by part.

Chromium with its processor slowed 4 times, 150 ms and 1.6 Mbit/s, and an empty cache; the median of
five visits, beside the bounds. Bytes are those on the wire, heads included, as the browser counts
them; what the worker then saves is counted apart, as the server gives it with gzip.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

VISITS = 5
PATH = "/fr/app/"
PAINT, AT_WORST = 1000, 1500  # ms
HEAVIEST = 100_000  # bytes
KBIT = 125  # bytes a second
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600 * KBIT,
    "uploadThroughput": 750 * KBIT,
}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    with temporary.folder() as folder:
        port = temporary.free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("BALISE_")}
        env |= {
            "BALISE_HOME": f"{folder}/home",
            "BALISE_DEMONSTRATION": "1",
            "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        }
        balise = Path(sys.executable).with_name("balise")
        subprocess.run([balise, "setup"], env=env, check=True, capture_output=True)
        command = [balise, "serve", "--address", f"127.0.0.1:{port}"]
        answers = partial(temporary.listens, port)
        with temporary.server(command, answers=answers, log=folder / "log", env=env):
            look(f"http://127.0.0.1:{port}")


def look(address: str) -> None:
    """Visit, and print."""
    httpx.get(f"{address}{PATH}")  # the first answer is slower
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path)
        visits = [visit(browser, f"{address}{PATH}") for _visit in range(VISITS)]
        browser.close()
    paints = sorted(paint for paint, _parts in visits)
    parts = visits[-1][1]
    median = statistics.median(paints)
    print(f"{PATH}: {VISITS} visits, cache empty, load {os.getloadavg()[0]:.0f}")
    print(
        f"first contentful paint  median {median:,.0f} ms ({verdict(median, PAINT)} {PAINT:,} ms)"
        f"  worst {paints[-1]:,.0f} ms ({verdict(paints[-1], AT_WORST)} {AT_WORST:,} ms)"
    )
    for part, size in parts.most_common():
        print(f"  {part:24}{size:>10,} bytes")
    whole = parts.total()
    print(f"  {'the first load':24}{whole:>10,} bytes ({verdict(whole, HEAVIEST)} {HEAVIEST:,})")
    kept = saved(address)
    print("then saved by the worker, in its time (one language):")
    for part, size in kept.most_common():
        print(f"  {part:24}{size:>10,} bytes")


def visit(browser: Browser, address: str) -> tuple[float, Counter[str]]:
    """Return the first paint (ms) of one visit, and the bytes of its page by part."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, service_workers="block"
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    parts: Counter[str] = Counter()
    devtools.on(
        "Network.requestWillBeSent",
        lambda event: kinds.update({event["requestId"]: part_of(event["request"]["url"])}),
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: parts.update({kinds[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    paint = page.evaluate(PAINTED)
    context.close()
    return float(paint), parts


def part_of(url: str) -> str:
    """Return which part of the load an address is."""
    path = urlsplit(url).path
    kind = path.rpartition(".")[2]
    names = {
        "css": "styles",
        "js": "scripts",
        "woff2": "type",
        "svg": "drawings",
        "png": "drawings",
    }
    if path.startswith("/static/"):
        return names.get(kind, kind)
    if path == PATH:
        return "page"
    return "other pages" if path.endswith("/") else "state, manifest, worker"


def saved(address: str) -> Counter[str]:
    """Return the bytes that the worker fetches beside the page's own, as they leave, by part."""
    found: Counter[str] = Counter()
    told = httpx.get(f"{address}/app/release.json").json()
    found["release.json"] = len(gzip.compress(json.dumps(told).encode()))
    for file in told["files"]:
        path = file["path"]
        if path.startswith("/en/"):
            continue
        with httpx.stream("GET", f"{address}{path}", headers={"Accept-Encoding": "gzip"}) as answer:
            size = sum(map(len, answer.iter_raw()))
        found["the vault’s library" if path.startswith("/static/vault/") else part_of(path)] += size
    return found


def verdict(value: float, bound: float) -> str:
    return "met:" if value <= bound else "MISSED:"


if __name__ == "__main__":
    main()
