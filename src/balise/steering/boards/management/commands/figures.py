"""The figures of a board, as the page shows them, for the operator of the server.

Ends with 1 where facts have waited for more than a minute: such figures are shown only on demand.
"""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.refusals import refusals_as
from balise.foundation.statistics.boards import board_of
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.statistics.rules import Coverage
from balise.steering.boards.queries import read_board
from balise.steering.boards.rules.readings import BoardReading, Reading
from balise.steering.boards.rules.sentences import (
    details,
    headline,
    table_of,
    until_words,
    waiting_words,
)
from balise.steering.indicators.queries.attacking import attack
from balise.steering.indicators.queries.comparing import compared_values
from balise.steering.indicators.queries.covering import covered
from balise.steering.indicators.queries.tables import noun
from balise.steering.indicators.rules.sentences import value_words
from balise.steering.indicators.rules.values import Compared, Value
from balise.steering.rules import printed
from balise.steering.rules.leaving import json_number
from balise.steering.rules.periods import Preset, custom, preset

_STALE = _("Run a worker (balise work), or add --allow-stale.")


class Command(BaseCommand):
    """`balise figures --from 2026-10-01 --to 2026-10-31 [--board hotline] [--allow-stale]`."""

    help = str(_("Show the figures of a board for a period, compared with the year before."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take two days (last month without them), a board (the first without it), and a form."""
        orders = parser.add_subparsers(dest="order")
        reading = orders.add_parser("read", help=str(_("read a number as it is printed in French")))
        reading.add_argument("text")
        reading.add_argument("--json", action="store_true")
        attacking = orders.add_parser("attack", help=str(_("try to infer what is hidden")))
        attacking.add_argument("--json", action="store_true")
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", type=_day, metavar="DATE")
        parser.add_argument("--board", default="")
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="DATE",
            help=str(_("every indicator for the year until this day, as it was known on it")),
        )
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--allow-stale",
            action="store_true",
            help=str(_("show the figures even if some facts are not counted yet")),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; the server's operator sees them whole."""
        if options["order"] == "read":
            self.stdout.write(_read(options["text"], as_json=options["json"]))
            return
        if options["order"] == "attack":
            self._attack(as_json=options["json"])
            return
        if options["as_of"]:
            self._as_of(options["as_of"], as_json=options["json"], stale=options["allow_stale"])
            return
        with refusals_as(CommandError):
            board = board_of(options["board"])
            period = preset(Preset.LAST_MONTH, today=today())
            if options["first"] or options["last"]:
                period = custom(options["first"], options["last"] or today(), today=today())
        read = read_board(board, period, seen_by=SYSTEM)
        _check_counted(read.coverage, stale=options["allow_stale"])
        self.stdout.write(as_json(read) if options["json"] else as_text(read))

    def _attack(self, *, as_json: bool) -> None:
        """Print what twelve attacks on all that leaves inferred; end with 1 where they did."""
        found = attack()
        smallest = None if found.smallest is None else round(found.smallest, 2)
        if as_json:
            document = {
                "attacks": found.attacks,
                "inferred": found.inferred,
                "smallest_sd": smallest,
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            words = _(
                "%(attacks)d attacks; inferred: %(inferred)d; smallest deviation: %(smallest)s"
            )
            numbers = {
                "attacks": found.attacks,
                "inferred": len(found.inferred),
                "smallest": smallest,
            }
            self.stdout.write("\n".join([words % numbers, *found.inferred]))
        if found.inferred:
            raise SystemExit(1)

    def _as_of(self, day: date, *, as_json: bool, stale: bool) -> None:
        """Print each indicator on a line of its own, beside the same days of the year before."""
        period = custom(date(day.year, 1, 1), day, today=max(today(), day))
        coverage = covered(INDICATORS)  # before the tallies: they may only know more
        _check_counted(coverage, stale=stale)
        if not as_json:
            self.stdout.write("\n".join(_until(coverage)))
        until = localtime(coverage.whole_until)
        for one in compared_values(list(INDICATORS), period, known_by=day, seen_by=SYSTEM):
            document = indicator_document(one, until)
            if as_json:
                self.stdout.write(json.dumps(document, ensure_ascii=False))
            else:
                self.stdout.write(f"{one.now.indicator.code:<12} {value_words(one.now)}")


def _check_counted(coverage: Coverage, *, stale: bool) -> None:
    """Refuse figures that some facts are missing from, unless that is allowed."""
    if coverage.is_stale and not stale:
        raise CommandError(" ".join([*_until(coverage), str(_STALE)]))


def indicator_document(one: Compared, until: datetime) -> dict[str, object]:
    """Return an indicator for programs; null is what was not counted, a share is per cent.

    Counted `until`: the moment before which all facts are counted.
    """
    indicator = one.now.indicator
    return {
        "counted_until": until.isoformat(timespec="seconds"),
        "code": indicator.code,
        "label": str(indicator.name),
        **_value_document(one.now),
        "unit": "%" if one.now.is_share else noun(indicator),
        "period": {
            "first": one.now.period.first.isoformat(),
            "last": one.now.period.last.isoformat(),
            "days": one.now.days,
        },
        "compared_with": one.before
        and {
            "first": one.before.period.first.isoformat(),
            "last": one.before.period.last.isoformat(),
            **_value_document(one.before),
        },
        "method": indicator.method.value,
        "version": indicator.version,
        "missing": one.now.gap and one.now.gap.value,
        "breaks": [{"on": each.on.isoformat(), "name": each.name["en"]} for each in one.breaks],
    }


def _value_document(value: Value) -> dict[str, object]:
    quantity = value.quantity
    if quantity is None:
        return {"value": None, "bound": None}
    shown = quantity.value * 100 if value.is_share else quantity.value
    document: dict[str, object] = {
        "value": json_number(round(shown, 4)),
        "bound": quantity.bound.value,
    }
    if value.numerator and value.denominator:
        document["of"] = {
            "numerator": json_number(round(value.numerator.value, 4)),
            "denominator": json_number(round(value.denominator.value, 4)),
            **(
                {"first": value.whole_of.first.isoformat(), "last": value.whole_of.last.isoformat()}
                if value.whole_of
                else {}
            ),
        }
    return document


def _read(text: str, *, as_json: bool) -> str:
    with refusals_as(CommandError):
        found = printed.read(text)
    value = json_number(found.quantity.value)
    document = {"value": value, "unit": found.unit, "bound": found.quantity.bound.value}
    if as_json:
        return json.dumps(document, ensure_ascii=False)
    return " ".join(str(each) for each in document.values() if each != "")


def as_text(read: BoardReading) -> str:
    """Return a board in words: a sentence and a table for each figure."""
    before = read.before if read.is_compared else None
    parts = [f"{read.board.title} – {read.period}", *_until(read.coverage)]
    for one in read.readings:
        parts.append(f"\n{one.figure.title}")
        sentences = [headline(one, period=read.period, before=before), *details(one)]
        parts.append("  " + " ".join(sentences))
        table = table_of(one, is_compared=read.is_compared)
        if table and (one.number or one.before):
            lines = (table.heads, *table.rows)
            widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
            parts += [_line(line, widths) for line in lines]
    return "\n".join(parts)


def as_json(read: BoardReading) -> str:
    """Return a board as JSON, numbers as numbers; null is what was not counted."""
    document = {
        "board": read.board.code,
        "first": read.period.first.isoformat(),
        "last": read.period.last.isoformat(),
        "before": {
            "first": read.before.first.isoformat(),
            "last": read.before.last.isoformat(),
        },
        "counted_until": {
            line: moment and moment.isoformat(timespec="seconds")
            for line, moment in read.coverage.until.items()
        },
        "waiting": read.coverage.waiting,
        "figures": [_document(one) for one in read.readings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _until(coverage: Coverage) -> list[str]:
    """Return until when each line counted, and what waits."""
    lines = [f"{line}: {until_words(moment)}." for line, moment in coverage.until.items()]
    waiting = waiting_words(coverage)
    return [*lines, waiting] if waiting else lines


def _document(one: Reading) -> dict[str, object]:
    document: dict[str, object] = {
        "figure": one.figure.code,
        "title": str(one.figure.title),
        "number": one.number,
        "before": one.before,
    }
    if one.rows:
        document["rows"] = [
            {"code": row.code, "label": row.label, "number": row.number, "before": row.before}
            for row in one.rows
        ]
    if one.points:
        document["points"] = [
            {"day": point.day.isoformat(), "number": point.number, "before": point.before}
            for point in one.points
        ]
    if one.spans:
        document["spans"] = {
            "half_within": one.spans.half,
            "nine_in_ten_within": one.spans.nine_in_ten,
            "under_24_hours": one.spans.under_a_day,
            "mean_seconds": one.spans.mean_seconds,
        }
    return document


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    head, *numbers = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(["", cells[0].ljust(len(head)), *numbers])


def _day(text: str) -> date:
    return date.fromisoformat(text)
