"""What people wait beside each attack: a report and a message of a chat, every 50 ms.

Starts `balise serve` and `balise work` in a home of their own, on SQLite and on PostgreSQL. In one
run for each: all is quiet; uploads of 1 MiB, eight at once, within their budget and beyond; links
to 48 kB that were sent once, eight at once; badges that are checked, ten at once; sixty connections
that are held. Prints p50, p99 and who was refused; the goal is twice what is quiet, or 100 ms. How
much uploads and links make the disk hold is what `fill_up.py` prints.

    .venv/bin/python bench/crowd.py [SECONDS]
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402
from tests.hostile.crowding import TALK, Waited, badge, crowd, held, link, people, put_three, upload  # noqa: E402
from tests.postgres import postgres  # noqa: E402

BALISE = str(ROOT / ".venv/bin/balise")
SECONDS = 10.0
UPLOADS, BADGES, HELD = 8, 10, 60
P50, P99 = 0.5, 0.99
WITHIN = 0.1  # seconds


@contextmanager
def memory(pid: int) -> Iterator[list[float]]:
    """Give how many MiB of memory the server and its children have, before and after."""
    found = [_memory(pid)]
    yield found
    found.append(_memory(pid))


def _memory(pid: int) -> float:
    group = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    lines = (line for one in group for line in Path(f"/proc/{one}/status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def tell(name: str, waited: tuple[Waited, Waited], quiet: tuple[Waited, Waited], more: str) -> None:
    """Print what a report and a message took, and whether it is within the goal."""
    said = []
    for kind, one, alone in zip(("report", "message"), waited, quiet, strict=True):
        bound = max(WITHIN, 2 * alone.at(P99))
        is_met = one.at(P99) <= bound and not one.refused
        said.append(
            f"{kind} p50 {one.at(P50) * 1000:>4.0f} p99 {one.at(P99) * 1000:>4.0f} ms"
            f" of {len(one.took)}, {len(one.refused)} refused {'' if is_met else 'MISSED'}"
        )
    print(f"  {name:<20} {'   '.join(said)}   {more}")


def measure(database: str, seconds: float) -> None:
    with temporary.folder() as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        port = temporary.free_port()
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_DEMONSTRATION": "0"}
        env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
        env |= {"DATABASE_URL": database} if database else {}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        command = [BALISE, "shell", "-v0", "-c", TALK]
        told = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        talk = told.stdout.strip()
        worker = temporary.server(
            [BALISE, "work"], answers=lambda: True, log=folder / "work.log", env=env
        )
        with (
            temporary.server(
                [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
                answers=lambda: temporary.listens(port),
                log=folder / "serve.log",
                env=env,
            ) as served,
            worker,
        ):
            attacks: dict[str, AbstractContextManager[object]] = {
                "quiet": nullcontext(),
                "eight uploads": crowd(partial(upload, port), at_once=UPLOADS),
                "links to 48 kB": crowd(partial(link, port, put_three(port)), at_once=UPLOADS),
                "ten badges": crowd(partial(badge, port), at_once=BADGES),
                "sixty held": held(port, HELD),
                "quiet again": nullcontext(),
            }
            quiet = None
            with people(port, talk):
                time.sleep(2)  # everything is loaded once
            for name, attack in attacks.items():
                with memory(served.pid) as octets, attack, people(port, talk) as waited:
                    time.sleep(seconds)
                quiet = quiet or waited
                tell(name, waited, quiet, f"memory {octets[0]:.0f} → {octets[1]:.0f} MiB")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    for name, database in (("SQLite", nullcontext("")), ("PostgreSQL", postgres(settings=()))):
        print(f"{name}, {seconds:.0f} s each")
        with database as address:
            measure(address, seconds)


if __name__ == "__main__":
    main()
