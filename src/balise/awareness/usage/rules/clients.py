"""Whether a client used a thing in the last half hour already, without knowing who it is."""

import secrets
from collections import OrderedDict
from datetime import date
from hashlib import blake2b
from threading import Lock
from typing import Final

from balise.awareness.usage.rules.tallies import Client, Use

WINDOW: Final = 30 * 60.0  # seconds
MOST: Final = 100_000  # hashes: some 20 MB


class Clients:
    """Hashes of the last half hour, under a random key that is nowhere else and lasts a day.

    At the bound the oldest is forgotten early: figures can then be too high, never too low.
    Moments are those of a monotonic clock.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._key, self._day = b"", date.min
        self._until: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def begin(self, day: date) -> None:
        """Throw yesterday's key away, with all hashes made with it."""
        with self._lock:
            self._begin(day)

    def is_new(self, client: Client, use: Use, *, now: float, day: date) -> bool:
        """Return whether this use counts, and remember it; one of an unknown address does."""
        if not client.address:
            return True
        told = f"{client.address}\n{client.agent}\n{use.kind}\n{use.thing}".encode()
        with self._lock:
            self._begin(day)
            name = blake2b(told, key=self._key, digest_size=16).digest()
            while self._until and next(iter(self._until.values())) <= now:
                self._until.popitem(last=False)
            if name in self._until:
                return False
            if len(self._until) >= self._most:
                self._until.popitem(last=False)
            self._until[name] = now + WINDOW
        return True

    def __len__(self) -> int:
        return len(self._until)

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._key, self._day = secrets.token_bytes(32), day
            self._until.clear()
