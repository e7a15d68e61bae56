"""A file for others as JSON or CSV."""

from typing import Any

from balise.foundation import tables
from balise.helpline.contacts.rules.reports import Report


def as_object(report: Report) -> dict[str, Any]:
    """Return a file as one JSON object; null is a number that is withheld."""
    return {
        "report": report.name,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "counted_until": report.counted_until.isoformat(timespec="seconds"),
        "to_verify": report.to_verify.in_language("en"),
        "contacts": report.total,
        "lines": [
            {"dimension": line.dimension, "code": line.code, "count": line.count}
            for line in report.lines
        ],
    }


def as_csv(report: Report) -> str:
    """Return a file as CSV; an empty count is a number that is withheld.

    The end of counting is the last column, so that programs which read columns by position still
    work.
    """
    names = ("report", "first", "last", "dimension", "code", "count", "counted_until")
    rows: list[tuple[object, ...]] = [names]
    head = (report.name, report.first, report.last)
    until = report.counted_until.isoformat(timespec="seconds")
    rows.append((*head, "contacts", "all", report.total, until))
    rows += ((*head, line.dimension, line.code, line.count, until) for line in report.lines)
    return tables.as_csv(rows, separator=",", line_end="\n", has_mark=False)
