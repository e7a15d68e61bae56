"""The two workspaces: how soon they are there, how soon they tell, what they weigh and ask.

    .venv/bin/python bench/workspaces.py [--furnished FOLDER] [--conversations 500]

A demonstration centre is started. A listener takes three chats; the one on the screen has 200
messages, the two others 20 each. Measured are the page at the server (the whole HTML over the
loopback, one request after the other), its first contentful paint in Chromium with an empty cache
and with a filled one, all that Chromium loads with an empty cache as the server sends it, heads
included, and the statements that the database is asked for the page.

Then 500 conversations are open, each with the stream of its young person. In half a minute 200
messages come to the two chats that are not on the screen, and as many to the others': from the
moment a message is due to the moment its words stand in the page's DOM. A message that a later one
of the same chat overtook counts until that one is shown.

Last, an analyst: from the key to the frame in which Chromium presents the next content, whether it
comes on a page of its own or in the place of the one before, with as many statements and bytes as
its page takes. `processor` is what a page costs the server, whatever else
this machine does: it plays the young people and the browser too.
"""

import argparse
import asyncio
import http.client
import os
import resource
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.day import NOTHING_WAITS, at_work  # noqa: E402
from bench.played.contents import contents  # noqa: E402
from bench.played.judging import Judging  # noqa: E402
from bench.played.listening import Listening  # noqa: E402
from bench.streams import JOINED, MAKE, Bench, Heard, centile, judge  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402
from tests import temporary  # noqa: E402
from tests.browser import QUIET, installed  # noqa: E402
from tests.journeys.scenarios.people import report_many  # noqa: E402
from tests.live import NOBODY_WAITS, Live, centre, furnish  # noqa: E402

ROUNDS = 30
SERVER_MS, PAINT_MS, RAIL_MS, NEXT_MS, BYTES = 300.0, 1_000.0, 150.0, 150.0, 150_000
MESSAGES, SECONDS = 200, 30
SHOWN, OTHERS = 200, 20  # messages of the chat on the screen, and of each other one
THREE = """
from uuid import uuid4
from balise.helpline.conversations.actions import saying
for name, many in (("Loutre", {others}), ("Hibou", {others}), ("Renard", {shown})):
    begun = saying.ask(nickname=name, language="fr", age=13)
    for number in range(many):
        text = f"Message {{number}} : on se moque de moi dans le groupe de la classe."
        saying.say(token=begun.token, text=text, client_id=uuid4())
    print("TOKEN", begun.token)
"""
STATEMENTS = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import sign_in
client = Client(SERVER_NAME="127.0.0.1")
sign_in(client, Account.objects.get(email="{role}@demonstration.example"))
client.get("{path}")
with CaptureQueriesContext(connection) as asked:
    answer = client.get("{path}")
assert answer.status_code == 200, answer.status_code
print("ASKED", len(asked), f"{{sum(float(one['time']) for one in asked):.3f}}")
if {is_told}:
    for one in asked:
        print(one["time"], one["sql"][:260])
"""
# When each numbered message is first in the page, by the clock of this machine.
WATCH = """() => {
  window.seen = {};
  const look = () => {
    const words = document.body.textContent;
    for (const [, at] of words.matchAll(/Signe (\\d+)\\./g)) window.seen[at] ??= Date.now();
  };
  const all = { childList: true, subtree: true, characterData: true };
  new MutationObserver(look).observe(document.body, all);
}"""
# The moment of the key, by the clock that all pages of a browser share, and of the frame in which
# Chromium presents the heading of a content's facts (Element Timing), on whichever page.
KEYED = """
  addEventListener("keydown", ({ key, ctrlKey, shiftKey, timeStamp }) => {
    if (key !== "Enter" || !ctrlKey || !shiftKey) return;
    sessionStorage.setItem("keyed", performance.timeOrigin + timeStamp);
  }, true);
  new MutationObserver(() => {
    document.getElementById("facts")?.setAttribute("elementtiming", "content");
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver(list => {
    window.presented = performance.timeOrigin + list.getEntries().at(-1).renderTime;
  }).observe({ type: "element", buffered: true });
"""
PRESENTED = """() => new Promise(resolve => {
  const keyed = Number(sessionStorage.getItem("keyed"));
  const look = () => {
    const { presented } = window;
    presented > keyed ? resolve(presented - keyed) : setTimeout(look, 10);
  };
  look();
})"""
PAINTED = """() => new Promise(resolve => {
  const look = () => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    first ? resolve(first.startTime) : setTimeout(look, 10);
  };
  look();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--furnished", type=Path, help="keep the centre as it is set up here")
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--statements", action="store_true", help="print them")
    asked = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(asked.conversations * 2 + 500, hard), hard))
    with temporary.folder() as folder:
        home = asked.furnished or folder / "furnished"
        if not home.exists():
            home.mkdir(mode=0o700)
            furnish(home)
        calm = {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        with centre(home, **calm) as live, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            try:
                listener(browser, live, asked)
                analyst(browser, live, asked)
            except AssertionError:
                print(live.last_words(), file=sys.stderr)
                raise
            browser.close()


def listener(browser: Browser, live: Live, asked: argparse.Namespace) -> None:
    """Measure the listener's workspace."""
    live.balise("shell", "-v0", "-c", NOBODY_WAITS)
    said = live.balise("shell", "-v0", "-c", THREE.format(shown=SHOWN, others=OTHERS))
    ours = [line.split()[1] for line in said.splitlines() if line.startswith("TOKEN")]
    with at_work(browser, live, "listener") as hands:
        work = Listening(hands)
        work.sits(chats=3)
        work.takes()
        for _chat in ours[1:]:
            work.takes_one_more()
        page = hands.page
        print(f"\nlistener, 3 chats, {SHOWN} messages: {urlsplit(page.url).path[:24]}…")
        look_at(browser, live, page, "listener", asked)
        tell_of(live, page, ours, asked.conversations)


def look_at(browser: Browser, live: Live, page: Page, role: str, asked: argparse.Namespace) -> None:
    """Print what one page takes: at the server, on the screen, in bytes and in statements."""
    before = processor_of(live.pid)
    show("HTML out, the whole page", at_server(page), SERVER_MS)
    processor = (processor_of(live.pid) - before) / (ROUNDS + 2) * 1_000
    print(f"{'processor of the server for a page':44} {processor:.0f} ms")
    weigh(browser, page)
    again = []
    for _round in range(ROUNDS // 3):
        page.reload()
        again.append(page.evaluate(PAINTED))
    show("first contentful paint, cache filled", again, PAINT_MS)
    path = urlsplit(page.url).path
    words = STATEMENTS.format(role=role, path=path, is_told=asked.statements)
    said = live.balise("shell", "-v0", "-c", words).partition("ASKED ")[2]
    number, seconds = said.split()[:2]
    print(f"{'statements, and their time':44} {number}, {float(seconds) * 1000:.0f} ms")
    if asked.statements:
        print(said.partition("\n")[2])


def at_server(page: Page) -> list[float]:
    """Return the milliseconds of each whole answer, over one connection."""
    where = urlsplit(page.url)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    taken = []
    connection = http.client.HTTPConnection(where.netloc)
    for _round in range(ROUNDS + 2):
        start = time.perf_counter()
        path = f"{where.path}?{where.query}" if where.query else where.path
        connection.request("GET", path, headers={"Cookie": cookies, "Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - start) * 1_000)
        assert answer.status == HTTPStatus.OK, answer.status
    connection.close()
    return taken[2:]


def processor_of(pid: int) -> float:
    """Return the seconds of processor of a process and of all that it started."""
    seconds, children = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # proc(5): after the name in brackets, the parent is field 4, the times 14 and 15.
            words = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds[int(process.name)] = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        children.setdefault(int(words[1]), []).append(int(process.name))
    known = [pid]
    for each in known:
        known += children.get(each, [])
    return sum(seconds.get(each, 0.0) for each in known)


def weigh(browser: Browser, page: Page) -> None:
    """Open the page as the same person with an empty cache: its paint, and all that it loads."""
    paints, totals = [], []
    for _round in range(5):
        with beside(browser, page) as context:
            fresh = context.new_page()
            found: dict[str, dict[str, Any]] = {}
            wire = context.new_cdp_session(fresh)
            wire.on("Network.responseReceived", lambda e, f=found: f.update({e["requestId"]: e}))
            wire.on(
                "Network.loadingFinished",
                lambda e, f=found: f.get(e["requestId"], {}).update(
                    taken=int(e["encodedDataLength"])
                ),
            )
            wire.send("Network.enable")
            fresh.goto(page.url)
            paints.append(fresh.evaluate(PAINTED))
            fresh.wait_for_timeout(1_500)
            totals.append(sum(one.get("taken", 0) for one in found.values()))
            last = found
    show("first contentful paint, cache empty", paints, PAINT_MS)
    names = sorted(
        ((one.get("taken", 0), urlsplit(one["response"]["url"]).path) for one in last.values()),
        reverse=True,
    )
    total = int(statistics.median(totals))
    print(f"{'bytes on the wire, cache empty':44} {total:,} in {len(last)} answers")
    print("  " + ", ".join(f"{name.rsplit('/', 1)[-1][:30] or 'page'} {n:,}" for n, name in names))
    judge(f"  {BYTES:,} at most", met=total <= BYTES)


@contextmanager
def beside(browser: Browser, page: Page) -> Iterator[BrowserContext]:
    """Give a context of the same person, whose cache is empty."""
    context = browser.new_context(
        locale="fr-FR",
        viewport={"width": 1280, "height": 800},
        storage_state=page.context.storage_state(),
    )
    yield context
    context.close()


def tell_of(live: Live, page: Page, ours: Sequence[str], many: int) -> None:
    """Print how long messages take to the page, with so many conversations open."""
    made = live.balise("shell", "-v0", "-c", MAKE.format(many=many - len(ours)))
    others = made.split()
    bench = Bench(int(live.address.rsplit(":", 1)[1]), "c" * 32)
    page.evaluate(WATCH)
    due: dict[int, float] = {}
    sending = threading.Thread(
        target=asyncio.run, args=(send(bench, ours[:2], others, [*ours, *others], due),)
    )
    sending.start()
    while sending.is_alive():
        page.wait_for_timeout(200)
    seen = {int(number): at for number, at in page.evaluate("window.seen").items()}
    waits = []
    for number, moment in due.items():
        # The words of a chat may have been overtaken by its next ones.
        shown = [at for later, at in seen.items() if later >= number and later % 2 == number % 2]
        if shown:
            waits.append(min(shown) - moment * 1_000)
    print(f"{'streams open, messages due, failed':44} {bench.opened}, {len(due)}, {bench.failed}")
    print(f"{'never shown':44} {len(due) - len(waits)}")
    show("answer to a message’s POST", bench.answers, None)
    show("from a message to the page’s DOM", waits, RAIL_MS, share=0.99)


async def send(
    bench: Bench,
    ours: Sequence[str],
    others: Sequence[str],
    streams: Sequence[str],
    due: dict[int, float],
) -> None:
    """Open the streams; then let messages come to ours and to the others', in turns."""
    listening = []
    for at in range(0, len(streams), 50):
        listening += [
            asyncio.create_task(bench.listen(Heard(token, is_young=True, place=JOINED)))
            for token in streams[at : at + 50]
        ]
        while bench.opened < len(listening):  # noqa: ASYNC110 - fifty waits for fifty
            await asyncio.sleep(0.01)
    posting = [asyncio.create_task(bench.post()) for _one in range(8)]
    began = time.perf_counter()
    for number in range(MESSAGES):
        await asyncio.sleep(max(0.0, began + number * SECONDS / MESSAGES - time.perf_counter()))
        due[number] = time.time()
        bench.say(ours[number % 2], f"Signe {number}.")
        bench.say(others[number * 7 % len(others)], f"Autre {number}.")
    await bench.queue.join()
    await asyncio.sleep(2)
    for task in (*listening, *posting):
        task.cancel()
    await asyncio.gather(*listening, *posting, return_exceptions=True)


def analyst(browser: Browser, live: Live, asked: argparse.Namespace) -> None:
    """Measure the analyst's workspace."""
    live.balise("shell", "-v0", "-c", NOTHING_WAITS)
    cases = [one for one in contents(200) if one.verdict == "out-of-scope"][: ROUNDS + 1]
    report_many(live, *[(one.address, {"category": "shocking"}) for one in cases])
    known = {one.address: one for one in cases}
    with at_work(browser, live, "analyst") as hands:
        hands.page.add_init_script(KEYED)
        work = Judging(hands)
        work.begins()
        work.takes()
        print("\nanalyst, a content and the queue")
        look_at(browser, live, hands.page, "analyst", asked)
        drawn = []
        for _round in cases[1:]:
            work.decides(known[work.opens()])
            work.saves()
            drawn.append(hands.page.evaluate(PRESENTED))
        show("from the key to the next content drawn", drawn, NEXT_MS, share=0.5)


def show(name: str, values: Sequence[float], goal: float | None, *, share: float = 0.95) -> None:
    """Print one line of times, and whether a share of them is within a goal."""
    met = "" if goal is None else ("met" if centile(values, share) < goal else "MISSED")
    told = f"goal {goal:.0f} ms at p{share * 100:.0f}: {met}" if goal else ""
    print(
        f"{name:44} p50 {centile(values, 0.5):6.0f} ms   p95 {centile(values, 0.95):6.0f} ms   "
        f"p99 {centile(values, 0.99):6.0f} ms   {told}",
        flush=True,
    )


if __name__ == "__main__":
    main()
