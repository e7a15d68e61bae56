"""The vault in a browser: sealing and opening 20 MB, unlocking, opening 200 items.

    .venv/bin/python bench/vault.py [--rounds 5]

In Chromium, in turns: our sealing and opening in their worker, then the same cipher alone in a worker
(the library's ChaCha20-Poly1305 over 64 KiB chunks: the bound), then WebCrypto's AES-GCM as what the
format costs. `turn` is the longest that the page waited for its turn while that ran, `tasks` its tasks
over 50 ms. `memory` is what the page and its workers hold beyond what they held before, at its most, as
Chromium measures it; `resident` is how far the process grew, with what is not collected yet.

The phone has a quarter of the processor: its process is stopped three quarters of the time, all its
threads with it (DevTools would slow the page down and leave workers as they are). No centre is
started: the modules are served alone, under the policy of our public pages.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from tests.browser import QUIET, installed  # noqa: E402
from tests.vault_page import bare_page  # noqa: E402

MB = 20 * 1024 * 1024 / 1e6
SHARE, TASK_MS, OPEN_MS, PHONE_S = 0.6, 50.0, 300.0, 4.0
MEMORY = 3 * 64 * 1024 + 10_000_000
ITEMS = 200
RUNS, STOPS = 0.005, 0.015  # seconds: a quarter of the processor


def ask(page: Page, call: str) -> Any:  # noqa: ANN401 - JSON
    """Return the answer of a function of bench/vault.js."""
    return page.evaluate(f"async () => (await import('/static/bench/vault.js')).{call}")


def resident(pid: int, name: str) -> int:
    """Return bytes of a process: VmRSS now, VmHWM at its most since it was reset."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise LookupError(name)


@contextmanager
def slowed(pid: int) -> Iterator[None]:
    """Leave a process of ours a quarter of the processor."""
    over = threading.Event()

    def stop_and_go() -> None:
        while not over.wait(RUNS):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(STOPS)
            os.kill(pid, signal.SIGCONT)

    thread = threading.Thread(target=stop_and_go)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def verdict(is_met: bool) -> str:  # noqa: FBT001
    """Say whether a goal was met."""
    return "met" if is_met else "MISSED"


def middle(rounds: list[dict[str, Any]], name: str) -> float:
    """Return the median of one figure."""
    return float(statistics.median(each[name] for each in rounds))


def full_speed(page: Page, pid: int, rounds: int) -> None:
    """Print speed beside both bounds, the page's turns, and memory."""
    ours, chacha, gcm, hashes = [], [], [], []
    for _round in range(rounds):
        ours.append(ask(page, "ours()"))
        chacha.append(dict(zip(("seal", "open"), ask(page, "alone('chacha')"), strict=True)))
        gcm.append(dict(zip(("seal", "open"), ask(page, "alone('gcm')"), strict=True)))
        hashes.append({"digest": ask(page, "hashing()")})
    for name in ("seal", "open"):
        mine, bound, other = (middle(each, name) for each in (ours, chacha, gcm))
        print(
            f"{name} 20 MB  {mine:6.0f} ms ({MB / mine * 1000:.0f} MB/s)   cipher alone {bound:6.0f} ms"
            f"   {bound / mine:4.0%} of it, asked {SHARE:.0%}: {verdict(bound / mine >= SHARE)}"
            f"   AES-GCM of the browser {other:.0f} ms ({mine / other:.0f} times less)"
        )
    print(f"both hashes of 20 MB  {middle(hashes, 'digest'):.0f} ms")
    tasks = [task for each in ours for task in each["tasks"]]
    longest = max(each["longest"] for each in ours)
    print(
        f"page meanwhile  longest turn {longest:.0f} ms, tasks over 50 ms: {len(tasks)}"
        f" {[round(each) for each in tasks]}: {verdict(not tasks)}"
    )
    memory(page, pid)


class Heap:
    """The heap of the vault's worker, asked through DevTools while it works."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)
        self._workers: dict[str, str] = {}
        self._answers: dict[int, dict[str, int]] = {}
        self._last = 0
        self._devtools.on("Target.attachedToTarget", self._attached)
        self._devtools.on("Target.receivedMessageFromTarget", self._heard)
        told = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        self._devtools.send("Target.setAutoAttach", told)

    def _attached(self, event: dict[str, Any]) -> None:
        self._workers[event["targetInfo"]["url"].rsplit("/", 1)[-1]] = event["sessionId"]

    def _heard(self, event: dict[str, Any]) -> None:
        answer = json.loads(event["message"])
        if "id" in answer:
            self._answers[answer["id"]] = answer.get("result", {})

    def look(self, *, is_collected: bool) -> int:
        """Return bytes of objects and of buffers, with or without what is garbage already."""
        # Sent at once: between two answers the worker would make new garbage.
        methods = ["HeapProfiler.collectGarbage"] if is_collected else []
        for method in (*methods, "Runtime.getHeapUsage"):
            self._last += 1
            message = json.dumps({"id": self._last, "method": method})
            told = {"sessionId": self._workers["work.js"], "message": message}
            self._devtools.send("Target.sendMessageToTarget", told)
        while self._last not in self._answers:
            self._page.wait_for_timeout(2)
        found = self._answers[self._last]
        return found["usedSize"] + found["backingStorageSize"]


def memory(page: Page, pid: int) -> None:
    """Print what the worker holds at most while it seals and opens, beyond what it held before."""
    heap = Heap(page)
    before = heap.look(is_collected=True)
    most = {}
    for is_collected in (True, False):
        looks = []
        if not is_collected:
            heap.look(is_collected=True)
            Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")
            grown_from = resident(pid, "VmRSS")
        begin = "async () => { globalThis.isOver = false; const { ours } = await import('/static/bench/vault.js');"
        page.evaluate(f"{begin} ours().then(() => (globalThis.isOver = true)); }}")
        while not page.evaluate("isOver"):
            looks.append(heap.look(is_collected=is_collected))
        most[is_collected] = max(looks) - before
        print(f"memory, {'held' if is_collected else 'with garbage'}: {most[is_collected] / 1e6:.1f} MB, {len(looks)} looks")
    grown = resident(pid, "VmHWM") - grown_from
    print(
        f"memory  {most[True] / 1e6:.1f} MB held over {before / 1e6:.1f} MB, asked {MEMORY / 1e6:.1f} MB:"
        f" {verdict(most[True] <= MEMORY)}   resident + {grown / 1e6:.1f} MB"
    )


def on_a_phone(page: Page, pid: int) -> None:
    """Print the seconds of 20 MB, and of unlocking, with a quarter of the processor."""
    with slowed(pid):
        once = ask(page, "ours()")
        hashing = ask(page, "hashing()")
        openings = [ask(page, "opening()") for _round in range(3)]
    for name in ("seal", "open"):
        seconds = once[name] / 1000
        print(f"phone: {name} 20 MB  {seconds:.1f} s, 4 s thought of: {verdict(seconds <= PHONE_S)}")
    print(f"phone: both hashes of 20 MB  {hashing / 1000:.1f} s")
    print(f"phone: unlock, 600,000 rounds  {middle(openings, 'unlock'):.0f} ms")
    print(f"phone: open {ITEMS} items  {middle(openings, 'list'):.0f} ms")


def main() -> None:
    """Measure, and print each figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with bare_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=[*QUIET])
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(address)
        processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        print([(each["id"], each["type"]) for each in processes["processInfo"]])
        pids = [each["id"] for each in processes["processInfo"] if each["type"] == "renderer"]
        pid = max(pids)
        print(f"Chromium {browser.version}")
        ask(page, "prepare()")
        full_speed(page, pid, rounds)
        ask(page, f"fill({ITEMS})")
        openings = [ask(page, "opening()") for _round in range(rounds)]
        listed = middle(openings, "list")
        print(
            f"open {openings[0]['count']} items  {listed:.0f} ms, asked {OPEN_MS:.0f} ms:"
            f" {verdict(listed <= OPEN_MS)}   unlock {middle(openings, 'unlock'):.0f} ms"
        )
        on_a_phone(page, pid)
        browser.close()


if __name__ == "__main__":
    main()
