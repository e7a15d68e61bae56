"""Conversations over HTTP with everything on: from a POST to the event on both sides' streams.

Opens two streams for each conversation, posts messages at a rate, and counts what each stream got:
lost, doubled, reordered. The young person's page answers each sign of life, as the real one does.
Then one message to each conversation at once, and the memory of a stream. Times run from the moment
a message was due, so that a queue in front of the server counts. One machine serves and asks.

    .venv/bin/python bench/streams.py [postgresql] [--conversations 1000] [--seconds 60]
        [--minutes 30] [--rate 50]
        [--workers 2]     # more than one only on PostgreSQL: the bell then rings across them
"""

import argparse
import asyncio
import json
import os
import re
import resource
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
POSTERS = 32
P50, P99, KIB = 20.0, 100.0, 70.0  # the goals: ms, ms, KiB of a stream
MAKE = """
from uuid import uuid4
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.conversations import access
from balise.helpline.conversations.actions import passing, saying
listener = Actor(ActorKind.STAFF, str(uuid4()), frozenset((access.TALK,)))
for _number in range({many}):
    begun = saying.begin(nickname="Renard", language="fr")
    passing.join(conversation_id=begun.id, by=listener)
    print(begun.token)
"""
JOINED = 1  # the place that is taken before anybody speaks


@dataclass
class Heard:
    """What one stream got, and where it stands."""

    token: str
    is_young: bool
    place: int = JOINED
    got: int = 0
    doubled: int = 0
    reordered: int = 0


@dataclass
class Bench:
    """One run: when each message was due, and how long it took to be heard."""

    port: int
    csrf: str
    queue: "asyncio.Queue[tuple[str, str]]" = field(default_factory=asyncio.Queue)
    due: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    seen: int = 0
    opened: int = 0
    opened_again: int = 0

    async def listen(self, heard: Heard) -> None:
        """Hold one stream; where it is let go, open the next."""
        while True:
            await self._listen(heard)
            self.opened_again += 1

    async def _listen(self, heard: Heard) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET /stream/talk/?after={heard.place} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: talk={heard.token}\r\n\r\n".encode()
        )
        is_open = False
        try:
            while line := await reader.readline():
                if line.startswith(b'data: {"seq'):
                    self._hear(heard, line)
                elif line == b"event: still\n" and heard.is_young:
                    self.queue.put_nowait((heard.token, ""))
                elif line == b"event: again\n":
                    return
                elif not is_open and line.startswith(b"retry:"):
                    is_open = True
                    self.opened += 1
        finally:
            writer.close()

    def _hear(self, heard: Heard, line: bytes) -> None:
        moment = time.perf_counter()
        said = json.loads(line[6:])
        seq = said["seq"]
        heard.got += 1
        heard.doubled += seq == heard.place
        heard.reordered += seq < heard.place
        heard.place = max(seq, heard.place)
        if said["text"] in self.due:
            self.waits.append((moment - self.due[said["text"]]) * 1000)

    def say(self, token: str, text: str) -> None:
        """Let a message be due now."""
        self.due[text] = time.perf_counter()
        self.queue.put_nowait((token, text))

    async def post(self) -> None:
        """Send what is queued, over one connection: a message, or that the page is there."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while True:
            token, text = await self.queue.get()
            fields = {"csrfmiddlewaretoken": self.csrf}
            if text:
                fields |= {"text": text, "client_id": str(uuid4())}
            body = urlencode(fields)
            writer.write(
                f"POST /fr/talk/{'say' if text else 'seen'}/ HTTP/1.1\r\n"
                f"Host: 127.0.0.1:{self.port}\r\nX-Talk: 1\r\n"
                f"Cookie: csrf={self.csrf}; talk={token}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            if b" 200 " not in head.partition(b"\r\n")[0]:
                self.failed += 1
            elif text:
                self.answers.append((time.perf_counter() - self.due[text]) * 1000)
                self.acknowledged[token] = self.acknowledged.get(token, 0) + 1
            else:
                self.seen += 1
            self.queue.task_done()


def centile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all stay under; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def used(pid: int) -> tuple[int, float]:
    """Return the KiB in memory and the seconds of processor of a process and its children."""
    memory, processor = 0, 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # proc(5): after the name in brackets, the parent is field 4, the times 14 and 15.
            words = (process / "stat").read_text().rpartition(")")[2].split()
            pages = int((process / "statm").read_text().split()[1])
        except OSError:
            continue
        if pid in {int(process.name), int(words[1])}:
            memory += pages * os.sysconf("SC_PAGE_SIZE") // 1024
            processor += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return memory, processor


def show(name: str, values: Sequence[float]) -> None:
    """Print one line of times."""
    print(
        f"{name:44} p50 {centile(values, 0.5):7.1f} ms   p99 {centile(values, 0.99):7.1f} ms   "
        f"most {max(values, default=0):7.1f} ms",
        flush=True,
    )


def judge(name: str, *, met: bool) -> None:
    """Print whether a goal is met."""
    print(f"{name:44} {'met' if met else 'MISSED'}", flush=True)


async def measure(bench: Bench, tokens: list[str], asked: argparse.Namespace, pid: int) -> None:
    """Open the streams, post, broadcast, and print what came of it."""
    before, _processor = used(pid)
    streams = [Heard(token, is_young) for token in tokens for is_young in (True, False)]
    listening = []
    began = time.perf_counter()
    for at in range(0, len(streams), 100):
        listening += [asyncio.create_task(bench.listen(one)) for one in streams[at : at + 100]]
        while bench.opened < len(listening):  # noqa: ASYNC110 - a hundred waits for a hundred
            await asyncio.sleep(0.01)
    print(f"{len(streams):,} streams open in {time.perf_counter() - began:.1f} s")
    of_stream = (used(pid)[0] - before) / len(streams)
    print(f"{'memory of a stream':44} {of_stream:.1f} KiB", flush=True)
    posting = [asyncio.create_task(bench.post()) for _one in range(POSTERS)]
    seconds = asked.minutes * 60 or asked.seconds
    _memory, processor = used(pid)
    began = time.perf_counter()
    for number in range(int(seconds * asked.rate)):
        await asyncio.sleep(max(0.0, began + number / asked.rate - time.perf_counter()))
        bench.say(tokens[number * 7 % len(tokens)], f"message {number}")
    await bench.queue.join()
    await asyncio.sleep(SETTLES)
    show(f"answer to a POST, {asked.rate}/s for {seconds} s", bench.answers)
    show("from the POST to the event", bench.waits)
    judge(f"p50 < {P50:.0f} ms", met=centile(bench.waits, 0.5) < P50)
    judge(f"p99 < {P99:.0f} ms", met=centile(bench.waits, 0.99) < P99)
    processor = used(pid)[1] - processor
    print(
        f"{'processor of the server, all in all':44} {processor / seconds * 100:.0f} % of one core,"
        f" {processor / max(len(bench.answers), 1) * 1000:.1f} ms a message"
    )
    judge(f"a stream < {KIB:.0f} KiB", met=of_stream < KIB)
    print(f"{'pages seen / streams opened again':44} {bench.seen:,} / {bench.opened_again:,}")
    bench.waits.clear()
    began = time.perf_counter()
    for number, token in enumerate(tokens):
        bench.say(token, f"to each {number}")
    await bench.queue.join()
    print(f"{'one message to each, as fast as it goes':44} {time.perf_counter() - began:.1f} s")
    await asyncio.sleep(SETTLES)
    show("from when it was due to the event, meanwhile", bench.waits)
    count(bench, streams)
    print(f"{'load of the machine':44} {os.getloadavg()[0]:.1f}")
    for task in (*listening, *posting):
        task.cancel()
    await asyncio.gather(*listening, *posting, return_exceptions=True)


def count(bench: Bench, streams: Sequence[Heard]) -> None:
    """Print what was lost, doubled or reordered."""
    lost = sum(
        bench.acknowledged.get(one.token, 0) - (one.got - one.doubled - one.reordered)
        for one in streams
    )
    doubled = sum(one.doubled for one in streams)
    reordered = sum(one.reordered for one in streams)
    total = sum(bench.acknowledged.values())
    print(f"{'acknowledged / failed':44} {total:,} / {bench.failed}")
    print(f"{'lost / doubled / reordered, of all streams':44} {lost} / {doubled} / {reordered}")
    judge("nothing lost, doubled or reordered", met=not (lost or doubled or reordered))


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--minutes", type=int, default=0)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    if asked.database == "postgresql" and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "tests.postgres", sys.executable, __file__]
        sys.exit(subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, check=False).returncode)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = 2 * asked.conversations + 500
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(wanted, 1_024), hard), hard))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        env |= {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {asked.database}, workers: {asked.workers}, all on one machine")
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
            asyncio.run(measure(Bench(port, "c" * 32), tokens, asked, process.pid))


if __name__ == "__main__":
    main()
