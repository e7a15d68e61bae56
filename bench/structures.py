"""How long “near me” takes with 20,000 structures: the map with all, a region's list, near a place.

Asked through the whole public door; the bound is a page of words, which asks no table and draws no
map. `processor` is what one request costs, whatever else this machine does. `DATABASE_URL` chooses
the database, an empty one.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from uuid import UUID

SIZE: Final = 20_000
ROUNDS: Final = 30
GOAL_MS: Final = 60.0
ASKED: Final[Mapping[str, Mapping[str, str]]] = {
    "all and the map": {},
    "a region": {"region": "ile-de-france"},
    "a département": {"area": "35"},
    "near Rennes": {"q": "Rennes"},
    "near Paris": {"commune": "75056"},
    "near a postcode": {"q": "97430"},
    "no such place": {"q": "Xyzzy"},
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        given = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            "BALISE_HOME": folder,
            "BALISE_SECRET_KEY": "a bench has nothing to hide, and needs sixty characters for it",
            "DATABASE_URL": given,
        }
        import django  # noqa: PLC0415 - settings first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        measure()


def measure() -> None:
    """Fill, ask each way and print."""
    from django.db import connection  # noqa: PLC0415

    fill()
    load = os.getloadavg()[0]
    say(f"{connection.vendor}; {SIZE:,} structures; median of {ROUNDS}; load {load:.0f}")
    bound, _busy = timed("/fr/legal/", {})
    missed = 0
    for name, asked in ASKED.items():
        clock, busy = timed("/fr/near-me/", asked)
        missed += busy > GOAL_MS
        say(f"{name:>18}{clock:>8.1f} ms{busy:>9.1f} ms of processor")
    say(f"{'a page of words':>18}{bound:>8.1f} ms (bound: the same door, no table)")
    say(f"goal: {GOAL_MS:.0f} ms of processor each, {'MISSED' if missed else 'met'}")


def say(line: str) -> None:
    print(line, flush=True)


def timed(path: str, asked: Mapping[str, str]) -> tuple[float, float]:
    """Return the medians in milliseconds: what passed, and what it cost of the processor."""
    ask(path, asked)
    clock, processor = [], []
    for _round in range(ROUNDS):
        began, busy = time.perf_counter(), time.process_time()
        ask(path, asked)
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - busy))
    return statistics.median(clock), statistics.median(processor)


@cache
def browser() -> Any:
    """Return the one that asks all: a new one would set all middleware up again."""
    from django.test import Client  # noqa: PLC0415

    return Client(headers={"host": "127.0.0.1"})


def ask(path: str, asked: Mapping[str, str]) -> None:
    answer = browser().get(path, asked)
    if answer.status_code != 200:  # noqa: PLR2004 - of HTTP
        raise SystemExit(f"{path} answered {answer.status_code}")


def fill() -> None:
    """Write structures where people live: of communes, the larger ones more often."""
    from balise.awareness.places.structures.models import Structure  # noqa: PLC0415
    from balise.awareness.places.structures.rules.facts import StructureKind  # noqa: PLC0415
    from balise.awareness.places.structures.rules.places import atlas  # noqa: PLC0415
    from balise.foundation.clock import now, today  # noqa: PLC0415

    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    communes = [one for one in atlas("FR").communes.values() if one.point]
    cities = [one for one in communes if len(one.postcodes) > 1]
    rows = []
    for at in range(SIZE):
        place = chance.choice(cities if at % 3 else communes)
        rows.append(
            Structure(
                id=UUID(int=at + 1),
                name=f"Maison {at}",
                folded=f"maison {at}",
                kind=chance.choice(StructureKind.values),
                country="FR",
                area=place.departement,
                commune=place.name,
                commune_code=place.code,
                postcode=place.postcodes[0],
                latitude=place.latitude,
                longitude=place.longitude,
                audiences=["parents"],
                ages=["8-10"],
                may_publish=True,
                code_index=at.to_bytes(16),
                sealed_code=b"",
                registered_at=now(),
                confirmed_on=today(),
            )
        )
    Structure.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    main()
