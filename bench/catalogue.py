"""How long the catalogue takes: 5,000 resources, three facets and their counts, beside Wagtail's.

Ours is asked through the whole public door. The peer is the same listing of the same pages as a
view written with Wagtail's own means: a query for each term of each facet, its search for the
words, `specific()` for the rows. Both run in this process, and find the same number of pages.
`processor` is what one request costs, whatever else this machine does. `DATABASE_URL` chooses the
database, an empty one.
"""

import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

SIZES = (500, 5_000)
ROUNDS = 30
GOAL_MS = 60.0
GOAL_GROWTH = 1.5
# Three facets whose answers fill a whole page of both catalogues.
ASKED = {
    "audience": ("teachers",),
    "topic": ("screens", "bullying", "rights", "information", "games", "money"),
    "minutes": ("10",),
}
FACETS = ("audience", "age", "topic", "kind", "level", "competence", "access", "publisher")


class Taken(NamedTuple):
    """How long an answer took: what passed, and what it cost this process of the processor."""

    clock: float
    processor: float


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
    """Fill and ask ours in both sizes, then Wagtail's own listing in the larger, and print."""
    from django.db import connection  # noqa: PLC0415

    load = os.getloadavg()[0]
    say(f"{connection.vendor}; {len(ASKED)} facets, counted; median of {ROUNDS}; load {load:.0f}")
    say(
        f"{'resources':>10}{'ours':>10}{'processor':>12}{'first':>11}{'with words':>12}{'found':>8}"
    )
    medians: list[Taken] = []
    found = 0
    for size in SIZES:
        fill(size)
        first = timed(lambda: ours(ASKED), rounds=1)
        own = timed(lambda: ours(ASKED))
        words = timed(lambda: ours({**ASKED, "q": ("ecrna somei",)}))
        found = ours(ASKED)
        medians.append(own)
        say(
            f"{size:>10,}{own.clock:>7.1f} ms{own.processor:>9.1f} ms{first.clock:>8.1f} ms"
            f"{words.clock:>9.1f} ms{found:>8}"
        )
    small, large = medians
    for which in ("clock", "processor"):
        took, growth = getattr(large, which), getattr(large, which) / getattr(small, which)
        say(
            f"goal by the {which}: {took:.1f} of {GOAL_MS:.0f} ms {said(took <= GOAL_MS)}, "
            f"{growth:.2f} of {GOAL_GROWTH} times that of 500 {said(growth <= GOAL_GROWTH)}"
        )
    fill_wagtail(SIZES[-1])
    peer = timed(wagtails, rounds=3)
    searched = timed(lambda: wagtails("écran"), rounds=3)
    own = timed(lambda: ours(ASKED))
    say(
        f"Wagtail: {peer.clock:.0f} ms ({peer.processor:.0f} of processor), with words "
        f"{searched.clock:.0f} ms; ours beside it {own.clock:.1f} ms ({own.processor:.1f})"
    )
    if found != wagtails():
        raise SystemExit(f"ours found {found}, the peer {wagtails()}")


def say(line: str) -> None:
    print(line, flush=True)


def said(is_met: bool) -> str:  # noqa: FBT001 - a word for it
    return "met" if is_met else "MISSED"


def timed(ask: Callable[[], object], rounds: int = ROUNDS) -> Taken:
    """Return the medians, in milliseconds."""
    clock, processor = [], []
    for _round in range(rounds):
        began, busy = time.perf_counter(), time.process_time()
        ask()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - busy))
    return Taken(statistics.median(clock), statistics.median(processor))


@cache
def browser() -> Any:
    """Return the one that asks all: a new one would set all middleware up again."""
    from django.test import Client  # noqa: PLC0415

    return Client(headers={"host": "127.0.0.1"})


def ours(asked: Mapping[str, Sequence[str]]) -> int:
    """Ask the page, and return how many it found."""
    answer = browser().get("/fr/resources/", asked)
    if answer.status_code != 200:  # noqa: PLR2004 - of HTTP
        raise SystemExit(f"the catalogue answered {answer.status_code}")
    return int(answer.text.partition("<strong>")[2].split()[0].replace("\u202f", ""))


def wagtails(typed: str = "") -> int:
    """Return how many a view with Wagtail's own means finds, with its counts and its rows."""
    from django.conf import settings  # noqa: PLC0415
    from django.db.models import Q  # noqa: PLC0415
    from wagtail.models import Locale, Page  # noqa: PLC0415

    from balise.awareness.publications.models import Resource  # noqa: PLC0415
    from balise.awareness.publications.rules.taxonomy import taxonomy  # noqa: PLC0415

    def holds(facet: str, code: str) -> dict[str, Any]:
        if facet == "minutes":
            return {"minutes__gt": 0, "minutes__lte": int(code)}
        if facet in {"kind", "publisher"}:
            return {facet: code}
        return {f"{facet}__icontains": f'"{code}"'}  # SQLite has no `contains` for JSON

    live = Resource.objects.live().filter(locale=Locale.objects.get(language_code="fr"))

    def chosen(but: str = "") -> Any:
        rows = live
        for facet, codes in ASKED.items():
            if facet != but:
                rows = rows.filter(reduce(or_, (Q(**holds(facet, code)) for code in codes)))
        return rows

    for facet in (*FACETS, "minutes"):
        for code in taxonomy(settings.COUNTRY)[facet].terms:
            chosen(but=facet).filter(**holds(facet, code)).count()
    found = chosen().order_by("-first_published_at")
    if typed:  # its search filters by none of the facets
        found = found.filter(pk__in=[page.pk for page in live.search(typed)])
    shown = list(found[:24])
    list(Page.objects.filter(pk__in=[page.pk for page in shown]).specific())
    return int(found.count())


def fill(size: int) -> None:
    """Write the rows that are missing, as the worker draws them."""
    from balise.awareness.publications.models import Published  # noqa: PLC0415
    from balise.foundation import clock  # noqa: PLC0415

    rows = []
    for page in pages(Published.objects.count(), size):
        row = page.as_published()
        row.drawn_at = row.published_at = clock.now()
        rows.append(row)
    Published.objects.bulk_create(rows)


def fill_wagtail(size: int) -> None:
    """Write the same pages in Wagtail's tables, with its index for its search."""
    from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: PLC0415

    from balise.awareness.publications.models import Shelf  # noqa: PLC0415

    shelf = Shelf.objects.get(locale__language_code="fr")
    with disable_reference_index_auto_update():
        for page in pages(0, size):
            shelf.add_child(instance=page)


def pages(first: int, size: int) -> Iterator[Any]:
    """Yield resources that are not saved, always the same."""
    from wagtail.models import Locale  # noqa: PLC0415

    from balise.awareness.publications.models import Resource  # noqa: PLC0415
    from balise.awareness.publications.rules.taxonomy import taxonomy  # noqa: PLC0415

    facets, french = taxonomy("fr"), Locale.objects.get(language_code="fr")
    for at in range(first, size):
        chance = random.Random(at)  # noqa: S311 - a sample, not a secret

        def some(facet: str, most: int, chance: random.Random = chance) -> list[str]:
            return chance.sample(list(facets[facet].terms), chance.randint(1, most))

        yield Resource(
            pk=1_000 + at,
            title=" ".join(chance.choices(WORDS, k=5)).capitalize(),
            slug=f"fiche-{at}",
            summary=" ".join(chance.choices(WORDS, k=18)),
            body="<p>Un paragraphe.</p>" * 20,
            locale=french,
            translation_key=UUID(int=at + 1),
            kind=chance.choice(("sheet", "workshop", "guide", "poster", "comic")),
            audience=some("audience", 3),
            age=some("age", 2),
            topic=some("topic", 2),
            level=some("level", 2),
            competence=some("competence", 3),
            access=some("access", 2),
            minutes=chance.choice((0, 5, 8, 10, 20, 45, 55)),
        )


WORDS = tuple(
    re.split(
        " ",
        "écran sommeil téléphone harcèlement rumeur image photo jeu argent secret groupe classe "
        "parent enfant règle chambre nuit témoin message compte mot passe publicité machine filtre "
        "corps ami aide loi droit journal vidéo atelier affiche carte dé histoire planète coffre",
    )
)


if __name__ == "__main__":
    main()
