"""Conversations over HTTP with everything on: from a POST to the event on both sides' streams.

Opens two streams for each conversation, posts messages at a rate, and counts what each stream got:
lost, doubled, reordered. Then one message to each conversation at once, and the memory of a stream.
One machine serves and asks, so that the asking is in the figures too.

    .venv/bin/python bench/streams.py [postgresql] [--conversations 1000] [--seconds 60] [--rate 50]
        [--workers 1]     # more than one only on PostgreSQL: the bell then rings across them
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

BALISE = str(ROOT / ".venv/bin/balise")
SETTLES = 3.0  # seconds that the last events may take
POSTERS = 8
MAKE = """
from balise.helpline.conversations.actions import asking
for _number in range({many}):
    print(asking.ask(nickname="Renard", language="fr").token)
"""


@dataclass
class Heard:
    """What one stream got: its places in order, and how long each message took (ms)."""

    token: str
    places: list[int] = field(default_factory=list)


@dataclass
class Bench:
    """One run: when each message was posted, and how long it took to be heard."""

    port: int
    csrf: str
    posted: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    opened: int = 0

    async def listen(self, heard: Heard) -> None:
        """Hold one stream."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET /stream/talk/?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: talk={heard.token}\r\n\r\n".encode()
        )
        is_open = False
        try:
            while line := await reader.readline():
                if not is_open and line.startswith(b"retry:"):
                    is_open = True
                    self.opened += 1
                if not line.startswith(b'data: {"seq'):
                    continue
                moment = time.perf_counter()
                said = json.loads(line[6:])
                heard.places.append(said["seq"])
                if said["text"] in self.posted:
                    self.waits.append((moment - self.posted[said["text"]]) * 1000)
        finally:
            writer.close()

    async def post(self, queue: "asyncio.Queue[tuple[str, str]]") -> None:
        """Send what is queued, over one connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while True:
            token, text = await queue.get()
            body = urlencode(
                {"csrfmiddlewaretoken": self.csrf, "text": text, "client_id": str(uuid4())}
            )
            self.posted[text] = began = time.perf_counter()
            writer.write(
                f"POST /fr/talk/say/ HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nX-Talk: 1\r\n"
                f"Cookie: csrf={self.csrf}; talk={token}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            self.answers.append((time.perf_counter() - began) * 1000)
            if b" 200 " in head.partition(b"\r\n")[0]:
                self.acknowledged[token] = self.acknowledged.get(token, 0) + 1
            else:
                self.failed += 1
            queue.task_done()


def centile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all stay under; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def resident(pid: int) -> int:
    """Return the KiB that a process and its children hold in memory."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = status.read_text()
        except OSError:
            continue
        own = re.search(r"^Pid:\t(\d+)", words, re.MULTILINE)
        parent = re.search(r"^PPid:\t(\d+)", words, re.MULTILINE)
        if own and parent and str(pid) in {own[1], parent[1]}:
            held = re.search(r"^VmRSS:\s+(\d+)", words, re.MULTILINE)
            found += int(held[1]) if held else 0
    return found


def show(name: str, values: Sequence[float]) -> None:
    """Print one line of times."""
    print(
        f"{name:44} p50 {centile(values, 0.5):7.1f} ms   p99 {centile(values, 0.99):7.1f} ms   "
        f"most {max(values, default=0):7.1f} ms"
    )


async def measure(bench: Bench, tokens: list[str], asked: argparse.Namespace, pid: int) -> None:
    """Open the streams, post, broadcast, and print what came of it."""
    before = resident(pid)
    streams = [Heard(token) for token in tokens for _side in range(2)]
    listening = []
    began = time.perf_counter()
    for at in range(0, len(streams), 100):
        listening += [asyncio.create_task(bench.listen(one)) for one in streams[at : at + 100]]
        while bench.opened < len(listening):  # noqa: ASYNC110 - a hundred waits for a hundred
            await asyncio.sleep(0.01)
    print(f"{len(streams):,} streams open in {time.perf_counter() - began:.1f} s")
    print(f"{'memory of a stream':44} {(resident(pid) - before) / len(streams):.1f} KiB")
    queue: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    posting = [asyncio.create_task(bench.post(queue)) for _one in range(POSTERS)]
    began = time.perf_counter()
    for number in range(int(asked.seconds * asked.rate)):
        await asyncio.sleep(max(0.0, began + number / asked.rate - time.perf_counter()))
        queue.put_nowait((tokens[number * 7 % len(tokens)], f"message {number}"))
    await queue.join()
    await asyncio.sleep(SETTLES)
    show(f"answer to a POST, {asked.rate}/s for {asked.seconds} s", bench.answers)
    show("from the POST to the event", bench.waits)
    bench.waits.clear()
    began = time.perf_counter()
    for number, token in enumerate(tokens):
        queue.put_nowait((token, f"broadcast {number}"))
    await queue.join()
    print(f"{'one message to each, as fast as it goes':44} {time.perf_counter() - began:.1f} s")
    await asyncio.sleep(SETTLES)
    show("from the POST to the event, meanwhile", bench.waits)
    lost = doubled = reordered = 0
    for one in streams:
        expected = bench.acknowledged.get(one.token, 0)
        lost += expected - len(set(one.places))
        doubled += len(one.places) - len(set(one.places))
        reordered += one.places != sorted(one.places)
    total = sum(bench.acknowledged.values())
    print(f"{'acknowledged / failed':44} {total:,} / {bench.failed}")
    print(f"{'lost / doubled / reordered, of all streams':44} {lost} / {doubled} / {reordered}")
    for task in (*listening, *posting):
        task.cancel()
    await asyncio.gather(*listening, *posting, return_exceptions=True)


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    if asked.database == "postgresql" and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "tests.postgres", sys.executable, __file__]
        sys.exit(subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, check=False).returncode)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        env |= {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {asked.database}, {asked.workers} worker, all on one machine")
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        made = subprocess.run(
            [BALISE, "shell", "-v0", "-c", MAKE.format(many=asked.conversations)],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        tokens = made.stdout.split()
        port = temporary.free_port()
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        command += ["--workers", str(asked.workers)]
        with temporary.server(
            command, answers=lambda: temporary.listens(port), log=folder / "log", env=env
        ) as process:
            bench = Bench(port, "c" * 32)
            asyncio.run(measure(bench, tokens, asked, process.pid))


if __name__ == "__main__":
    main()
