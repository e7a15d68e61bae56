"""An edition opened and drawn in three formats, of 500,000 events and of 10,000,000.

The events are spread over two years of days and the codes of every measure, and kept as the tallies
that counting them gives. Opening must read no row of the journal. The times are compared by the
processor of this process, so that a busy machine does not decide; the goal is of the clock.

    scripts/bench bench/deck_events.py
"""

import os
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta

EVENTS = (500_000, 10_000_000)
DAY, FIRST = date(2023, 10, 18), date(2022, 1, 1)
VALUES = 4  # of the first code of a measure
GOAL, MORE = 15.0, 1.3  # seconds; how much longer the more events may take


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
        print(f"load {os.getloadavg()[0]:.0f}")
        _measured(EVENTS[0])  # reads faces, templates and catalogues once
        (_first, few), (whole, many) = (_measured(events) for events in EVENTS)
        is_met = whole <= GOAL and many <= few * MORE
        print(f"{many / few:.2f} times the processor; {'met' if is_met else 'not met'}")


def _measured(events: int) -> tuple[float, float]:
    """Return the seconds in which an edition of so many events is opened and drawn.

    By the clock, and of the processor.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from balise.foundation import clock  # noqa: PLC0415
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415
    from balise.steering.editions.actions import preparing  # noqa: PLC0415
    from balise.steering.editions.documents import FORMS, drawn_as  # noqa: PLC0415
    from balise.steering.editions.models import Edition  # noqa: PLC0415
    from balise.steering.editions.rules import deck as editions_deck  # noqa: PLC0415

    cells = _fill(events)
    Edition.objects.all().delete()
    moment = clock.now().replace(year=DAY.year, month=DAY.month, day=DAY.day, hour=20)
    began, busy = time.perf_counter(), time.process_time()
    with clock.at(moment), CaptureQueriesContext(connection) as asked:
        preparing.open_edition(day=DAY, by=SYSTEM)
    opened = time.perf_counter() - began
    reads = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    if any('FROM "journal_entry"' in sql and "EXISTS" not in sql for sql in reads):
        print("the journal was read")
    deck = editions_deck.read(Edition.objects.get().deck)
    drawn = {}
    for form in FORMS:
        start = time.perf_counter()
        drawn_as(form, deck, "fr")
        drawn[form] = time.perf_counter() - start
    whole = opened + sum(drawn.values())
    busy = time.process_time() - busy
    each = " ".join(f"{form} {seconds:.2f} s" for form, seconds in drawn.items())
    print(
        f"{events:>11,} events, {cells:,} tallies, {len(deck.figures)} figures: "
        f"opened {opened:.2f} s, {each}; {whole:.2f} s, "
        f"{busy:.2f} s of the processor"
    )
    return whole, busy


def _fill(events: int) -> int:
    """Keep the tallies of so many events; return how many cells of days they are."""
    import numpy as np  # noqa: PLC0415

    from balise.foundation.statistics.indicators import INDICATORS  # noqa: PLC0415
    from balise.foundation.statistics.measures import MEASURES, codes_text  # noqa: PLC0415
    from balise.foundation.statistics.models import Counted, MonthTally, Tally  # noqa: PLC0415

    chance = np.random.default_rng(2026)
    days = [FIRST + timedelta(days=at) for at in range((DAY - FIRST).days)]
    names = sorted({name for one in INDICATORS.values() for name in one.measures})
    daily: list[Tally] = []
    monthly: dict[tuple[str, date, str], int] = defaultdict(int)
    for name in names:
        measure = MEASURES[name]
        codes = [codes_text(dict.fromkeys(measure.codes, f"c{value}")) for value in range(VALUES)]
        places = [(day, text) for day in days for text in dict.fromkeys(codes)]
        counts = chance.multinomial(events // len(names), [1 / len(places)] * len(places))
        for (day, text), count in zip(places, map(int, counts), strict=True):
            if count:
                daily.append(Tally(measure=name, day=day, codes=text, count=count, total=count * 3))
                monthly[name, day.replace(day=1), text] += count
    for table in (Tally, MonthTally, Counted):
        table._default_manager.all().delete()
    Tally.objects.bulk_create(daily, batch_size=5_000)
    MonthTally.objects.bulk_create(
        (
            MonthTally(measure=name, day=day, codes=text, count=count, total=count * 3)
            for (name, day, text), count in monthly.items()
        ),
        batch_size=5_000,
    )
    _since(names)
    return len(daily)


def _since(names: list[str]) -> None:
    """Say that each measure was counted on all these days, to the end of the last."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from balise.foundation.statistics.exposures import definition_of  # noqa: PLC0415
    from balise.foundation.statistics.measures import MEASURES  # noqa: PLC0415
    from balise.foundation.statistics.models import Counted  # noqa: PLC0415

    begun = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) - timedelta(days=1)
    Counted.objects.bulk_create(
        Counted(measure=name, definition=definition_of(MEASURES[name]), since=begun)
        for name in names
    )


if __name__ == "__main__":
    main()
