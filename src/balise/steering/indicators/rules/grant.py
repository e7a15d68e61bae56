"""The report to the European Commission: work packages, deliverables, milestones, targets. Pure.

The fields are those of the model grant agreement (DIGITAL, simple grants). The numbers of targets
are of each centre's own agreement: they stand in a file, `european.toml` where there is no other.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from django.utils.translation import gettext as _, override
from pydantic import BaseModel, ConfigDict, Field, model_validator

from balise.foundation import tables
from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.indicators.rules.sentences import lack_words
from balise.steering.indicators.rules.values import Lack, Value
from balise.steering.rules.leaving import Cell, CellState

USUAL: Final = Path(__file__).parent.parent / "european.toml"
_HUNDRED: Final = Decimal(100)

type _Words = Annotated[str, Field(min_length=1)]
type _Month = Annotated[int, Field(ge=1, le=120)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class WorkPackage(_Strict):
    """A part of the work, by its number."""

    number: Annotated[int, Field(ge=1)]
    title: _Words


class Deliverable(_Strict):
    """What is sent to the Commission: D2.3, due at the end of a month of the grant."""

    number: Annotated[str, Field(pattern=r"^D[1-9]\d?\.[1-9]\d?$")]
    title: _Words
    type: Literal["R", "DEM", "DEC", "DATA", "OTHER"]
    dissemination: Literal["PU", "SEN"]
    due_month: _Month
    state: Literal["planned", "draft", "sent", "accepted"] = "planned"
    sent_on: date | None = None

    @model_validator(mode="after")
    def _is_sent_on_a_day(self) -> Self:
        if (self.sent_on is not None) != (self.state in {"sent", "accepted"}):
            raise ValueError(f"{self.number}: what is sent has a day, and nothing else has one")
        return self

    @property
    def work_package(self) -> int:
        """Return the number of its work package."""
        return int(self.number[1:].partition(".")[0])


class Milestone(_Strict):
    """A point that is reached or not, and how one sees that it is."""

    number: Annotated[str, Field(pattern=r"^MS[1-9]\d?$")]
    title: _Words
    work_package: int
    due_month: _Month
    verification: _Words
    state: Literal["planned", "reached", "missed"] = "planned"


class Kpi(_Strict):
    """What is measured of a work package by an indicator; a share is between 0 and 1."""

    indicator: _Words
    work_package: int
    target: Decimal | None = Field(default=None, gt=0)
    baseline: Decimal | None = Field(default=None, ge=0)


class Grant(_Strict):
    """A grant agreement, as its reports ask for it."""

    reference: _Words
    title: _Words
    starts_on: date
    months: _Month
    work_packages: tuple[WorkPackage, ...]
    deliverables: tuple[Deliverable, ...]
    milestones: tuple[Milestone, ...]
    kpis: tuple[Kpi, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        known = {one.number for one in self.work_packages}
        due: tuple[Deliverable | Milestone, ...] = (*self.deliverables, *self.milestones)
        parts: tuple[Deliverable | Milestone | Kpi, ...] = (*due, *self.kpis)
        if unknown := {one.work_package for one in parts} - known:
            raise ValueError(f"no work package {', '.join(map(str, sorted(unknown)))}")
        names = [*(one.number for one in due), *(one.indicator for one in self.kpis)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"twice: {', '.join(twice)}")
        if any(one.due_month > self.months for one in due):
            raise ValueError("something is due after the grant")
        return self

    def due_on(self, month: int) -> date:
        """Return the last day of a month of the grant."""
        months = self.starts_on.year * 12 + self.starts_on.month - 1 + month
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def read(path: Path = USUAL) -> Grant:
    """Return the grant of a file; ValueError for one that says something else."""
    return Grant.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Told:
    """A KPI with its value for a period, or the reason why it has none.

    `since` is the first day that all of it was counted. `percent` is of the target.
    """

    kpi: Kpi
    name: str
    cell: Cell
    reason: str = ""
    since: date | None = None
    percent: int | None = None


def percent_of(kpi: Kpi, cell: Cell, value: Value, *, is_protected: bool) -> int | None:
    """Return the whole percent of the target that an exact number is; None of any other number.

    Not of a bound, of a protected or an estimated number, of a part of the period, nor of a share.
    """
    is_exact = (
        cell.state is CellState.SHOWN
        and cell.bound is Bound.EXACT
        and not is_protected
        and value.gap is None
        and value.indicator.method in {Method.MEASURED, Method.IMPORTED}
        and not value.is_share
    )
    if kpi.target is None or cell.value is None or not is_exact:
        return None
    return int(cell.value * _HUNDRED / kpi.target)


def reason_of(value: Value, cell: Cell, *, since: date | None) -> str:
    """Return in words why there is no number, or not all of it; nothing where it is whole."""
    if value.gap is Lack.NOT_COUNTED:
        return _("Not collected: %(why)s") % {"why": lack_words(value)}
    if value.gap in {Lack.BEFORE_THE_MEASURE, Lack.BEFORE_THE_CENTRE}:
        if since is None:
            return _("Nothing of this kind was recorded yet.")
        return _("Counted since %(day)s.") % {"day": since.isoformat()}
    if value.gap is not None:
        return lack_words(value)
    if cell.value is None and cell.state is CellState.WITHHELD:
        return _("Protected: not told of these days.")
    return "" if cell.value is not None else _("It has no single number: see its parts.")


def as_object(
    grant: Grant, told: Iterable[Told], *, first: date, last: date, today: date
) -> dict[str, Any]:
    """Return the report as one JSON object, in English."""
    return {
        "grant": grant.reference,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "work_packages": [
            {"number": f"WP{one.number}", "title": one.title} for one in grant.work_packages
        ],
        "deliverables": [dict(_deliverable(grant, one, today)) for one in grant.deliverables],
        "milestones": [
            one.model_dump(mode="json") | {"due_on": grant.due_on(one.due_month).isoformat()}
            for one in grant.milestones
        ],
        "kpis": [_kpi(one) for one in told],
    }


def as_csv(grant: Grant, told: Iterable[Told]) -> str:
    """Return the KPI table as CSV, in English; an empty value has its reason."""
    rows = [_kpi(one) for one in told]
    names = tuple(rows[0]) if rows else ("indicator",)
    lines = [("grant", *names), *((grant.reference, *row.values()) for row in rows)]
    return tables.as_csv(lines, separator=",", line_end="\n", has_mark=False)


def _deliverable(grant: Grant, one: Deliverable, today: date) -> Mapping[str, object]:
    due_on = grant.due_on(one.due_month)
    is_late = due_on < today and one.state in {"planned", "draft"}
    return one.model_dump(mode="json") | {"due_on": due_on.isoformat(), "is_late": is_late}


def _kpi(one: Told) -> dict[str, object]:
    def text(number: Decimal | None) -> str | None:
        return None if number is None else f"{number:f}"

    with override("en"):
        return {
            "work_package": f"WP{one.kpi.work_package}",
            "indicator": one.kpi.indicator,
            "name": one.name,
            "baseline": text(one.kpi.baseline),
            "target": text(one.kpi.target),
            "value": text(one.cell.value),
            "bound": str(one.cell.bound) if one.cell.value is not None else None,
            "state": str(one.cell.state),
            "percent_of_target": one.percent,
            "counted_since": one.since.isoformat() if one.since else None,
            "reason": one.reason,
        }
