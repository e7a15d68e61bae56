"""How long the stock and the trace take: 100,000 kits in 3,000 orders, each with its delivery note.

Both are asked as their pages ask. `DATABASE_URL` chooses the database, an empty one. `processor` is
what one question costs, whatever else this machine does.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from uuid import uuid4

COPIES = 100_000
ORDERS = 3_000
ROUNDS = 100
GOAL_MS = 20.0


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
        measure()


def measure() -> None:
    """Fill, ask, and print each beside its bound."""
    from django.db import connection  # noqa: PLC0415

    from balise.awareness.places.orders import queries  # noqa: PLC0415
    from balise.awareness.places.orders.queries import trace  # noqa: PLC0415
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415

    began = time.perf_counter()
    kit = fill()
    say(f"{connection.vendor}; load {os.getloadavg()[0]:.0f}; median of {ROUNDS}")
    say(f"{COPIES:,} kits in {ORDERS:,} orders, filled in {time.perf_counter() - began:.0f} s")
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    ask("stock of all kits", lambda: queries.stock(seen_by=SYSTEM))
    ask("one kit, its shelf", lambda: queries.kit(kit, seen_by=SYSTEM))
    ask(
        "one kit traced",
        lambda: trace(f"6E-{chance.randint(1, COPIES)}", seen_by=SYSTEM).entries[1].note,
    )
    ask(
        "one note traced",
        lambda: trace(f"BL-{chance.randint(1, ORDERS)}", seen_by=SYSTEM).entries[1].note,
    )
    ask("by département", lambda: queries.areas(seen_by=SYSTEM))


def fill() -> object:
    """Print the kits and deliver them, each order by the real action. Return the kit's id."""
    from django.db import transaction  # noqa: PLC0415

    from balise.awareness.places.orders import actions  # noqa: PLC0415
    from balise.awareness.places.orders.models import Order  # noqa: PLC0415
    from balise.foundation import clock  # noqa: PLC0415
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415

    kit = actions.add_kit(name="Bienvenue les 6e", mark="6E", by=SYSTEM)
    actions.print_run(kit_id=kit, number=COPIES, printed_on=clock.today(), by=SYSTEM)
    least, more = divmod(COPIES, ORDERS)
    with transaction.atomic():
        for number in range(ORDERS):
            each = least + (number < more)
            order = Order(
                id=uuid4(),
                kit_id=kit,
                requester="middle",
                place=f"School {number}",
                commune="Lille",
                postcode="59000",
                area=f"{number % 95 + 1:02}",
                language="fr",
                wanted=each,
                granted=each,
                state="accepted",
                sealed=b"",
                asked_at=clock.now(),
            )
            order.save_new()
            actions.deliver(order_id=order.id, number=each, day=clock.today(), by=SYSTEM)
    return kit


def ask(what: str, question: Callable[[], object]) -> None:
    """Print the medians of a question beside the bound."""
    waited, busy = [], []
    for _round in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        question()
        waited.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.process_time() - used))
    took, processor = statistics.median(waited), statistics.median(busy)
    is_met = "met" if took <= GOAL_MS else "MISSED"
    say(f"{what:<20}{took:>7.1f} ms, processor {processor:>5.1f} ms, of {GOAL_MS:.0f} {is_met}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
