"""What partners' programs asked, written down some at a time: an answer waits for no disk.

A look-up is in memory for a second at most before it is in the tables, sealed as any; it is lost
where the process is killed meanwhile. The journal says how many, by the minute.
"""

import atexit
import logging
import threading
import time
from collections import Counter, deque
from datetime import datetime
from functools import cache
from itertools import batched
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, new_key
from balise.foundation.journal.book import record
from balise.hotline.matching.banks.events import LookUpsLogged
from balise.hotline.matching.banks.models import ASKED, LINE, LookUp, Matches
from balise.hotline.matching.banks.rules import deciding
from balise.hotline.matching.banks.rules.asking import Asked, Asker, kinds_of, outcome_of
from balise.hotline.matching.banks.rules.deciding import Hit, Settled

logger = logging.getLogger(__name__)

EVERY: Final = 1.0  # seconds between two writings
MOST: Final = 20_000  # look-ups that wait to be written: beyond it, an answer waits for the disk
_AT_ONCE: Final = 500
TOLD_EVERY: Final = 60.0  # seconds between two entries of the journal about one partner
_COLUMNS: Final = (
    *("id", "at", "subject", "actor_kind", "actor_key", "asker", "kinds"),
    *("hits", "rule", "outcome", "sealed"),
)


class Noted(NamedTuple):
    """One look-up to be written."""

    id: UUID
    at: datetime
    signals: Asked
    hits: tuple[Hit, ...]
    verdict: Settled | None
    by: Actor


class Book:
    """The look-ups that this process answered and has not written yet."""

    def __init__(self) -> None:
        self._noted: deque[Noted] = deque()
        self._asked: Counter[Actor] = Counter()
        self._told_at: dict[Actor, float] = {}
        self._due = threading.Event()
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None

    def note(self, one: Noted) -> None:
        """Take one look-up, to be written within a second; in an open transaction, at once.

        Where too many wait, they are written first: what cannot be written is not answered.
        """
        if len(self._noted) >= MOST:
            self.write()
        self._noted.append(one)
        if connection.in_atomic_block:
            self.write()
            return
        if self._thread is None or not self._thread.is_alive():
            with self._turn:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._write_on, daemon=True)
                    self._thread.start()

    def write(self, *, is_last: bool = False) -> int:
        """Write what was noted, in one transaction, and return how many."""
        with self._turn:
            some = [self._noted.popleft() for _ in range(len(self._noted))]
            self._asked.update(one.by for one in some)
            due = [who for who in self._asked if is_last or self._is_due(who)]
            if not some and not due:
                return 0
            try:
                with transaction.atomic():
                    _write(some)
                    for who in due:
                        told = LookUpsLogged(subject=UUID(who.key), many=self._asked[who])
                        record(told, by=who)
            except BaseException:
                self._noted.extendleft(reversed(some))
                self._asked.subtract(one.by for one in some)
                raise
            for who in due:
                del self._asked[who]
                self._told_at[who] = time.monotonic()
            return len(some)

    def _is_due(self, who: Actor) -> bool:
        return time.monotonic() - self._told_at.get(who, float("-inf")) >= TOLD_EVERY

    def _write_on(self) -> None:
        """Write each second until a minute after the last look-up.

        Where the tables cannot be written, what was noted stays, and it is said once.
        """
        idle, is_away = 0.0, False
        try:
            while idle < TOLD_EVERY + EVERY:
                self._due.wait(EVERY)
                try:
                    idle, is_away = 0.0 if self.write() else idle + EVERY, False
                except Exception:
                    if not is_away:
                        logger.exception("Look-ups of partners are not written down for now.")
                    is_away = True
                    connection.close()
        finally:
            connection.close()


@cache
def book() -> Book:
    """Return this process's book; what it holds is written before the process ends."""
    made = Book()
    atexit.register(made.write, is_last=True)
    return made


def _write(some: list[Noted]) -> None:
    if not some:
        return
    sealer = BatchSealer(LINE)
    wraps: list[Any] = [sealer.own_columns()]
    sealed: list[Any] = []
    for one in some:
        key = new_key(LINE, one.id)
        payload = deciding.said(one.signals, one.hits, is_partial=False)
        body = key.seal(payload, where=ASKED, row=one.id)
        rule = one.verdict.rule if one.verdict else None
        sealed.append(
            (
                *(one.id, one.at, None, one.by.kind.value, one.by.key),
                *(Asker.PARTNER.value, kinds_of(one.signals), len(one.hits)),
                *(rule.value if rule else "", outcome_of(rule).value, body),
            )
        )
        wraps.append(sealer.columns(key))
    rows.insert(KeyWrap, WRAP_COLUMNS, wraps)
    rows.insert(LookUp, _COLUMNS, sealed)
    _count(Counter(entry for one in some for entry in {hit.entry for hit in one.hits}))


def _count(matched: Counter[int]) -> None:
    """Add to the matches of today, in three statements however many entries they are."""
    day = today()
    for some in batched(sorted(matched), _AT_ONCE, strict=False):
        there = Matches.objects.select_for_update().filter(entry__in=some, day=day)
        known = {
            entry: (one, many) for one, entry, many in there.values_list("id", "entry", "many")
        }
        fresh = [(entry, day, matched[entry]) for entry in some if entry not in known]
        rows.insert(Matches, ("entry", "day", "many"), fresh, unless_known=True)
        more = [(many + matched[entry], one) for entry, (one, many) in known.items()]
        rows.update(Matches, ("many",), more)
