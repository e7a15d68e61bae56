"""Which of our notices a statement of reasons may answer, and how likely that is. Pure.

The DSA Transparency Database has no address of a content. So a statement is compared by the
platform's own number where we know it, else by platform, category, dates and source; what that
gives is a proposal with a score, and a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused

_PUID = re.compile(r"[A-Za-z0-9_-]{1,500}", re.ASCII)
_EAN_13 = re.compile(r"\d{13}", re.ASCII)

CERTAIN = 100
LEAST = 40
MOST_PROPOSED = 5
# How long after a notice a decision may still answer it, and what zones and clocks may shift.
ANSWERED_WITHIN = timedelta(days=90)
_SLACK = timedelta(days=1)
_SOON, _LATER = timedelta(days=1), timedelta(days=7)


class Source(StrEnum):
    """What a decision followed: `source_type` of the schema of 1 July 2025."""

    ARTICLE_16 = "SOURCE_ARTICLE_16"
    TRUSTED_FLAGGER = "SOURCE_TRUSTED_FLAGGER"
    OTHER_NOTIFICATION = "SOURCE_TYPE_OTHER_NOTIFICATION"
    VOLUNTARY = "SOURCE_VOLUNTARY"


# Only these can follow a notice of ours.
OURS = frozenset({Source.ARTICLE_16, Source.TRUSTED_FLAGGER})


class ReferenceKind(TextChoices):
    """A number under which a platform or a trade knows a content."""

    PUID = "puid", gettext_lazy("The platform’s number (puid)")
    EAN_13 = "ean-13", gettext_lazy("A product’s number (EAN-13)")


class Reason(TextChoices):
    """Why a statement is thought to answer a notice; each has its points."""

    PUID = "puid", gettext_lazy("The platform’s own number")
    EAN_13 = "ean-13", gettext_lazy("The product’s number")
    NAMES_US = "names-us", gettext_lazy("It names the centre")
    FLAGGER = "flagger", gettext_lazy("It follows a trusted flagger’s notice")
    NOTICE = "notice", gettext_lazy("It follows a notice")
    CATEGORY = "category", gettext_lazy("The same category")
    KEYWORD = "keyword", gettext_lazy("The same keyword")
    CONTENT_DAY = "content-day", gettext_lazy("The content is from the date of the facts")
    SOON = "soon", gettext_lazy("Decided within a day of the notice")
    WITHIN_A_WEEK = "within-a-week", gettext_lazy("Decided within a week of the notice")
    SAME_OUTCOME = "same-outcome", gettext_lazy("The same outcome as the host told us")

    @property
    def points(self) -> int:
        return _POINTS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of reasons, as far as it is compared."""

    id: UUID
    host: UUID
    puid: str
    source: Source
    categories: frozenset[str]
    keywords: frozenset[str]
    content_on: date
    applied_on: date
    eans: frozenset[str] = frozenset()
    names_us: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A notice of ours, as far as it is compared."""

    id: UUID
    host: UUID
    sent_on: date
    facts_on: date
    category: str
    keyword: str
    as_flagger: bool
    puids: frozenset[str] = frozenset()
    eans: frozenset[str] = frozenset()
    is_said_gone: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement may answer a notice: from 0 to CERTAIN, and why."""

    statement: UUID
    notice: UUID
    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_certain(self) -> bool:
        return self.score == CERTAIN


class ReferenceFaulty(Refused, code="reference-faulty"):
    """The text cannot be a number of this kind."""


def check_reference(kind: ReferenceKind, text: str) -> str:
    """Return a number as the database writes it, or refuse it (`^[a-zA-Z0-9-_]+$` for a puid)."""
    number = text.strip()
    shape = _PUID if kind is ReferenceKind.PUID else _EAN_13
    if not shape.fullmatch(number):
        raise ReferenceFaulty(
            _("A puid has letters, digits, - and _ only.")
            if kind is ReferenceKind.PUID
            else _("An EAN-13 has thirteen digits.")
        )
    return number


def proposals(said: Said, asked: Sequence[Asked]) -> list[Proposal]:
    """Return the notices that a statement may answer, the likeliest first, MOST_PROPOSED at most.

    Where the platform's own number is known of a notice, that one alone is returned.
    """
    found = [one for notice in asked if (one := compare(said, notice)) is not None]
    found.sort(key=lambda one: (-one.score, str(one.notice)))
    if found and found[0].is_certain:
        return [one for one in found if one.is_certain]
    return found[:MOST_PROPOSED]


def compare(said: Said, asked: Asked) -> Proposal | None:
    """Return how likely a statement answers a notice; None where it cannot, or hardly."""
    if said.host != asked.host:
        return None
    if said.puid and said.puid in asked.puids:
        return Proposal(said.id, asked.id, CERTAIN, (Reason.PUID,))
    if said.source not in OURS or not _fits(said, asked):
        return None
    reasons = tuple(_reasons(said, asked))
    score = min(sum(reason.points for reason in reasons), CERTAIN - 1)
    return Proposal(said.id, asked.id, score, reasons) if score >= LEAST else None


def _fits(said: Said, asked: Asked) -> bool:
    """Whether type and days allow it: the content was there, then we wrote, then they decided."""
    return (
        asked.category in said.categories
        and said.content_on <= asked.sent_on + _SLACK
        and asked.sent_on - _SLACK <= said.applied_on <= asked.sent_on + ANSWERED_WITHIN
    )


def _reasons(said: Said, asked: Asked) -> list[Reason]:
    found = [Reason.CATEGORY]
    if not said.eans.isdisjoint(asked.eans):
        found.append(Reason.EAN_13)
    if said.names_us:
        found.append(Reason.NAMES_US)
    if asked.keyword and asked.keyword in said.keywords:
        found.append(Reason.KEYWORD)
    if (said.source is Source.TRUSTED_FLAGGER) == asked.as_flagger:
        found.append(Reason.FLAGGER if asked.as_flagger else Reason.NOTICE)
    if abs(said.content_on - asked.facts_on) <= _SLACK:
        found.append(Reason.CONTENT_DAY)
    waited = said.applied_on - asked.sent_on
    if waited <= _LATER:
        found.append(Reason.SOON if waited <= _SOON else Reason.WITHIN_A_WEEK)
    if said.is_gone and asked.is_said_gone:
        found.append(Reason.SAME_OUTCOME)
    return found


_POINTS = {
    Reason.PUID: CERTAIN,
    Reason.EAN_13: 40,
    Reason.NAMES_US: 25,
    Reason.CATEGORY: 20,
    Reason.FLAGGER: 20,
    Reason.NOTICE: 10,
    Reason.KEYWORD: 15,
    Reason.CONTENT_DAY: 15,
    Reason.SOON: 10,
    Reason.WITHIN_A_WEEK: 5,
    Reason.SAME_OUTCOME: 10,
}
