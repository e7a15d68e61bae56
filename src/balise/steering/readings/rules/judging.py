"""Whether a reading may stand beside those that stand already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.moments import day_words
from balise.foundation.refusals import Refused
from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.rules.leaving import number_words

# Why a reading is refused.


class ThingTaken(Refused, code="thing-taken"):
    """Another thing is followed under this code."""

    field = "code"


class CodeFaulty(Refused, code="thing-code-faulty"):
    """The text is no code."""

    field = "code"


class SpanFaulty(Refused, code="thing-span-faulty"):
    """It is followed until before it is followed."""

    field = "until"


class SeriesForeign(Refused, code="series-foreign"):
    """Nothing of this kind has such a series."""

    field = "series"


class DayFaulty(Refused, code="reading-day-faulty"):
    """The day has not come, or the days do not fit the series."""

    field = "day"


class NumberFaulty(Refused, code="reading-number-faulty"):
    """It is no whole number from zero on."""

    field = "value"


class DayTaken(Refused, code="reading-day-taken"):
    """There is a reading of this day, or of days of it."""

    field = "day"


class WhyNeeded(Refused, code="reading-why-needed"):
    """It is not where it is expected, and nobody said why."""

    field = "why"


class ReadingReplaced(Refused, code="reading-replaced"):
    """It was corrected or withdrawn: only a reading that stands is."""


class ColumnsFaulty(Refused, code="columns-faulty"):
    """The columns of a file say no reading."""


class ThingUnknown(Refused, code="thing-unknown"):
    """Nothing that is followed is called so."""


# What is followed, and what its numbers are in time.


class Thing(TextChoices):
    """What is followed."""

    ACCOUNT = "account", pgettext_lazy("readings", "Social account")
    VIDEO = "video", pgettext_lazy("readings", "Video or channel")
    STORE = "store", pgettext_lazy("readings", "Application in a store")
    SITE = "site", pgettext_lazy("readings", "Website")


class Network(TextChoices):
    """Where an account, a video or an application is."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    LINKEDIN = "linkedin", "LinkedIn"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    SNAPCHAT = "snapchat", "Snapchat"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    APP_STORE = "app-store", "App Store"
    PLAY = "play", "Google Play"
    OTHER = "other", pgettext_lazy("network", "Other")


class Nature(StrEnum):
    """What a number of a series is in time."""

    STOCK = "stock"  # what there is on a day
    CUMULATIVE = "cumulative"  # all that was counted until a day
    FLOW = "flow"  # what happened from a day to another; days that follow each other add up
    DISTINCT = "distinct"  # who came from a day to another; never added to other days


class Series(TextChoices):
    """What is read of a thing; the code is what figures ask for."""

    FOLLOWERS = "social.followers", pgettext_lazy("readings", "Followers")
    VIEWS = "videos.views", pgettext_lazy("readings", "Views")
    DOWNLOADS = "stores.downloads", pgettext_lazy("readings", "Downloads")
    VISITS = "web.visits", pgettext_lazy("readings", "Visits")
    VISITORS = "web.visitors", pgettext_lazy("readings", "Unique visitors")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a series is read of, what its numbers are, and how often it is read at least."""

    thing: Thing
    nature: Nature
    expected: timedelta

    @property
    def has_span(self) -> bool:
        """Return whether a reading is of days, from one to another."""
        return self.nature in {Nature.FLOW, Nature.DISTINCT}


_MONTHLY: Final = timedelta(days=45)
SHAPES: Final[Mapping[Series, Shape]] = {
    Series.FOLLOWERS: Shape(Thing.ACCOUNT, Nature.STOCK, _MONTHLY),
    Series.VIEWS: Shape(Thing.VIDEO, Nature.CUMULATIVE, _MONTHLY),
    Series.DOWNLOADS: Shape(Thing.STORE, Nature.CUMULATIVE, _MONTHLY),
    Series.VISITS: Shape(Thing.SITE, Nature.FLOW, _MONTHLY),
    Series.VISITORS: Shape(Thing.SITE, Nature.DISTINCT, _MONTHLY),
}


def series_of(thing: Thing) -> tuple[Series, ...]:
    """Return what is read of a kind of thing."""
    return tuple(series for series, shape in SHAPES.items() if shape.thing is thing)


MOST: Final = 10**12
EARLIEST: Final = date(1990, 1, 1)
# A stock may fall; from a fifth on, it is a slip of the keyboard or a purge of accounts.
_FALL: Final = Decimal("0.8")
_DAY: Final = timedelta(days=1)


class Why(TextChoices):
    """Why a reading is lower than the one before it: it is drawn as a break."""

    CORRECTED = "corrected", pgettext_lazy("readings", "The source corrected its count")
    PURGED = "purged", pgettext_lazy("readings", "The source removed accounts or views")
    RENEWED = "renewed", pgettext_lazy("readings", "The thing began again from zero")
    TRUE = "true", pgettext_lazy("readings", "It is a true fall")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTold:
    """A reading as someone enters it; `since` is the first of its days, for a series of spans."""

    series: Series
    day: date
    quantity: Quantity
    since: date | None = None
    source: str = ""
    method: Method = Method.DECLARED
    why: Why | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading that stands: its days and its number."""

    since: date | None
    day: date
    value: int


def check(told: ReadingTold, standing: Sequence[Standing], *, today: date) -> int:
    """Return the number of a reading that may stand beside others of its thing and series.

    Raises NumberFaulty, DayFaulty, DayTaken, and WhyNeeded for one that is lower than the one
    before it in a series that only grows, or far lower in one that may fall.
    """
    value = whole(told.quantity)
    nature = SHAPES[told.series].nature
    _check_days(told, today=today)
    _check_free(told, standing, nature)
    if told.why is None and (fault := _unexpected(told.day, value, standing, nature)):
        raise WhyNeeded(fault)
    return value


def check_one(
    told: ReadingTold, standing: Sequence[Standing], *, kind: Thing, until: date | None, today: date
) -> int:
    """Return the number of a reading of a thing of this kind, followed until a day.

    Raises SeriesForeign, and what `check` raises.
    """
    if SHAPES[told.series].thing is not kind:
        raise SeriesForeign(_("This is not counted of such a thing."))
    if until and told.day > until:
        raise DayFaulty(_("It is no longer followed on this day."))
    return check(told, standing, today=today)


def whole(quantity: Quantity) -> int:
    """Return a number of followers, views, visits. Raises NumberFaulty."""
    value = quantity.value
    if value != value.to_integral_value() or not 0 <= value <= MOST:
        raise NumberFaulty(_("Enter a whole number, zero or more."))
    return int(value)


def gaps(days: Sequence[date], series: Series, *, until: date) -> tuple[tuple[date, date], ...]:
    """Return the spans without a reading that are longer than the series expects.

    `days` are those of readings, in order. Each span is from a reading to the next, or to `until`.
    """
    expected = SHAPES[series].expected
    if not days:
        return ()
    ends = [*days, until] if until > days[-1] else days
    return tuple((one, other) for one, other in pairwise(ends) if other - one > expected)


def _check_days(told: ReadingTold, *, today: date) -> None:
    if told.day > today:
        raise DayFaulty(_("This day has not come yet."))
    if told.day < EARLIEST:
        raise DayFaulty(_("This day is too long ago."))
    if SHAPES[told.series].has_span:
        if told.since is None or not EARLIEST <= told.since <= told.day:
            raise DayFaulty(_("Enter the first day of this number, not after its last day."))
    elif told.since is not None:
        raise DayFaulty(_("This number is of one day: it has no first day."))


def _check_free(told: ReadingTold, standing: Sequence[Standing], nature: Nature) -> None:
    """Refuse a day that is read; of a flow, days that are in another reading."""
    for one in standing:
        same = one.day == told.day and one.since == told.since
        meets = nature is Nature.FLOW and _meet(one, told)
        if same or meets:
            fault = _("There is a reading for %(day)s already: correct it.")
            raise DayTaken(fault % {"day": day_words(one.day, "F Y")})


def _meet(one: Standing, told: ReadingTold) -> bool:
    since, other = told.since or told.day, one.since or one.day
    return other <= told.day and since <= one.day


def _unexpected(day: date, value: int, standing: Sequence[Standing], nature: Nature) -> str:
    """Return in words what is odd beside the reading before, and the one after; "" for nothing."""
    if nature not in {Nature.STOCK, Nature.CUMULATIVE}:
        return ""
    before = max((one for one in standing if one.day < day), key=_day, default=None)
    after = min((one for one in standing if one.day > day), key=_day, default=None)
    if before and is_fall(before.value, value, nature):
        fault = _("It is lower than on %(day)s (%(number)s). Check it, or say why.")
        return _said(fault, before)
    if after and is_fall(value, after.value, nature):
        fault = _("It is higher than on %(day)s (%(number)s). Check it, or say why.")
        return _said(fault, after)
    return ""


def is_fall(before: int, after: int, nature: Nature) -> bool:
    """Return whether a series cannot fall so from one reading to the next, or hardly."""
    return after < (before if nature is Nature.CUMULATIVE else before * _FALL)


def _said(fault: str, one: Standing) -> str:
    return fault % {"day": day_words(one.day, "F Y"), "number": number_words(one.value)}


def _day(one: Standing) -> date:
    return one.day


def quantity_of(value: int, bound: str) -> Quantity:
    """Return a number with its bound, as a table keeps them."""
    return Quantity(Decimal(value), Bound(bound))


# A thing that is followed, as staff describe it.


LONGEST: Final = 40
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a thing is, beside its kind and its code, which never change.

    `owner` is an organisation; it is followed until a day when it was closed or given up.
    """

    name: str
    network: Network | None = None
    owner: str = ""
    address: str = ""
    until: date | None = None


def cleaned(text: str) -> str:
    """Return a code as it is kept: small letters, digits, hyphens, 2 to 40. Raises CodeFaulty."""
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise CodeFaulty(_("Use 2 to 40 small letters without accents, digits and hyphens."))
    return code


def check_until(until: date | None, *, last: date | None) -> None:
    """Raise SpanFaulty for a thing that is followed until before its last reading."""
    if until and last and until < last:
        raise SpanFaulty(_("There is a later reading."))


def needs_network(thing: Thing) -> bool:
    """Return whether a kind of thing is somewhere: a website is its own place."""
    return thing is not Thing.SITE
