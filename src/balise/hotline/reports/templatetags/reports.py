"""What the reports' pages name: a receipt in groups, the centre's numbers and lines by code."""

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.template import Library
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balise.foundation.encryption.receipts import Receipt, shown
from balise.foundation.web.components.pieces import tag
from balise.hotline.reports.actions.consulting import OpenedReport
from balise.hotline.reports.queries.desk import Row
from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.words import AgeBand, Concern, MetHow, State
from balise.takedown.law.rules import all_offences

register = Library()

_TONES = {
    State.WAITING: ("note", "clock"),
    State.SECOND_LOOK: ("warn", "eye"),
    State.REMOVING: ("danger", "send"),
    State.REMOVED: ("good", "check-circle"),
    State.CLOSED: ("plain", "check"),
}


class _Numbered(Protocol):
    number: str


class _Named(Protocol):
    name: str


class _Centre(Protocol):
    """The part of `settings.CENTRE` that is asked for here."""

    def number(self, code: str) -> _Numbered: ...

    def line(self, code: str) -> _Named: ...


@register.filter
def as_code(receipt: Receipt) -> str:
    """Return a receipt in its seven groups."""
    return shown(receipt)


@register.filter
def number_of(centre: _Centre, code: str) -> str:
    """Return the telephone number with this code, such as `helpline`."""
    return centre.number(code).number


@register.filter
def line_called(centre: _Centre, code: str) -> str:
    """Return the name under which the public knows a line."""
    return centre.line(code).name


@register.filter
def entry(mapping: Mapping[str, object], key: str) -> object:
    """Return what a mapping holds under a key; empty where it holds nothing."""
    return mapping.get(key, "")


@register.filter
def same(one: object, other: object) -> bool:
    """Return whether two values are equal, for a tag's keyword."""
    return bool(one) and one == other


@register.filter
def state_tag(row: Row) -> SafeString:
    """Return where a content stands, as a badge; a closed one says by which verdict."""
    tone, icon = _TONES[row.state]
    label = row.verdict.label if row.state is State.CLOSED and row.verdict else row.state.label
    return tag(label, tone, icon=icon)


@register.filter
def reasons(row: Row) -> list[tuple[object, int]]:
    """Return why a content comes where it comes: (reason in words, points)."""
    return [(priority.REASONS[reason], gain) for reason, gain in row.points.items()]


@register.filter
def known(row: Row) -> list[tuple[str, object]]:
    """Return what is known in clear of a content, as (label, value)."""
    first = formats.date_format(timezone.localtime(row.first_reported_at), "SHORT_DATETIME_FORMAT")
    network = f"AS{row.network}" if row.network else ""
    return [
        (_("Where it was met"), row.kind.label),
        (_("Reports"), row.report_count),
        (_("First reported"), first),
        (_("Hosted in"), " · ".join(part for part in (row.country, network) if part)),
    ]


@register.filter
def told(one: OpenedReport) -> list[tuple[str, object]]:
    """Return what a reporter told, as (label, value); what they left out is left out."""
    answers = one.answers
    met_on = formats.date_format(answers.met_on, "SHORT_DATE_FORMAT") if answers.met_on else ""
    pairs = [
        (_("Category"), category(answers.category, country=settings.COUNTRY).name),
        (_("In danger"), _("Someone may be in danger now") if answers.danger else ""),
        (_("Concerned"), Concern(answers.concern).label if answers.concern else ""),
        (_("Age"), AgeBand(answers.age_band).label if answers.age_band else ""),
        (_("Met how"), MetHow(answers.met_how).label if answers.met_how else ""),
        (_("Seen on"), met_on),
        (_("In their words"), answers.description),
        (_("Contact"), answers.contact),
        (_("Their reference"), answers.reference),
    ]
    return [(label, value) for label, value in pairs if value]


@register.filter
def offence_words(code: str) -> str:
    """Return an offence in words, by its code."""
    found = next((one for one in all_offences(settings.COUNTRY) if one.code == code), None)
    return str(found.words) if found else code
