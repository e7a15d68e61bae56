"""A file for others as JSON or CSV."""

import csv
import io
from typing import Any

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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("report", "first", "last", "dimension", "code", "count", "counted_until"))
    head = (report.name, report.first, report.last)
    until = report.counted_until.isoformat(timespec="seconds")
    total = "" if report.total is None else report.total
    writer.writerow((*head, "contacts", "all", total, until))
    for line in report.lines:
        shown = "" if line.count is None else line.count
        writer.writerow((*head, line.dimension, line.code, shown, until))
    return text.getvalue()
