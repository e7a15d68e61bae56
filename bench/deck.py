"""An edition of fifteen pages in its three formats, one language and both.

A chart of each form, tables, register. Prints the median of five drawings of each format, and of
the three together; the goal is 15 s for the three. The first drawing, which reads faces and
templates, is told apart.

    scripts/bench bench/deck.py
"""

import os
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django

django.setup()

from balise.steering.editions.documents import page, paper, slides  # noqa: E402
from balise.steering.editions.rules.deck import Deck, as_json, digest, read  # noqa: E402
from balise.steering.editions.tests.decks import deck  # noqa: E402
from balise.steering.editions.tests.tables import both  # noqa: E402

GOAL, TIMES, PAGES = 15.0, 5, 15
FORMATS = {"slides": slides.drawn, "paper": paper.drawn, "page": page.drawn}


def fifteen() -> Deck:
    """Return an edition of fifteen pages."""
    made = deck()
    more = [
        replace(one, title=both(f"Encore : {one.title['fr']}", f"Again: {one.title['en']}"))
        for one in made.pages[2 : 2 + PAGES - len(made.pages)]
    ]
    return replace(made, pages=(*made.pages[:-1], *more, made.pages[-1]))


def main() -> None:
    """Draw and print."""
    made = fifteen()
    print(f"load {os.getloadavg()[0]:.0f}; {len(made.pages)} pages; median of {TIMES}")
    began = time.perf_counter()
    written = as_json(made)
    again = read(written)
    mark = digest(again)
    took = time.perf_counter() - began
    print(
        f"written, read, digested {took * 1000:8.0f} ms, {len(written) / 1024:.0f} kB, {mark[:8]}"
    )
    whole = 0.0
    for name, draw in FORMATS.items():
        times: list[float] = []
        for nth in range(TIMES + 1):
            began = time.perf_counter()
            octets = draw(made, "en" if nth % 2 else "fr")
            times.append(time.perf_counter() - began)
        median = statistics.median(times[1:])
        whole += median
        print(
            f"{name:<23} {median * 1000:8.0f} ms, first {times[0] * 1000:5.0f} ms, "
            f"{len(octets) / 1024:.0f} kB"
        )
    print(f"{'the three':<23} {whole * 1000:8.0f} ms, {'met' if whole < GOAL else 'not met'}")


if __name__ == "__main__":
    main()
