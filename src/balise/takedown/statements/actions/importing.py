"""Read a dump of statements, and propose which notice of ours each one answers."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.takedown.statements import access
from balise.takedown.statements.actions.settling import propose
from balise.takedown.statements.events import DumpRead
from balise.takedown.statements.models import CorruptRow, Dump, Statement
from balise.takedown.statements.queries import ours
from balise.takedown.statements.queries.ours import Sent
from balise.takedown.statements.rules import dumps, files
from balise.takedown.statements.rules.dumps import Corrupt, Row, Statement as Read, folded

MOST_RECORDED = 1_000  # corrupt rows of one file; all are counted
MOST_STRANGERS = 20  # platforms of one file that the directory does not know
_AT_ONCE = 2_000
_READ_AT_ONCE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its rows, and what they say of our notices.

    `kept` may answer a notice, `new` of them were not known; `certain` were settled by the
    platform's own number, `proposed` wait for a person. `by_source` are the platforms' own figures.
    `strangers` are the platforms with most rows that followed a notice and whose names the
    directory does not know: our notices to one of them, under another name, are compared with none.
    """

    file: str
    rows: int
    kept: int
    new: int
    corrupt: int
    proposed: int
    certain: int
    by_source: dict[str, int]
    strangers: dict[str, int]


def read_dump(*, file: BinaryIO, name: str, host: str = "", by: Actor) -> Outcome:
    """Read a file of statements (CSV, or zip of it) and return what became of it.

    Read again, it adds only what our notices have become meanwhile. `host` names the platform
    where the rows do not. Refuses (DumpUnreadable) what is no dump; a row that cannot be read is
    written down and passed over.
    """
    access.require(by, access.COMPARE)
    digest = _digest(file)
    sent = ours.sent()
    wanted = sent.wanted(only=host or dumps.platform_in(name))
    reading = _Reading(digest, name, sent=sent, by=by)
    for part, text in files.parts(file, name=name):
        for rows in batched(dumps.read(text, wanted=wanted), _AT_ONCE, strict=False):
            reading.take(part, rows)
    return reading.finish()


class _Reading:
    """One file under way: its rows are written in batches, its counts at the end."""

    def __init__(self, digest: str, name: str, *, sent: Sent, by: Actor) -> None:
        self._digest, self._name = digest, name[:200]
        self._sent, self._by = sent, by
        self._dump: Dump | None = None
        self._by_source: Counter[str] = Counter()
        self._strangers: Counter[str] = Counter()
        self._kept = self._new = self._corrupt = self._proposed = self._certain = 0

    def take(self, part: str, rows: Iterable[Row]) -> None:
        """Write a batch of rows down, in one transaction."""
        corrupt: list[Corrupt] = []
        kept: list[Read] = []
        for row in rows:
            if isinstance(row, Corrupt):
                corrupt.append(row)
                continue
            self._by_source[row.source.value] += 1
            if isinstance(row, Read):
                kept.append(row)
            elif row.stranger:
                self._strangers[row.stranger] += 1
        with transaction.atomic():
            dump = self._begun()
            room = max(0, MOST_RECORDED - self._corrupt)
            CorruptRow.objects.bulk_create(
                CorruptRow(dump=dump, part=part[-200:], line=row.line, why=row.why)
                for row in corrupt[:room]
            )
            self._corrupt += len(corrupt)
            if kept:
                self._keep(dump, kept)

    def finish(self) -> Outcome:
        """Write the counts down, and return them."""
        outcome = Outcome(
            file=self._name,
            rows=self._by_source.total() + self._corrupt,
            kept=self._kept,
            new=self._new,
            corrupt=self._corrupt,
            proposed=self._proposed,
            certain=self._certain,
            by_source=dict(sorted(self._by_source.items())),
            strangers=dict(self._strangers.most_common(MOST_STRANGERS)),
        )
        with transaction.atomic():
            dump = self._begun()
            dump.read_at = now()
            dump.row_count, dump.kept_count = outcome.rows, outcome.kept
            dump.corrupt_count, dump.by_source = outcome.corrupt, outcome.by_source
            dump.save()
            fact = DumpRead(
                subject=dump.id, rows=outcome.rows, kept=outcome.kept, corrupt=outcome.corrupt
            )
            record(fact, by=self._by)
        return outcome

    def _begun(self) -> Dump:
        if self._dump is None:
            named = {"file_name": self._name, "read_at": now()}
            self._dump, is_new = Dump.objects.get_or_create(digest=self._digest, defaults=named)
            if not is_new:
                self._dump.corrupt_rows.all().delete()
        return self._dump

    def _keep(self, dump: Dump, kept: list[Read]) -> None:
        rows = {one.id: _row(one, dump, self._sent) for one in kept}
        known = set(Statement.objects.filter(id__in=rows).values_list("id", flat=True))
        fresh = [row for row in rows.values() if row.id not in known]
        Statement.objects.bulk_create(fresh)
        found = propose(statements=list(rows.values()), sent=self._sent, by=self._by)
        self._kept += len(kept)
        self._new += len(fresh)
        self._proposed += found.proposed
        self._certain += found.certain


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while chunk := file.read(_READ_AT_ONCE):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _row(one: Read, dump: Dump, sent: Sent) -> Statement:
    return Statement(
        id=one.id,
        dump=dump,
        host_id=_host(one, sent),
        puid=one.puid,
        source=one.source.value,
        categories=list(one.categories),
        keywords=list(one.keywords),
        decisions=list(one.decisions),
        ground=one.ground,
        content_on=one.content_on,
        applied_on=one.applied_on,
        eans=list(one.eans),
        automated=one.automated,
        names_us=one.names_us,
    )


def _host(one: Read, sent: Sent) -> UUID:
    return sent.hosts[folded(one.platform)]
