"""Waiting for what comes by itself: a mail, a worker's task, a server."""

import time
from collections.abc import Callable

PATIENCE = 180.0  # seconds that anything may take, on a machine whose cores are taken


def until[Found](look: Callable[[], Found], otherwise: str = "it did not come") -> Found:
    """Look again and again until there is something, and return it; fails saying `otherwise`."""
    give_up_at = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < give_up_at, otherwise
        time.sleep(0.1)
    return found


def let_pass(seconds: float) -> None:
    """Let time pass, where it is the subject: an answer that comes late, someone who is away."""
    time.sleep(seconds)
