"""The yearly report, drawn by its layout, in one language."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, override

from balise.foundation.clock import zone
from balise.foundation.typesetting import typeset
from balise.takedown.statements.rules.flagging import YearlyReport
from balise.takedown.statements.rules.layout import Layout, Section, layout

LANGUAGES = ("fr", "en")

type Table = dict[str, list[Any]]


def yearly_pdf(report: YearlyReport, *, language: str) -> bytes:
    """Return the report as PDF/UA-1, in `fr` or `en`."""
    with override(language):
        told = _document(report, language)
    return typeset(files(__package__).joinpath("yearly.typ"), told)


def _document(report: YearlyReport, language: str) -> dict[str, Any]:
    plan = layout(settings.COUNTRY)
    return {
        "language": language,
        "title": plan.title.in_language(language),
        "legal": plan.legal.in_language(language),
        "organisation": settings.CENTRE.organisation,
        "address": settings.CENTRE.postal_address,
        "year": _year(report, plan, language),
        "zone": str(zone()),
        "sections": [_section(section, report, plan, language) for section in plan.sections],
    }


def _year(report: YearlyReport, plan: Layout, language: str) -> str:
    year = f"{plan.year.in_language(language)} {report.year}"
    if report.counted_until is None:
        return year
    moment = date_format(report.counted_until, "DATETIME_FORMAT")
    return _("%(year)s, counted until %(moment)s") % {"year": year, "moment": moment}


def _section(section: Section, report: YearlyReport, plan: Layout, language: str) -> dict[str, Any]:
    said = {name: words.in_language(language) for name, words in section.words.items()}
    text = said.get("text", "")
    if section.kind == "independence":
        text = settings.INDEPENDENCE.get(language) or plan.independence.in_language(language)
    table: Table | None = None
    if not report.total and section.kind not in {"text", "independence"}:
        text = plan.nothing.in_language(language)
    elif section.kind in _TABLES:
        table = _TABLES[section.kind](report, plan, language, said)
    return {"heading": said["heading"], "text": text, "table": table}


def _overview(
    report: YearlyReport, _plan: Layout, _language: str, said: Mapping[str, str]
) -> Table:
    return {"heads": [], "rows": [[said.get("total", ""), number_format(report.total)]]}


def _times(report: YearlyReport, plan: Layout, language: str, said: Mapping[str, str]) -> Table:
    words = {name: one.in_language(language) for name, one in plan.words.items()}
    rows = [
        [said.get("count", words["count"]), number_format(report.hours.count)],
        [words["median"], _hours(report.hours.median)],
        [words["p90"], _hours(report.hours.p90)],
    ]
    return {"heads": [], "rows": rows}


def _detail(report: YearlyReport, plan: Layout, language: str, _said: Mapping[str, str]) -> Table:
    columns = [
        section.words["column"].in_language(language)
        for kind in ("by_provider", "by_category", "by_action")
        for section in plan.sections
        if section.kind == kind and "column" in section.words
    ]
    numbers = [plan.words[name].in_language(language) for name in ("count", "median", "p90")]
    rows = [
        [
            row.provider,
            plan.category(row.category, language),
            plan.action(row.action, language),
            number_format(row.count),
            _hours(row.hours.median),
            _hours(row.hours.p90),
        ]
        for row in report.rows
    ]
    return {"heads": [*columns, *numbers], "rows": rows}


def _counted(
    counts: Callable[[YearlyReport], Mapping[str, int]],
    name: Callable[[Layout, str, str], str],
) -> Callable[[YearlyReport, Layout, str, Mapping[str, str]], Table]:
    """Return what draws a table of names and counts."""

    def drawn(report: YearlyReport, plan: Layout, language: str, said: Mapping[str, str]) -> Table:
        rows = [
            [name(plan, code, language), number_format(count)]
            for code, count in counts(report).items()
        ]
        heads = [said.get("column", ""), plan.words["count"].in_language(language)]
        return {"heads": heads, "rows": rows}

    return drawn


def _month(_plan: Layout, month: str, _language: str) -> str:
    return date_format(date.fromisoformat(f"{month}-01"), "F Y")


def _hours(hours: float | None) -> str:
    return "–" if hours is None else number_format(hours, decimal_pos=1)


_TABLES = {
    "overview": _overview,
    "by_provider": _counted(lambda report: report.by_provider, lambda _plan, name, _lang: name),
    "by_category": _counted(lambda report: report.by_category, Layout.category),
    "by_action": _counted(lambda report: report.by_action, Layout.action),
    "by_month": _counted(lambda report: report.by_month, _month),
    "times": _times,
    "rows": _detail,
}
