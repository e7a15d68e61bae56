"""One message to a thousand open pages: Balise's streams beside Django Channels, in one run.

The same client holds a thousand listeners of one conversation and posts ten messages a second; the
time runs from the POST to the event at each listener. Balise writes each message, sealed, into its
log before anyone hears it; Channels (websockets, in-memory layer, uvicorn) keeps nothing. Then the
hub alone: a thousand conversations with two streams each, from the bell to the stream.

    .venv/bin/python bench/broadcast.py [--listeners 1000] [--seconds 20]

The peer is a dependency of this measurement only: `make bench` fetches it.
"""

import abc
import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

import uvloop

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.streams import BALISE, centile, judge, show  # noqa: E402
from tests import temporary  # noqa: E402

RATE = 10  # messages a second, each to all listeners
P99, TIMES, ALONE = 25.0, 10.0, 1.0  # ms; so many times below the peer; ms of the hub alone
ROOMS, HUB_RATE = 1_000, 470
MAKE = """
from balise.helpline.conversations.actions import saying
print(saying.begin(nickname="Renard", language="fr").token)
"""
PEER = """
import sys
from django.conf import settings
LAYER = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
settings.configure(CHANNEL_LAYERS={"default": LAYER})
import django
django.setup()
import uvicorn
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter

class Page(AsyncWebsocketConsumer):
    groups = ["room"]

    async def said(self, event):
        await self.send(text_data=event["text"])

async def say(scope, receive, send):
    text = (await receive())["body"].decode()
    await get_channel_layer().group_send("room", {"type": "said", "text": text})
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})

application = ProtocolTypeRouter({"http": say, "websocket": Page.as_asgi()})
uvicorn.run(application, port=int(sys.argv[1]), log_level="warning", access_log=False)
"""
UPGRADE = (
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Page(asyncio.Protocol):
    """One open page, as cheap as a client can be: it must not be what is measured."""

    OPEN: bytes  # what the server says once the page is open

    def __init__(self, listeners: "Listeners") -> None:
        self.listeners = listeners
        self.rest = b""
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(self.asks().encode())

    def data_received(self, data: bytes) -> None:
        self.rest += data
        if not self.is_open:
            head, found, rest = self.rest.partition(self.OPEN)
            if not found:
                return
            assert b" 200 " in head or b" 101 " in head, head
            self.rest, self.is_open = rest, True
            self.listeners.opened += 1
        self.heard()

    @abc.abstractmethod
    def asks(self) -> str:
        """Return the request that opens the page."""

    @abc.abstractmethod
    def heard(self) -> None:
        """Take whole messages off `rest`."""


class StreamPage(Page):
    """A stream of server-sent events."""

    OPEN = b"retry: 1500\n\n"

    def asks(self) -> str:
        return (
            "GET /stream/talk/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: talk={self.listeners.token}\r\n\r\n"
        )

    def heard(self) -> None:
        *whole, self.rest = self.rest.split(b"}\n\n")
        for event in whole:
            self.listeners.hear(event.rpartition(b'"text":"')[2].rstrip(b'"'))


class SocketPage(Page):
    """A WebSocket (RFC 6455), with frames of under 126 bytes."""

    OPEN = b"\r\n\r\n"

    def asks(self) -> str:
        return UPGRADE

    def heard(self) -> None:
        while len(self.rest) > 1 and len(self.rest) >= 2 + self.rest[1]:
            end = 2 + self.rest[1]
            self.listeners.hear(self.rest[2:end])
            self.rest = self.rest[end:]


class Listeners:
    """A thousand open pages, and how long each message took to each of them (ms)."""

    def __init__(self, port: int, *, token: str = "") -> None:
        self.port = port
        self.token = token  # empty: the peer
        self.opened = 0
        self.due: dict[bytes, float] = {}
        self.waits: list[float] = []
        self.transports: list[asyncio.BaseTransport] = []

    async def listen(self) -> None:
        """Hold one page open."""
        made = partial(StreamPage if self.token else SocketPage, self)
        loop = asyncio.get_running_loop()
        transport, _page = await loop.create_connection(made, "127.0.0.1", self.port)
        self.transports.append(transport)

    def hear(self, text: bytes) -> None:
        """Note when a message came."""
        if text in self.due:
            self.waits.append((time.perf_counter() - self.due[text]) * 1000)

    async def post(self, number: int) -> None:
        """Say one thing to all."""
        text = f"message {number}"
        body, head = text, "POST / HTTP/1.1\r\n"
        if self.token:
            fields = {"csrfmiddlewaretoken": "c" * 32, "text": text, "client_id": str(uuid4())}
            body = urlencode(fields)
            head = (
                f"POST /fr/talk/say/ HTTP/1.1\r\nX-Talk: 1\r\n"
                f"Cookie: csrf={'c' * 32}; talk={self.token}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
            )
        self.due[text.encode()] = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"{head}Host: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        answer = await reader.readline()
        assert b" 200 " in answer, answer
        writer.close()


async def broadcast(name: str, listeners: Listeners, asked: argparse.Namespace) -> float:
    """Open the pages, say so many things, print, and return the 99th centile (ms)."""
    for at in range(0, asked.listeners, 100):
        await asyncio.gather(*(listeners.listen() for _one in range(100)))
        while listeners.opened < at + 100:  # noqa: ASYNC110 - a hundred waits for a hundred
            await asyncio.sleep(0.01)
    count = asked.seconds * RATE
    began = time.perf_counter()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        await listeners.post(number)
    await asyncio.sleep(3)
    show(f"{name}: {RATE}/s to {asked.listeners:,}", listeners.waits)
    lost = count * asked.listeners - len(listeners.waits)
    print(f"{'  not heard within three seconds':44} {lost:,} of {count * asked.listeners:,}")
    for transport in listeners.transports:
        transport.close()
    return centile(listeners.waits, 0.99)


def ours(folder: Path, asked: argparse.Namespace) -> float:
    """Measure Balise on SQLite, as `balise serve` serves it."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
    env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
    env |= {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
    subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
    command = [BALISE, "shell", "-v0", "-c", MAKE]
    token = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
    port = temporary.free_port()
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with temporary.server(
        command, answers=lambda: temporary.listens(port), log=folder / "log", env=env
    ):
        return uvloop.run(broadcast("Balise", Listeners(port, token=token.strip()), asked))


def peer(folder: Path, asked: argparse.Namespace) -> float | None:
    """Measure Django Channels doing the same."""
    if find_spec("channels") is None:
        print("Django Channels is not here: scripts/setup peers")
        return None
    port = temporary.free_port()
    command = [sys.executable, "-c", PEER, str(port)]
    with temporary.server(command, answers=lambda: temporary.listens(port), log=folder / "peer"):
        return uvloop.run(broadcast("Django Channels", Listeners(port), asked))


async def alone(seconds: int) -> list[float]:
    """Return how long the hub takes from the bell to the stream (ms), its log in memory."""
    from balise.foundation import clock  # noqa: PLC0415
    from balise.helpline.conversations.queries import EventRow  # noqa: PLC0415 - settings first
    from balise.helpline.conversations.streams.hub import Hub  # noqa: PLC0415

    said: dict[UUID, list[EventRow]] = {uuid4(): [] for _room in range(ROOMS)}
    rung: dict[tuple[UUID, int], float] = {}
    waits: list[float] = []

    async def read(wanted: Mapping[UUID, int]) -> dict[UUID, list[EventRow]]:
        return {room: said[room][place:] for room, place in wanted.items()}

    async def places(rooms: list[UUID]) -> dict[UUID, int]:
        return {room: len(said[room]) for room in rooms}

    hub = Hub(read=read, places=places)

    async def hear(room: UUID) -> None:
        async with hub.stream(room, place=0, encode=lambda row: b"%d" % row.seq) as stream:
            while True:
                await stream.wait(60)
                waits.extend(
                    (time.perf_counter() - rung[room, int(chunk)]) * 1000
                    for chunk in stream.taken()
                )

    running = asyncio.create_task(hub.run())
    hearing = [asyncio.create_task(hear(room)) for room in said for _side in range(2)]
    await asyncio.sleep(1)
    chance, rooms = Random(1), list(said)  # noqa: S311
    for number in range(seconds * HUB_RATE):
        if number % 47 == 0:
            await asyncio.sleep(0.1 - time.perf_counter() % 0.1)
        await asyncio.sleep(0)
        room = chance.choice(rooms)
        seq = len(said[room]) + 1
        said[room].append(EventRow(seq, "message", "young", clock.now(), "", None, b""))
        rung[room, seq] = time.perf_counter()
        hub.ring(room)
    await asyncio.sleep(0.5)
    for task in (running, *hearing):
        task.cancel()
    await asyncio.gather(running, *hearing, return_exceptions=True)
    return waits


def main() -> None:
    """Measure ours, the peer, and the hub alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(asked.listeners + 500, 1_024), hard), hard))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        took = ours(folder, asked)
        theirs = peer(folder, asked)
        judge(f"p99 <= {P99:.0f} ms", met=took <= P99)
        if theirs is not None:
            print(f"{'how many times below the peer':44} {theirs / took:.1f}")
            judge(f"at least {TIMES:.0f} times", met=theirs / took >= TIMES)
        os.environ |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        os.environ["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
        import django  # noqa: PLC0415 - settings first

        django.setup()
        waits = asyncio.run(alone(asked.seconds))
        print(
            f"{f'the hub alone, {HUB_RATE}/s, {2 * ROOMS:,} streams':44} "
            f"p50 {centile(waits, 0.5):7.3f} ms   p99 {centile(waits, 0.99):7.3f} ms"
        )
        judge(f"p99 <= {ALONE:.0f} ms", met=centile(waits, 0.99) <= ALONE)
    print(f"{'load of the machine':44} {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
