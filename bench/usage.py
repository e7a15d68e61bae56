"""What counting costs: a use in memory, and a page that counts beside the same page for a robot.

A robot's page is drawn and not counted: what is more is the count. Both run in this process, one
after the other in each round, so that a busy machine slows both.
"""

import os
import statistics
import tempfile
import time

USES = 100_000
ROUNDS = 300
GOAL_US = 50.0  # microseconds of one count
GOAL_SHARE = 0.05  # of a page
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            "BALISE_HOME": folder,
            "BALISE_SECRET_KEY": "a bench has nothing to hide, and needs sixty characters for it",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        import django  # noqa: PLC0415 - settings first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        one = in_memory()
        say(f"{one:.1f} µs a use in memory, {1_000_000 / one:,.0f} a second {met(one <= GOAL_US)}")
        without, counted = pages()
        share = (counted - without) / without
        say(f"{without:.2f} ms a page, {counted:.2f} ms counted {met(share <= GOAL_SHARE)}")


def in_memory() -> float:
    """Return the microseconds of processor that a use of a new client takes."""
    from balise.awareness.usage.actions import count  # noqa: PLC0415
    from balise.awareness.usage.rules.tallies import Client, UsageKind, Use  # noqa: PLC0415
    from balise.foundation.actors import ANYONE  # noqa: PLC0415

    use = Use(UsageKind.VIEW, "page", language="fr")
    clients = [Client(f"2001:db8::{number:x}", BROWSER) for number in range(USES)]
    began = time.process_time()
    for client in clients:
        count(use=use, client=client, by=ANYONE)
    return 1_000_000 * (time.process_time() - began) / USES


def pages() -> tuple[float, float]:
    """Return the milliseconds of processor of a page that is not counted, and of one that is."""
    from uuid import uuid4  # noqa: PLC0415

    from django.test import Client  # noqa: PLC0415

    from balise.awareness.publications.models import Published  # noqa: PLC0415

    Published.objects.create(
        page_id=1, key=uuid4(), language="fr", slug="page", title="Page", html="<p>Texte.</p>"
    )
    client = Client(headers={"host": "127.0.0.1"})
    taken: dict[bool, list[float]] = {False: [], True: []}
    for number in range(ROUNDS):
        for is_counted, agent in (
            (False, f"{BROWSER} bot {number}"),
            (True, f"{BROWSER} {number}"),
        ):
            began = time.process_time()
            client.get("/fr/resources/page/", headers={"User-Agent": agent})
            taken[is_counted].append(1000 * (time.process_time() - began))
    return statistics.median(taken[False]), statistics.median(taken[True])


def say(line: str) -> None:
    print(line, flush=True)


def met(is_met: bool) -> str:  # noqa: FBT001 - a word for it
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    main()
