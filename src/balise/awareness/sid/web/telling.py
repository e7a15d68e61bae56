"""The figures of an edition in words: one list of sections for the page and for the paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext, pgettext

from balise.awareness.network.structures.rules.places import departement
from balise.awareness.sid.rules.reports import Report
from balise.awareness.sid.rules.words import Band, Method, Sort, channels


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table of two columns: its head and rows; no rows for none."""

    title: str
    says: Sequence[str]
    head: tuple[str, str] = ("", "")
    rows: Sequence[tuple[str, str]] = ()


def sections(report: Report) -> list[Section]:
    """Return the report, section by section, in the active language."""
    known = channels(settings.COUNTRY)
    return [
        Section(
            _("Activities"),
            [_activities(report)],
            (_("As part of"), _("Activities")),
            _rows(report.channels, {code: str(label) for code, label in known.items()}),
        ),
        Section(
            _("By whom"),
            (),
            (_("Participant"), _("Activities")),
            _rows(report.sorts, _labels(Sort.choices)),
        ),
        Section(
            _("Place"),
            [_("%(count)s départements and territories.") % {"count": len(report.areas)}],
            (_("Département or territory"), _("Activities")),
            [(area_name(code), number_format(many)) for code, many in report.areas.items()],
        ),
        Section(_("Ages"), _met(report), (_("Age"), _("Attendances")), _bands(report)),
        Section(
            _("Methods of counting"),
            (),
            (_("Method"), _("Activities")),
            _rows(report.methods, _labels(Method.choices)),
        ),
        Section(
            _("Other figures"),
            [_("Counted elsewhere under the day’s campaign. None adds up with another.")]
            if report.beside
            else [_("No other figure carries the day’s campaign.")],
            (_("Figure"), _("Number")),
            [(f"{each.label} ({each.unit})", _number(each.number)) for each in report.beside],
        ),
    ]


def area_name(code: str) -> str:
    """Return the name of an area; abroad for none."""
    return departement(code).name if code else _("Abroad")


def _activities(report: Report) -> str:
    return ngettext(
        "%(count)s activity was declared, with %(expected)s people expected.",
        "%(count)s activities were declared, with %(expected)s people expected.",
        report.activities,
    ) % {
        "count": number_format(report.activities),
        "expected": number_format(report.expected),
    }


def _met(report: Report) -> list[str]:
    if report.reach is None:
        return [_("Nobody has said yet how many came: it is not known.")]
    said = {
        "told": number_format(report.told),
        "all": number_format(report.activities),
        "attendances": number_format(report.reach.attendances),
        "least": number_format(report.reach.at_least),
    }
    return [
        _("For %(told)s of %(all)s activities it is known how many came.") % said,
        _("They add up to %(attendances)s attendances.") % said,
        _(
            "A pupil who came twice is in it twice: they were %(least)s people at least, "
            "%(attendances)s at most."
        )
        % said,
    ]


def _bands(report: Report) -> list[tuple[str, str]]:
    return [
        (str(band.label), _number(report.bands[band.value]))
        for band in Band
        if band.value in report.bands
    ]


def _rows(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    known = [(label, counts[code]) for code, label in labels.items() if code in counts]
    gone = [(code, many) for code, many in counts.items() if code not in labels]
    return [(label, number_format(many)) for label, many in (*known, *gone)]


def _labels(choices: Iterable[tuple[str, object]]) -> Mapping[str, str]:
    return {code: str(label) for code, label in choices}


def _number(number: int | None) -> str:
    return pgettext("use", "withheld") if number is None else number_format(number)
