"""How long the season of 2023 takes to make, part by part, in a database of its own.

    bench/season.py [SCALE]

Prints what `balise demo` prints, with the seconds of the processor beside those of the clock: on a
machine that does other things, the first say more.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL_SECONDS = 180.0
BALISE = Path(sys.executable).with_name("balise")


def main() -> None:
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        env = ours | {"BALISE_HOME": folder, "BALISE_DEMONSTRATION": "1"}
        began = time.perf_counter()
        subprocess.run(
            [BALISE, "demo", "--season", "2023", "--scale", str(scale)], env=env, check=True
        )
        took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{'with the tables':<20}{took:>8.1f} s of the clock")
    print(f"{'':<20}{used.ru_utime + used.ru_stime:>8.1f} s of processors")
    print(f"{'':<20}{used.ru_maxrss / 1024:>8.0f} MB at most in one process")
    if scale == 1:
        print(f"{'goal':<20}{GOAL_SECONDS:>8.1f} s  {'met' if took <= GOAL_SECONDS else 'MISSED'}")


if __name__ == "__main__":
    main()
