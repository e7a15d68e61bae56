"""Which way to tell an organisation about a content, in which order, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.takedown.directory.rules.contacts import (
    USUAL_RANK,
    ContactKind,
    LegalBasis,
    Terms,
    subject_of,
)

# How well something is known: who confirmed it, and how long ago.


FRESH_FOR = timedelta(days=180)


class Freshness(TextChoices):
    """Whether what is written was confirmed, and lately."""

    FRESH = "fresh", _("Confirmed")
    STALE = "stale", _("To be confirmed again")
    NEVER = "never", _("To be verified")


def freshness(checked_on: date | None, *, on: date, fresh_for: timedelta = FRESH_FOR) -> Freshness:
    """Return how well something is known that was last confirmed on a day, or never (None)."""
    if checked_on is None:
        return Freshness.NEVER
    return Freshness.FRESH if on - checked_on <= fresh_for else Freshness.STALE


class Reason(TextChoices):
    """Why a way comes where it comes."""

    MADE_FOR_THIS = "made-for-this", _("It is made for this type of content.")
    PUT_FIRST = "put-first", _("The centre ranks it before the others.")
    PUT_LAST = "put-last", _("The centre ranks it after the others.")
    HAS_PRIORITY = (
        "has-priority",
        _("Notices from a trusted flagger have priority there by law (DSA, article 22)."),
    )
    COUNTS_AS_NOTICE = (
        "counts-as-notice",
        _("Notices sent there have legal effect (DSA, article 16)."),
    )
    PARTNERS = "partners", _("The platform offers it to its partners; no law requires it.")
    BY_CUSTOM = "by-custom", _("This is the usual abuse contact. No law requires it to act.")
    SENT_FROM_HERE = "sent-from-here", _("The notice is sent from here, and the answer comes back.")
    BY_HAND = "by-hand", _("A person copies the notice there, field by field.")
    CONFIRMED = "confirmed", _("Confirmed recently.")
    LONG_AGO = "long-ago", _("It was confirmed long ago: check it first.")


class Bar(TextChoices):
    """Why a way cannot be used."""

    NONE = "", _("Nothing")
    WAITS = "waits", _("A second person has not approved it yet.")
    BLOCKED = "blocked", _("It is blocked: nothing is sent there.")
    OTHER_SUBJECT = "other-subject", _("It is for other types of content.")
    OTHER_COUNTRY = "other-country", _("It is for content hosted in other countries.")
    NO_ACCOUNT = "no-account", _("It needs an account that this line does not have.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A contact, as the choice sees it."""

    key: UUID
    kind: ContactKind
    terms: Terms
    is_approved: bool = True
    is_blocked: bool = False
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be told: for which line, about a content hosted where, and of which kind.

    `category` and `keyword` are the DSA Transparency Database's words. What is left empty is
    unknown, and bars nothing.
    """

    line: str = ""
    country: str = ""
    category: str = ""
    keyword: str = ""

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(subject_of(word) for word in (self.category, self.keyword) if word)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A way in its place: why it is there, or why it cannot be used."""

    way: Way
    reasons: tuple[Reason, ...]
    bar: Bar

    @property
    def is_usable(self) -> bool:
        return self.bar is Bar.NONE


def rank(
    ways: Iterable[Way], wanted: Wanted, *, on: date, fresh_for: timedelta = FRESH_FOR
) -> tuple[Ranked, ...]:
    """Return the ways in the order in which to try them, those that cannot be used at the end.

    What is made for this kind of content comes first, then the order that people want, what was
    confirmed lately, what the law gives more weight, and what is sent from here before what is
    done by hand.
    """
    ranked = [
        (Ranked(way, _reasons(way, wanted, known), _bar(way, wanted)), known)
        for way in ways
        for known in (freshness(way.checked_on, on=on, fresh_for=fresh_for),)
    ]
    ranked.sort(key=lambda pair: _place(pair[0], pair[1]))
    return tuple(each for each, _known in ranked)


def _place(ranked: Ranked, known: Freshness) -> tuple[object, ...]:
    way = ranked.way
    return (
        not ranked.is_usable,
        Reason.MADE_FOR_THIS not in ranked.reasons,
        way.terms.rank,
        known is not Freshness.FRESH,
        _WEIGHT.index(way.terms.basis),
        _EASE.index(way.kind),
        -(way.checked_on or date.min).toordinal(),
        way.key,
    )


def _bar(way: Way, wanted: Wanted) -> Bar:
    if way.is_blocked:
        return Bar.BLOCKED
    if not way.is_approved:
        return Bar.WAITS
    if way.terms.serves and wanted.subjects and not wanted.subjects & set(way.terms.serves):
        return Bar.OTHER_SUBJECT
    if way.terms.countries and wanted.country and wanted.country not in way.terms.countries:
        return Bar.OTHER_COUNTRY
    if way.terms.needs_account and wanted.line not in way.terms.lines:
        return Bar.NO_ACCOUNT
    return Bar.NONE


def _reasons(way: Way, wanted: Wanted, known: Freshness) -> tuple[Reason, ...]:
    found = []
    if wanted.subjects & set(way.terms.serves):
        found.append(Reason.MADE_FOR_THIS)
    if way.terms.rank != USUAL_RANK:
        found.append(Reason.PUT_FIRST if way.terms.rank < USUAL_RANK else Reason.PUT_LAST)
    if way.terms.basis in _WORTH:
        found.append(_WORTH[way.terms.basis])
    found.append(Reason.BY_HAND if way.kind.by_hand else Reason.SENT_FROM_HERE)
    if known is not Freshness.NEVER:
        found.append(Reason.CONFIRMED if known is Freshness.FRESH else Reason.LONG_AGO)
    return tuple(found)


_WEIGHT = (
    LegalBasis.FLAGGER,
    LegalBasis.NOTICE,
    LegalBasis.PARTNER,
    LegalBasis.NETWORK,
    LegalBasis.AUTHORITY,
    LegalBasis.ABUSE,
)
_EASE = (ContactKind.MAIL, ContactKind.PORTAL, ContactKind.FORM, ContactKind.API)
_WORTH = {
    LegalBasis.FLAGGER: Reason.HAS_PRIORITY,
    LegalBasis.NOTICE: Reason.COUNTS_AS_NOTICE,
    LegalBasis.PARTNER: Reason.PARTNERS,
    LegalBasis.ABUSE: Reason.BY_CUSTOM,
}
