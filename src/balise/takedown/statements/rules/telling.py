"""The yearly report as a document for programs, and as lines for the operator."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from balise.takedown.statements.rules.flagging import Hours, YearlyReport

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
