"""What breaks: a browser is killed, a line goes silent, a process ends, a disk is full."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests import temporary
from tests.browser import QUIET, installed
from tests.live import Live

_PIECE = 65_536
_AS_ROOT = () if os.geteuid() == 0 else ("sudo", "-n")


class Line:
    """A way to a server that can go silent: what is sent is taken and never arrives."""

    def __init__(self, to: str) -> None:
        self._to = ("127.0.0.1", urlsplit(to).port or 80)
        self._is_silent = threading.Event()
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._open, daemon=True).start()

    def go_silent(self) -> None:
        """Let every connection stay open and carry nothing, as a network that is lost does."""
        self._is_silent.set()

    def speak_again(self) -> None:
        """Carry again; what was sent meanwhile is lost."""
        self._is_silent.clear()

    def close(self) -> None:
        """End every connection, and take no other."""
        for each in (self._door, *self._ends):
            with suppress(OSError):  # it has ended by itself
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _open(self) -> None:
        with suppress(OSError):  # closed
            while True:
                here, _address = self._door.accept()
                there = socket.create_connection(self._to)
                self._ends += (here, there)
                for ends in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, come: socket.socket, go: socket.socket) -> None:
        with suppress(OSError):
            while piece := come.recv(_PIECE):
                if not self._is_silent.is_set():
                    go.sendall(piece)
            go.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(live: Live) -> Iterator[Line]:
    """Give a line to the centre."""
    line = Line(live.address)
    try:
        yield line
    finally:
        line.close()


class OwnBrowser:
    """A browser process of one person's own, which can be killed."""

    def __init__(self, process: subprocess.Popen[bytes], page: Page) -> None:
        self.page = page
        self._process = process

    def kill(self) -> None:
        """End it at once, with all that it started: it says goodbye to nobody."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def own_browser(browser: Browser, live: Live, **choices: object) -> Iterator[OwnBrowser]:
    """Start a second Chromium for one person; `browser` tells which kind drives it."""
    port = temporary.free_port()
    with temporary.folder() as folder:
        command = [
            *(installed(), "--headless=new", f"--remote-debugging-port={port}", *QUIET),
            f"--user-data-dir={folder / 'profile'}",
        ]
        with temporary.server(
            command, answers=lambda: temporary.listens(port), log=folder / "log"
        ) as process:
            driven = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
            settings = {"locale": "fr-FR", "base_url": live.address, **choices}
            own = OwnBrowser(process, driven.new_context(**settings).new_page())  # type: ignore[arg-type]
            try:
                yield own
            finally:
                own.kill()


def kill_web(live: Live) -> None:
    """Kill the process that answers for the centre; `balise run` starts another."""
    os.kill(min(children(live.pid)), signal.SIGKILL)


def children(parent: int) -> Iterator[int]:
    """Yield the processes that one has started; the web is the first."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # one that has just ended
            words = dict(each.split(":\t", 1) for each in status.read_text().splitlines())
            if int(words["PPid"]) == parent:
                yield int(words["Pid"])


@dataclass(frozen=True)
class Volume:
    """A small volume of its own, in memory."""

    place: Path

    def grow(self, mebibytes: int) -> None:
        """Give it more room."""
        _mount("-o", f"remount,size={mebibytes}m", self.place)


@contextmanager
def small_volume(mebibytes: int) -> Iterator[Volume]:
    """Mount a volume of this size; it asks for root, or for sudo without a password."""
    with temporary.folder() as folder:
        place = folder / "volume"
        place.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0755", "tmpfs", place)
        try:
            yield Volume(place)
        finally:
            subprocess.run([*_AS_ROOT, "umount", "--lazy", place], check=True)  # noqa: S603


def _mount(*words: str | Path) -> None:
    done = subprocess.run([*_AS_ROOT, "mount", *words], check=False, capture_output=True)  # noqa: S603
    if done.returncode:
        pytest.skip(f"no volume can be mounted here: {done.stderr.decode().strip()}")
