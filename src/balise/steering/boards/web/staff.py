"""The staff door: the boards of figures, and their way outside."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.limited.lanes import EXPORTS
from balise.foundation.oversight.web.staff import chain_name
from balise.foundation.refusals import Refused, refusals_as
from balise.foundation.statistics import boards
from balise.foundation.statistics.boards import Board, Form
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField
from balise.steering.boards import access, actions, queries
from balise.steering.boards.rules.readings import BoardReading, Reading
from balise.steering.boards.rules.sentences import (
    Table,
    change_words,
    counted,
    details,
    gap_words,
    headline,
    table_of,
    until_words,
    waiting_words,
)
from balise.steering.boards.web.charts import Drawing, of_reading
from balise.steering.boards.web.headlines import headlines, multiples
from balise.steering.boards.web.leaving import FORMS
from balise.steering.rules.leaving import number_words
from balise.steering.rules.periods import (
    Against,
    Period,
    Preset,
    custom,
    preset,
    when,
    whole_months,
)

# Which period to show.


class PeriodForm(forms.Form):
    """A period by its name, or between two days; twelve months where nothing is asked."""

    usual = Preset.TWELVE_MONTHS
    period = forms.ChoiceField(choices=Preset.choices, required=False, widget=forms.HiddenInput)
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be counted."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if not self.errors and self._is_custom(first, last):
            try:
                cleaned["chosen"] = custom(first, last, today=today())
            except Refused as refusal:
                self.add_error(None, refusal.message)
        return cleaned

    @property
    def code(self) -> str:
        """Return the code of the named period that is shown, "" for one between two days."""
        if self.is_valid() and not self._is_custom(
            self.cleaned_data.get("first"), self.cleaned_data.get("last")
        ):
            return self.cleaned_data.get("period") or self.usual
        return "" if self.is_valid() else self.usual

    @property
    def chosen(self) -> Period:
        """Return the period to show; the usual one where what was asked is unreadable."""
        code = self.code
        if code:
            return preset(Preset(code), today=today())
        period: Period = self.cleaned_data["chosen"]
        return period

    @staticmethod
    def _is_custom(first: date | None, last: date | None) -> bool:
        return first is not None or last is not None


class FigureForm(PeriodForm):
    """A period of a figure, what it is compared with, and the day on which it was known."""

    usual = Preset.THIS_YEAR
    against = forms.ChoiceField(label=_("Compared with"), choices=Against.choices, required=False)
    known_by = DayField(label=_("As known on"), required=False)

    @property
    def against_what(self) -> Against:
        """Return what to compare with: the year before, unless something else is asked."""
        asked = self.cleaned_data.get("against") if self.is_valid() else ""
        return Against(asked or Against.YEAR_BEFORE)

    @property
    def day_known(self) -> date | None:
        """Return the day on which it was known; None for today."""
        day: date | None = self.cleaned_data.get("known_by") if self.is_valid() else None
        return day if day and day < today() else None

    @property
    def asked(self) -> dict[str, str]:
        """Return what is asked, for a link that shows the same."""
        found = {
            "first": self.chosen.first.isoformat(),
            "last": self.chosen.last.isoformat(),
            "against": self.against_what.value,
        }
        return {**found, "known_by": self.day_known.isoformat()} if self.day_known else found


@dataclass(frozen=True, slots=True)
class Section:
    """One figure as the page shows it."""

    code: str
    title: str
    sentences: list[str]
    drawing: Drawing | None
    is_wide: bool
    table: Table | None
    until: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the numbers above."""

    number: str
    says: str
    change: str
    gaps: list[str]


@staff.get
def figures(request: Request, board_code: str = "") -> HttpResponse:
    """Show a board for a period, beside the same period a year before."""
    board = _board(board_code)
    form = PeriodForm(request.GET)
    period = form.chosen
    read = queries.read_board(board, period, seen_by=request.actor)
    months = whole_months(period, today=today())
    sections = [] if read.is_empty else _sections(read)
    heads = headlines(board.line, period, seen_by=request.actor)
    above = {counts for one in heads for counts in one.counts}
    context = {
        "board": board,
        "form": form,
        "period": period,
        "when": when(period),
        "asked": urlencode(_asked(form.code, period)),
        "before": read.before if read.is_compared else None,
        "presets": _presets(board, form.code),
        "boards": _boards(board, form.code, period),
        "lines_counted": [
            (chain_name(line), until_words(moment)) for line, moment in read.coverage.until.items()
        ],
        "waiting": waiting_words(read.coverage),
        "is_stale": read.coverage.is_stale,
        "is_invented": settings.DEMONSTRATION,
        "is_empty": read.is_empty,
        "key_figures": [
            _key_figure(one, is_compared=read.is_compared)
            for one in read.readings
            if one.figure.is_key and (one.figure.measure, one.figure.sums) not in above
        ],
        "headlines": heads,
        "multiples": multiples(board.line, seen_by=request.actor),
        "sections": sections,
        "may_export": request.actor.may(access.EXPORT),
        "months": months,
        "exported": Period(months[0].first, months[-1].last) if months else None,
        "forms": FORMS,
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "steering/figures.html", context, status=status)


@staff.post
@EXPORTS.turn()
def export(request: Request, board_code: str) -> HttpResponse:
    """Hand over a board's figures as they may leave; who took them is written down."""
    board = _board(board_code)
    form = PeriodForm(request.POST)
    kind = FORMS.get(request.POST.get("form", ""))
    if kind is None or not form.is_valid():
        raise Http404
    with attempt(request):
        publication = actions.export(
            board=board, period=form.chosen, form=kind.code, by=request.actor
        )
        answer = HttpResponse(kind.write(publication), content_type=kind.content_type)
        name = f"{board.code}-{publication.first:%Y-%m}-{publication.last:%Y-%m}.{kind.code}"
        if settings.DEMONSTRATION:
            name = f"demonstration-{name}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return redirect("staff:steering:board", board.code)


def _board(code: str) -> Board:
    with refusals_as(Http404):
        return boards.board_of(code)


def _sections(read: BoardReading) -> list[Section]:
    return [
        _section(read, one)
        for one in read.readings
        if not (one.figure.is_key and one.figure.form is Form.NUMBER)  # it stands above already
    ]


def _section(read: BoardReading, one: Reading) -> Section:
    before = read.before if read.is_compared else None
    sentences = [headline(one, period=read.period, before=before), *details(one)]
    return Section(
        code=one.figure.code,
        title=str(one.figure.title),
        sentences=sentences,
        drawing=of_reading(one, period=read.period, before=before, says=" ".join(sentences)),
        is_wide=one.figure.form is Form.DAYS,
        table=table_of(one, is_compared=read.is_compared),
        until=until_words(read.coverage.until[one.span.line]),
    )


def _key_figure(one: Reading, *, is_compared: bool) -> KeyFigure:
    number = number_words(one.number)
    # The noun alone, in the number that fits: “reports”.
    noun = counted(one, one.number or 0).removeprefix(number_words(one.number or 0)).strip()
    known = one.number is not None and one.before is not None
    change = change_words(one.number, one.before) if is_compared and known else ""
    return KeyFigure(number, noun, change, gap_words(one) if one.number is None else [])


def _presets(board: Board, current: str) -> list[tuple[str, str, bool]]:
    url = reverse("staff:steering:board", args=[board.code])
    return [
        (str(each.label), f"{url}?{urlencode({'period': each.value})}", each == current)
        for each in Preset
    ]


def _boards(board: Board, current: str, period: Period) -> list[tuple[str, str, bool]]:
    asked = _asked(current, period)
    return [
        (
            str(each.title),
            f"{reverse('staff:steering:board', args=[each.code])}?{urlencode(asked)}",
            each.code == board.code,
        )
        for each in boards.every_board()
    ]


def _asked(code: str, period: Period) -> dict[str, str]:
    if code:
        return {"period": code}
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
