"""Passwords: Argon2id at the centre's own cost, and never more than one hash at a time.

One hash takes 46 MiB and a core for about 0.2 s. Twenty sign-ins a second would starve the
intake of reports on the same machine: beyond a short queue the sign-in says "try again" instead.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused

QUEUE_LENGTH = 8
RETRY_AFTER_SECONDS = 5


class SignInBusy(Refused, code="sign-in-busy"):
    """Too many people are signing in at this very moment; nothing was checked."""


class Gate:
    """Lets one thread hash at a time and a few wait; refuses the others at once."""

    def __init__(self, *, queue: int) -> None:
        self._places = threading.BoundedSemaphore(queue + 1)
        self._turn = threading.Lock()

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Wait for one's turn; refuse (`SignInBusy`) when the queue is full."""
        if not self._places.acquire(blocking=False):
            raise SignInBusy(str(_("Too many people are signing in right now.")))
        try:
            with self._turn:
                yield
        finally:
            self._places.release()


gate = Gate(queue=QUEUE_LENGTH)


class GatedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, t=2, m=46 MiB, p=1 (docs/decisions/0004-sign-in.md), behind the gate."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with gate.one_at_a_time():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with gate.one_at_a_time():
            return super().verify(password, encoded)
