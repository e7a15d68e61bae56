"""How fast the public may write: from one neighbourhood, and in all. Rules, and what they remember.

Whoever writes faster is asked for a pause (`pauses.py`), never turned away. What is remembered is
in this process's memory only: a name that means nothing outside it, and until when it is busy.
"""

import secrets
from collections.abc import Hashable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

AHEAD: Final = 120.0  # seconds: two minutes' worth may come at once
SHORTEST_WAIT: Final = 5.0  # seconds
LONGEST_WAIT: Final = 60.0
MOST_KEPT: Final = 100_000
_DAY: Final = 86_400.0
_IPV4_PREFIX: Final = 3  # bytes: a /24
_IPV6_PREFIX: Final = 8  # bytes: a /64
_SUBSCRIBER_PREFIX: Final = 6  # bytes: a /48 (RFC 6177)


def neighbourhood(address: str) -> bytes:
    """Return the /24 (IPv4) or /64 (IPv6) that an address is in; empty if it is no address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return b""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return ip.packed[:_IPV6_PREFIX]
        ip = ip.ipv4_mapped
    return ip.packed[:_IPV4_PREFIX]


def wider(near: bytes) -> bytes:
    """Return the /48 that a /64 is in; empty for a /24, which is in no such one."""
    return near[:_SUBSCRIBER_PREFIX] if len(near) == _IPV6_PREFIX else b""


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine's own (127.0.0.0/8 or ::1)."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class Blinds:
    """Names for neighbourhoods, under a key that is nowhere else and lasts a day."""

    def __init__(self) -> None:
        self._key = b""
        self._until = 0.0

    def of(self, address: str, *, now: float) -> bytes:
        """Return the neighbourhood's name of today; empty if the address is not known."""
        near = neighbourhood(address)
        if not near:
            return b""
        if not self._key or now >= self._until:
            self._key = secrets.token_bytes(32)
            self._until = now + _DAY
        return blake2b(near, key=self._key, digest_size=16).digest()


class Buckets[Key: Hashable]:
    """Token buckets by key, each kept as the moment at which it will be full again.

    This is the generic cell rate algorithm (ITU-T I.371). Moments are those of a monotonic clock.
    """

    def __init__(self) -> None:
        self._full_at: dict[Key, float] = {}
        self._lock = Lock()

    def takes(self, key: Key, *, a_minute: int, now: float) -> bool:
        """Take one token, and return whether there was one; `a_minute` 0 is without limit."""
        if not a_minute:
            return True
        each = 60.0 / a_minute
        with self._lock:
            full_at = max(self._full_at.get(key, 0.0), now) + each
            if full_at - now > AHEAD + each / 2:  # half a token: sums of floats are a little off
                return False
            self._keep(key, full_at, now)
        return True

    def is_spent(self, key: Key, *, a_minute: int, now: float) -> bool:
        """Return whether there is no token, and take none."""
        each = 60.0 / a_minute
        return max(self._full_at.get(key, 0.0), now) + each - now > AHEAD + each / 2

    def wait(self, key: Key, *, a_minute: int, now: float) -> float:
        """Stand in line, and return the seconds until one's turn, between the two bounds."""
        each = 60.0 / max(a_minute, 1)
        with self._lock:
            turn = min(max(self._full_at.get(key, 0.0), now) + each, now + LONGEST_WAIT)
            self._keep(key, turn, now)
        return min(max(turn - now, SHORTEST_WAIT), LONGEST_WAIT)

    def __len__(self) -> int:
        return len(self._full_at)

    def _keep(self, key: Key, full_at: float, now: float) -> None:
        if len(self._full_at) >= MOST_KEPT and key not in self._full_at:
            self._full_at = {each: at for each, at in self._full_at.items() if at > now}
            if len(self._full_at) > MOST_KEPT // 2:  # so many are busy: the house's own one counts
                self._full_at.clear()
        self._full_at[key] = full_at


class Floods:
    """Who is asked for a pause: a neighbourhood that writes a lot, everyone when the house does."""

    def __init__(self) -> None:
        self._blinds = Blinds()
        self._nearby = Buckets[bytes]()
        self._all = Buckets[str]()
        self._lines = Buckets[bytes]()

    def admits(self, address: str, *, nearby: int, in_all: int, now: float) -> bool:
        """Count one writing, and return whether it may go on at once.

        `nearby` and `in_all` are writings a minute, 0 for no limit. An address that is not known
        counts for the whole house alone.
        """
        near = self._blinds.of(address, now=now) if nearby else b""
        if near and not self._nearby.takes(near, a_minute=nearby, now=now):
            return False
        return self._all.takes("", a_minute=in_all, now=now)

    def wait(self, address: str, *, nearby: int, in_all: int, now: float) -> float:
        """Return the seconds that someone waits who goes on without the proof of work."""
        near = self._blinds.of(address, now=now) if nearby else b""
        return self._lines.wait(near, a_minute=nearby if near else in_all, now=now)


class Spent:
    """What has served once, until it would no longer be good anyway."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def __contains__(self, name: str) -> bool:
        return name in self._until

    def takes(self, name: str, *, until: float, now: float) -> bool:
        """Return whether this is the first time; `until` and `now` are of one clock."""
        with self._lock:
            if name in self._until:
                return False
            if len(self._until) >= MOST_KEPT:
                self._until = {each: at for each, at in self._until.items() if at > now}
            if len(self._until) >= MOST_KEPT:
                del self._until[next(iter(self._until))]
            self._until[name] = until
        return True
