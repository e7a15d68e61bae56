"""How a page stands: what someone has to look at before readers are told something old. Pure.

A review is due on the day that the editor set; else as long after the last one, or after the first
day for a page that was never reviewed, as the pack says for its kind. Of the pages that are one in
several languages, the one that was written first is the source; a translation is out of date while
its row says that it is behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from balise.awareness.publications.rules.taxonomy import Term

REVIEWED_EVERY: Final = timedelta(days=365)
# What tells of a day is not checked again.
DATED: Final = frozenset({"news"})


class Lack(StrEnum):
    """What is the matter with a page."""

    REVIEW = "review-due"
    TRANSLATION = "translation-out-of-date"
    PICTURE = "picture-without-description"
    CAPTIONS = "video-without-captions"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to look at; `since` is the day from which it is so, None where no day says it."""

    lack: Lack
    since: date | None = None


class Shown(Protocol):
    """A page in one language, as it is public."""

    page_id: int
    key: UUID
    kind: str
    published_at: datetime | None
    reviewed_on: date | None
    review_on: date | None
    behind: str
    picture: str
    picture_says: str
    video: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is asked of a page; its moments are in the zone of the centre, whose days count.

    `source_at` is when the page that it translates was last published, None for a source and for
    a translation that says the same.
    `pictures` are the descriptions of its pictures, `captions` whether each of its videos has them.
    """

    kind: str
    published_at: datetime | None
    reviewed_on: date | None
    review_on: date | None = None
    source_at: datetime | None = None
    pictures: Sequence[str] = ()
    captions: Sequence[bool] = ()
    every: timedelta = REVIEWED_EVERY


def faults_of(page: Standing, on: date) -> tuple[Fault, ...]:
    """Return what is the matter with a page on a day, in the order of `Lack`."""
    return tuple(_faults(page, on))


def review_due(page: Standing) -> date | None:
    """Return the day on which a page is reviewed again; None where it never is, or is no page yet.

    A page that was published again after its review was not checked by that.
    """
    if page.kind in DATED:
        return None
    if page.review_on:
        return page.review_on
    last = page.reviewed_on or (page.published_at.date() if page.published_at else None)
    return last + page.every if last else None


def source_of[Page: Shown](pages: Iterable[Page]) -> Page:
    """Return which of the languages of a page the others were translated from."""
    return min(pages, key=lambda page: page.page_id)


def standing_of(page: Shown, source: Shown, kinds: Mapping[str, Term]) -> Standing:
    """Return what is asked of a page; `source` is itself where it was written first.

    A film elsewhere has its captions there, as its editor ticked.
    """
    return Standing(
        kind=page.kind,
        published_at=page.published_at,
        reviewed_on=page.reviewed_on,
        review_on=page.review_on,
        source_at=source.published_at if page.behind else None,
        pictures=(page.picture_says,) if page.picture else (),
        captions=(bool(page.video.get("captions")),) if page.video.get("film") else (),
        every=_every(kinds.get(page.kind)),
    )


def _every(kind: Term | None) -> timedelta:
    days = kind.says.get("reviewed_after_days") if kind else None
    return timedelta(days=int(days)) if days else REVIEWED_EVERY


def _faults(page: Standing, on: date) -> Iterator[Fault]:
    due = review_due(page)
    if due and due <= on:
        yield Fault(Lack.REVIEW, due)
    if page.source_at:
        yield Fault(Lack.TRANSLATION, page.source_at.date())
    if not all(page.pictures):
        yield Fault(Lack.PICTURE)
    if not all(page.captions):
        yield Fault(Lack.CAPTIONS)
