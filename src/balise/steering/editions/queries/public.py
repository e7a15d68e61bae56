"""Editions that everyone may read at a moment, asked by every public page, card, file and feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from balise.foundation.finding import NotHere, find, there
from balise.steering.editions.models import Edition, File
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.life import (
    EditionState,
    Erratum,
    mark_of,
    state_of,
    was_published,
)


@dataclass(frozen=True, slots=True)
class Other:
    """The edition that another corrects, or is corrected by: why, and of what kind."""

    mark: str
    at: datetime
    erratum: Erratum
    reasons: Mapping[str, str]
    digest: str
    deck: Deck


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An edition that everyone may read.

    `corrects` is what it stands in the place of, `replaced` what stands in its own. `alone` says
    why one person only read it before, `seen_before` which seats did before everyone.
    """

    day: date
    version: int
    published_at: datetime
    deck: Deck
    digest: str
    alone: str
    seen_before: Sequence[Mapping[str, Any]]
    corrects: Other | None
    replaced: Other | None

    @property
    def mark(self) -> str:
        """Return its name in addresses."""
        return mark_of(self.day, self.version)


class Withdrawn(Exception):
    """An edition that everyone could read was withdrawn: its addresses say so."""

    def __init__(self, row: Edition) -> None:
        super().__init__(row.mark)
        self.day = row.day
        self.at = row.withdrawn_at
        self.reasons: Mapping[str, str] = row.withdrawal_reasons


def edition(now: datetime, day: date | None = None, version: int = 1) -> Published:
    """Return the edition of a day, or the latest one, as it is public at a moment.

    Raises NotHere, and Withdrawn for one that was public.
    """
    return _published(_row(now, day, version), now)


def newest(now: datetime, day: date, version: int = 1) -> Published:
    """Return what stands in the place of an edition: itself, or its last correction.

    Raises NotHere, and Withdrawn where no correction is public.
    """
    row = find(_known(now), day=day, version=version)
    while (following := _known(now).filter(corrects=row).first()) is not None:
        row = following
    return _published(_asked(row, now), now)


def deck_before(now: datetime, day: date, version: int = 1) -> Deck:
    """Return the deck that an address named before it was corrected. Raises NotHere."""
    return editions_deck.read(find(_known(now), day=day, version=version).deck)


def marks(now: datetime) -> Sequence[tuple[date, str]]:
    """Return day and name of each public edition, the latest first; none that was replaced."""
    return [(row.day, row.mark) for row in _current(now).only("day", "version").order_by(*_LATEST)]


def forms(now: datetime, day: date, version: int = 1) -> Sequence[tuple[str, str]]:
    """Return the form and language of each file of a public edition."""
    rows = File.objects.filter(is_public=True, edition=_row(now, day, version))
    return list(rows.values_list("form", "language"))


def file(now: datetime, day: date, version: int, form: str, language: str) -> bytes:
    """Return a file of a public edition. Raises NotHere."""
    row = _row(now, day, version)
    return bytes(find(File, is_public=True, edition=row, form=form, language=language).octets)


_LATEST = ("-day", "-version")


def _known(now: datetime) -> QuerySet[Edition]:
    """Return the editions that everyone could read at some moment until now."""
    return Edition.objects.filter(published_at__lte=now, frozen_at__isnull=False)


def _current(now: datetime) -> QuerySet[Edition]:
    """Return those of them that stand: neither replaced nor withdrawn by now."""
    stands = (Q(replaced_at=None) | Q(replaced_at__gt=now)) & (
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=now)
    )
    return _known(now).filter(stands)


def _row(now: datetime, day: date | None, version: int) -> Edition:
    if day is None:
        row = _current(now).order_by(*_LATEST).first()
    else:
        row = _known(now).filter(day=day, version=version).first()
    return _asked(there(row), now)


def _asked(row: Edition, now: datetime) -> Edition:
    """Return an edition that its own state says is on. Raises NotHere, or Withdrawn."""
    if not was_published(row.life, now):
        raise NotHere(row.day)
    if state_of(row.life, now) is EditionState.WITHDRAWN:
        raise Withdrawn(row)
    return row


def _published(row: Edition, now: datetime) -> Published:
    assert row.published_at is not None  # noqa: S101 - asked above
    return Published(
        day=row.day,
        version=row.version,
        published_at=row.published_at,
        deck=editions_deck.read(row.deck),
        digest=row.digest,
        alone=row.alone,
        seen_before=row.seen_before,
        corrects=_corrected(row),
        replaced=_replacing(row, now),
    )


def _corrected(row: Edition) -> Other | None:
    if row.corrects is None or row.corrects_as is None or row.published_at is None:
        return None
    return _other(row, of=row.corrects)


def _replacing(row: Edition, now: datetime) -> Other | None:
    new = _known(now).filter(corrects=row).first()
    return _other(new, of=new) if new else None


def _other(correction: Edition, *, of: Edition) -> Other:
    """Return one end of a correction with its reason; `of` is the end that is named."""
    assert correction.published_at is not None  # noqa: S101 - it is public
    assert correction.corrects_as is not None  # noqa: S101 - it corrects
    return Other(
        of.mark,
        correction.published_at,
        correction.corrects_as,
        correction.reasons,
        of.digest,
        editions_deck.read(of.deck),
    )
