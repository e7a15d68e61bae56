"""A file for others as JSON or CSV."""

import csv
import io
from typing import Any

from balise.helpline.contacts.rules.reports import Report


def as_object(report: Report, *, language: str = "en") -> dict[str, Any]:
    """Return a file as one JSON object; null is a number that is withheld."""
    return {
        "report": report.name,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "to_verify": report.to_verify.in_language(language),
        "contacts": report.total,
        "lines": [
            {"dimension": line.dimension, "code": line.code, "count": line.count}
            for line in report.lines
        ],
    }


def as_csv(report: Report) -> str:
    """Return a file as CSV; an empty count is a number that is withheld."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("report", "first", "last", "dimension", "code", "count"))
    head = (report.name, report.first, report.last)
    writer.writerow((*head, "contacts", "all", "" if report.total is None else report.total))
    for line in report.lines:
        shown = "" if line.count is None else line.count
        writer.writerow((*head, line.dimension, line.code, shown))
    return text.getvalue()
