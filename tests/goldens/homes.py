"""A small centre as an earlier commit left it: its tables, its keys, and what is read from them.

`python -m tests.goldens.homes make` fills one and keeps it in `home/`. `read`, in a home of its
own, restores that one, migrates it, and prints what opens, holds and counts there. `copy`, in that
home and with another database, does the same for the same rows there.
"""

import gzip
import re
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from uuid import UUID

import orjson
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.utils.translation import override

from balise.config.management.commands.setup import migrate
from balise.config.modules import modules
from balise.foundation import clock
from balise.foundation.accounts.demonstration import create_demonstration_accounts, people
from balise.foundation.accounts.queries import actor_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import RecordKey, SealBroken, keys_of_line
from balise.foundation.encryption.turning import create_key_ring, lines_with_keys
from balise.foundation.journal import clerk, verifying
from balise.foundation.journal.book import SUBSCRIPTIONS
from balise.foundation.journal.testing import lifted_guards
from balise.foundation.statistics.boards import every_board
from balise.foundation.statistics.counting import adopt, recount
from balise.foundation.statistics.measures import MEASURES
from balise.hotline.reports.demonstration import past
from balise.steering.editions import demonstration as editions
from balise.steering.editions.models import Edition
from balise.steering.editions.queries.drawing import drawn_file
from balise.steering.editions.rules import deck as decks
from balise.steering.editions.tests.opened import read_texts
from tests import migrated
from tests.goldens import reading

HERE = Path(__file__).parent / "home"
MOMENT = datetime(2027, 4, 30, 9, tzinfo=UTC)
_DAYS = 5  # of reports
# Of each line, and little of what is large.
_TOLD = (
    *("hotline.reports", "hotline.desk", "hotline.abroad", "hotline.matching.banks"),
    *("hotline.laboratory", "helpline.console", "helpline.cases", "helpline.vault"),
    "awareness.partnership.campaigns",
    "awareness.partnership.partners",
    "awareness.partnership.trends",
    *("steering.indicators", "steering.press", "steering.readings", "steering.diary"),
    "steering.committee",
)


def make() -> None:
    """Fill the centre of this process, which is empty, and keep its tables and keys."""
    migrated.copy_to(Path(settings.DATABASES["default"]["NAME"]))
    create_key_ring()
    past.DAYS = _DAYS
    with clock.at(MOMENT):
        create_demonstration_accounts()
        cast = {account.role: actor_of(account) for account in people()}
        for name in _TOLD:
            tell = modules()[f"balise.{name}"].demonstration
            assert tell is not None
            tell(cast)
        clerk.link()
        heard = (one.name for one in SUBSCRIPTIONS.values() if not one.from_now)
        clerk.begin_here(except_for=frozenset(heard))
        _deliver()
        editions.fill(cast)
        _deliver()
    # Packages of a quarter of a megabyte each.
    apps.get_model("referrals_dossiers.Dossier").objects.update(package=b"", evidence=b"")
    connection.close()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as tables:
        text = "\n".join(tables.iterdump())
    (HERE / "tables.sql.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    keys = {one.name: one.read_text() for one in sorted((settings.HOME / "keys").iterdir())}
    (HERE / "keys.json").write_bytes(orjson.dumps(keys, option=orjson.OPT_INDENT_2))


def _deliver() -> None:
    while clerk.tick():
        pass


def restore() -> None:
    """Bring the kept centre into this process's home, and migrate it."""
    place = settings.HOME / "keys"
    place.mkdir(mode=0o700)
    for name, text in orjson.loads((HERE / "keys.json").read_bytes()).items():
        (place / name).write_text(text)
        (place / name).chmod(0o400)
    create_key_ring()  # as an upgrade does: what the centre of before had no key for
    text = gzip.decompress((HERE / "tables.sql.gz").read_bytes()).decode()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as tables:
        tables.executescript(text)
    migrate()


def copy() -> None:
    """Bring the rows that `restore` left in this process's home into its own database, another."""
    migrate()
    connections.databases["before"] = connections.databases["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(settings.HOME / "balise.sqlite3"),
        "OPTIONS": {},
    }
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    quoted = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    with lifted_guards(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {quoted}")
        for model in tables:
            if model._meta.app_label == "wagtailsearch":
                continue  # an index, which each database has in its own way
            columns = model._meta.local_concrete_fields
            rows = model._base_manager.using("before").values_list(*(c.attname for c in columns))
            names = ", ".join(connection.ops.quote_name(str(c.column)) for c in columns)
            cursor.executemany(
                f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names})"  # noqa: S608 - names of ours
                f" VALUES ({', '.join(['%s'] * len(columns))})",
                [
                    [
                        column.get_db_prep_save(value, connection)
                        for column, value in zip(columns, row, strict=True)
                    ]
                    for row in rows.iterator()
                ],
            )


def read() -> list[str]:
    """Return what opens, holds and counts in the centre of this process."""
    with clock.at(MOMENT), override("en"):
        return [*_opened(), *_linked(), *_counted(), *_boards(), *_editions()]


def _opened() -> Iterator[str]:
    """Yield of each sealed column how many rows open, and how many do not with any key of ours."""
    records = list(KeyWrap.objects.values_list("record", flat=True).distinct())
    keys: dict[UUID, RecordKey] = {}
    for line in lines_with_keys():
        keys |= keys_of_line(line, records)
    for where in reading.sealed():
        label, model, field = where.split(".")
        found = {True: 0, False: 0}
        for row in apps.get_model(label, model)._default_manager.order_by("pk"):
            if octets := bytes(getattr(row, field) or b""):
                found[_opens(keys, row, octets, where)] += 1
        if any(found.values()):
            yield f"sealed {where}\t{found[True]} open\t{found[False]} do not"


def _opens(keys: dict[UUID, RecordKey], row: models.Model, octets: bytes, where: str) -> bool:
    own = [getattr(row, each.attname) for each in row._meta.concrete_fields]
    ids = dict.fromkeys(one for one in own if isinstance(one, UUID))
    for record in dict.fromkeys((*ids, *keys)):
        for of in ids:
            try:
                keys[record].open(octets, where=where, row=of)
            except (KeyError, SealBroken):
                continue
            return True
    return False


def _linked() -> Iterator[str]:
    for line in verifying.lines():
        verdict = verifying.verify(line)
        yield f"journal {line}\t{verdict.head.seq}\t{verdict.head.hash}\t{verdict.finding}"


def _counted() -> Iterator[str]:
    adopt()  # a measure that is counted in another way since is counted again, as the worker does
    for name in sorted(MEASURES):
        compared = recount(MEASURES[name])
        yield f"recount {name}\t{compared.entries}\t{list(compared.differences)}"


def _boards() -> Iterator[str]:
    last = clock.today().isoformat()
    for board in every_board():
        for line in _printed(
            "figures", "--from", "2027-01-01", "--to", last, "--board", board.code
        ):
            yield f"board {board.code}\t{line}"
    for line in _printed("figures", "--as-of", last):
        yield f"indicators\t{line}"


def _editions() -> Iterator[str]:
    for edition in Edition.objects.exclude(deck="").order_by("day", "template"):
        deck = decks.read(edition.deck)
        name = f"edition {edition.template} {edition.day}"
        yield f"{name}\tdeck {decks.digest(deck)}"
        for language in deck.languages:
            page = drawn_file(deck, is_public=False, form="html", language=language)
            yield f"{name} {language}\thtml {sha256(_closed_up(page)).hexdigest()}"
            slides = drawn_file(deck, is_public=False, form="pptx", language=language)
            said: dict[str, list[str]] = {}
            for part, text in read_texts(slides):
                said.setdefault(part, []).append(text)
            for part, texts in sorted(said.items()):
                yield f"{name} {language}\t{part} {sha256('\n'.join(texts).encode()).hexdigest()}"


def _closed_up(page: bytes) -> bytes:
    """Return a page without the space between its elements: a part moves from file to file."""
    return re.sub(rb"(?<=>) | (?=<)", b"", re.sub(rb"\s+", b" ", page))


def _printed(*words: str) -> list[str]:
    told = StringIO()
    call_command(*words, "--allow-stale", stdout=told)
    return told.getvalue().splitlines()


def main(order: str) -> None:
    if order == "make":
        make()
    else:
        copy() if order == "copy" else restore()
        print("\n".join(read()))  # noqa: T201 - its output is the golden


if __name__ == "__main__":
    main(sys.argv[1])
