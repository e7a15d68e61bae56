"""The figures of a board, as the page shows them, for the operator of the server.

Ends with 1 where facts have waited for more than a minute: such figures are shown only on demand.
"""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import board_of
from balise.steering.queries import read_board
from balise.steering.rules.periods import Preset, custom, preset
from balise.steering.rules.readings import BoardReading, Reading
from balise.steering.rules.sentences import details, headline, until_words, waiting_words
from balise.steering.rules.tables import table_of

_STALE = _("Run a worker (balise work), or add --allow-stale.")


class Command(BaseCommand):
    """`balise figures --from 2026-10-01 --to 2026-10-31 [--board hotline] [--allow-stale]`."""

    help = str(_("Show the figures of a board for a period, compared with the year before."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take two days (last month without them), a board (the first without it), and a form."""
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", type=_day, metavar="DATE")
        parser.add_argument("--board", default="")
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--allow-stale",
            action="store_true",
            help=str(_("show the figures even if some facts are not counted yet")),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; the server's operator sees them whole."""
        try:
            board = board_of(options["board"])
            period = preset(Preset.LAST_MONTH, today=today())
            if options["first"] or options["last"]:
                period = custom(options["first"], options["last"] or today(), today=today())
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        read = read_board(board, period, seen_by=SYSTEM)
        if read.coverage.is_stale and not options["allow_stale"]:
            raise CommandError(" ".join([*_until(read), str(_STALE)]))
        self.stdout.write(as_json(read) if options["json"] else as_text(read))


def as_text(read: BoardReading) -> str:
    """Return a board in words: a sentence and a table for each figure."""
    before = read.before if read.is_compared else None
    parts = [f"{read.board.title} – {read.period}", *_until(read)]
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


def _until(read: BoardReading) -> list[str]:
    """Return until when each line of a board counted, and what waits."""
    lines = [f"{line}: {until_words(moment)}." for line, moment in read.coverage.until.items()]
    waiting = waiting_words(read.coverage)
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
