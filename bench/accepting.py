"""Accepting the next contact, everything on: claim, record, key, conversation, journal.

Five thousand wait; listeners with different skills accept one after the other. Prints the median,
the ninetieth percentile, the slowest, and the median of the processor time.

    .venv/bin/python bench/accepting.py [postgresql]     # on SQLite, or on a PostgreSQL of its own
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


WAITING = 5_000
TAKEN = 200
GOAL = 50.0  # ms
BALISE = str(ROOT / ".venv/bin/balise")


def fill() -> None:
    """Let so many wait: whole conversations those that are taken, before the others."""
    from uuid import uuid4  # noqa: PLC0415

    from django.db import connection, transaction  # noqa: PLC0415

    from balise.helpline.conversations.actions import saying  # noqa: PLC0415 - settings first
    from balise.helpline.queue.actions import waiting  # noqa: PLC0415
    from balise.helpline.queue.rules import Risk, WaitKind  # noqa: PLC0415

    with transaction.atomic():
        for _each in range(WAITING - TAKEN):
            waiting.enqueue(kind=WaitKind.CHAT, subject=uuid4(), risk=Risk.E)
        for _each in range(TAKEN):
            saying.ask(nickname="Renard", language="fr")
    if connection.vendor == "postgresql":
        # PostgreSQL gathers its statistics within a minute; nobody waits for that here. Without
        # any it expects one row, reads all five thousand and sorts them for each claim.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def accepted() -> tuple[list[float], list[float]]:
    """Accept one after the other, each from a new seat; return how long each took, in ms.

    Then how much of it our own processor time was, which holds on a busy machine too.
    """
    from uuid import uuid4  # noqa: PLC0415

    from balise.config.roles import ROLES  # noqa: PLC0415
    from balise.foundation.actors import Actor, ActorKind  # noqa: PLC0415
    from balise.helpline.console.actions import accepting  # noqa: PLC0415
    from balise.helpline.queue.actions import seating  # noqa: PLC0415
    from balise.helpline.queue.rules import Skill  # noqa: PLC0415

    (abilities,) = (role.abilities for role in ROLES if role.code == "listener")
    skills = list(Skill)
    took, busy = [], []
    for turn in range(TAKEN):
        listener = Actor(ActorKind.STAFF, str(uuid4()), abilities)
        seating.sit(skills=[skills[turn % len(skills)]], chat_cap=1, by=listener)
        start, busy_since = time.perf_counter(), time.process_time()
        found = accepting.accept(by=listener)
        took.append((time.perf_counter() - start) * 1_000)
        busy.append((time.process_time() - busy_since) * 1_000)
        assert found is not None
    return took, busy


def measure() -> None:
    """Fill, accept, and print."""
    import django  # noqa: PLC0415 - settings first

    django.setup()
    fill()
    took, busy = accepted()
    p50, p90 = statistics.median(took), statistics.quantiles(took, n=10)[-1]
    print(
        f"accept, {WAITING:,} waiting   p50 {p50:6.1f} ms   p90 {p90:6.1f} ms"
        f"   slowest {max(took):6.1f} ms   processor {statistics.median(busy):6.1f} ms"
        f"   goal {GOAL:.0f} ms: {'met' if p90 < GOAL else 'not met'}"
    )


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        env |= {"DJANGO_SETTINGS_MODULE": "balise.config.settings"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {env['DATABASE_URL'].split(':')[0]}")
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        subprocess.run([sys.executable, __file__, "measure"], env=env, check=True)


if __name__ == "__main__":
    if "measure" in sys.argv:
        measure()
    elif "postgresql" in sys.argv and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "tests.postgres", sys.executable, __file__, "postgresql"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    else:
        main()
