"""The yearly report of a trusted flagger: Regulation (EU) 2022/2065 (DSA), Article 22(3).

It counts the notices of Article 16 that were sent as trusted flagger, by provider, by type of
content and by the action taken. It holds no personal data: a provider is the name of a firm.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from operator import attrgetter
from typing import Any

NO_ANSWER = "no-answer"
# What was never sent, or was taken back, is no notice that a provider had to decide on.
NEVER_COUNTED = frozenset({"draft", "withdrawn"})

_SENT_AGAIN = "-R"
_MEDIAN, _P90 = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One sending of a notice. `outcome` is empty where no answer came; `hours` lead to it."""

    notice: str
    sent_at: datetime | None
    provider: str
    category: str
    outcome: str = ""
    hours: float | None = None
    as_trusted_flagger: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """How long providers took, in hours: of how many notices, and two percentiles."""

    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class FlaggingRow:
    """How often a provider took one action on one type of content, and how fast."""

    provider: str
    category: str
    action: str
    count: int
    hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyReport:
    """The figures of one year; each mapping is from a name to a count, the largest first."""

    year: int
    total: int
    by_provider: Mapping[str, int]
    by_category: Mapping[str, int]
    by_action: Mapping[str, int]
    by_month: Mapping[str, int]
    hours: Hours
    rows: Sequence[FlaggingRow]
    counted_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice, however often it was sent."""

    provider: str
    category: str
    action: str
    month: str
    hours: float | None


def is_counted(sending: Sending) -> bool:
    """Return whether the regulation counts it: sent, as trusted flagger, and not taken back."""
    return (
        sending.as_trusted_flagger
        and sending.sent_at is not None
        and sending.outcome not in NEVER_COUNTED
    )


def same_notice(number: str) -> str:
    """Return the number of the notice that a sending is of: N17-R and N17-R-R are N17 again."""
    while number.endswith(_SENT_AGAIN):
        number = number.removesuffix(_SENT_AGAIN)
    return number


def count(sendings: Iterable[Sending], *, year: int, zone: tzinfo) -> YearlyReport:
    """Return the report on a year of the centre's zone.

    A notice that was sent again counts once, in the year of its first sending here. Its action is
    that of the last sending that got one, and its hours are that sending's.
    """
    by_notice: defaultdict[str, list[Sending]] = defaultdict(list)
    for sending in sendings:
        if is_counted(sending):
            by_notice[same_notice(sending.notice)].append(sending)
    notices = [
        notice
        for sent in by_notice.values()
        if (notice := _one_notice(sent, year=year, zone=zone)) is not None
    ]
    return YearlyReport(
        year=year,
        total=len(notices),
        by_provider=_largest_first(notice.provider for notice in notices),
        by_category=_largest_first(notice.category for notice in notices),
        by_action=_largest_first(notice.action for notice in notices),
        by_month=dict(sorted(Counter(notice.month for notice in notices).items())),
        hours=_hours(notices),
        rows=_rows(notices),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which this share of sorted values is; None without values.

    Between two values it is interpolated (type 7 of Hyndman and Fan, 1996), as spreadsheets do.
    """
    if not values:
        return None
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _one_notice(sent: Sequence[Sending], *, year: int, zone: tzinfo) -> _Notice | None:
    in_order = sorted(sent, key=_moment)
    first = in_order[0]
    day = _moment(first).astimezone(zone)
    if day.year != year:
        return None
    answered = next((one for one in reversed(in_order) if one.outcome not in {"", NO_ANSWER}), None)
    return _Notice(
        provider=first.provider,
        category=first.category,
        action=answered.outcome if answered else NO_ANSWER,
        month=f"{day:%Y-%m}",
        hours=answered.hours if answered else None,
    )


def _moment(sending: Sending) -> datetime:
    if sending.sent_at is None:  # `is_counted` left these out
        raise ValueError("a draft has no moment")
    return sending.sent_at


def _rows(notices: Sequence[_Notice]) -> tuple[FlaggingRow, ...]:
    key = attrgetter("provider", "category", "action")
    grouped = groupby(sorted(notices, key=lambda one: (one.provider.casefold(), *key(one))), key)
    return tuple(
        FlaggingRow(*names, count=len(found), hours=_hours(found))
        for names, found in ((names, list(group)) for names, group in grouped)
    )


def _hours(notices: Sequence[_Notice]) -> Hours:
    values = sorted(notice.hours for notice in notices if notice.hours is not None)
    return Hours(len(values), percentile(values, _MEDIAN), percentile(values, _P90))


def _largest_first(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0].casefold())))


# The yearly report as a document for programs, and as lines for the operator.


_DIGITS = 4


def as_document(report: YearlyReport) -> dict[str, Any]:
    """Return the report as JSON knows it; hours are numbers, null where none are known."""
    return {
        "year": report.year,
        "counted_until": report.counted_until
        and report.counted_until.isoformat(timespec="seconds"),
        "total": report.total,
        "by_provider": dict(report.by_provider),
        "by_category": dict(report.by_category),
        "by_action": dict(report.by_action),
        "by_month": dict(report.by_month),
        "hours_to_outcome": asdict(_rounded(report.hours)),
        "rows": [
            {
                "provider": row.provider,
                "category": row.category,
                "action": row.action,
                "count": row.count,
                "median_hours": _rounded(row.hours).median,
                "p90_hours": _rounded(row.hours).p90,
            }
            for row in report.rows
        ],
    }


def as_text(report: YearlyReport) -> str:
    """Return the report as lines of names and counts."""
    parts = [f"{report.year}: {report.total}"]
    if report.counted_until:
        parts.append(f"counted_until {report.counted_until.isoformat(timespec='seconds')}")
    for name in ("by_provider", "by_category", "by_action", "by_month"):
        counts: Mapping[str, int] = getattr(report, name)
        parts += ["", name, *(f"{count:>8}  {each}" for each, count in counts.items())]
    return "\n".join(parts)


def _rounded(hours: Hours) -> Hours:
    return Hours(hours.count, _digits(hours.median), _digits(hours.p90))


def _digits(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
