"""Tables for tests and for looking: one for each form, every state of a cell, both languages.

Names and numbers are invented. Numbers that are withheld are not in a deck at all.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.rules.leaving import Break, Cell, CellState, FigureTable, Span, TableRow, Text

_NARROW = re.compile(r"(?<=\d) (?=\d{3})|(?<=\d) (?=%)| (?=[:;!?])")
AS_OF = datetime(2031, 10, 18, 7, tzinfo=UTC)
YEAR = Span(date(2031, 1, 1), date(2031, 10, 18))
BEFORE = Span(date(2030, 1, 1), date(2030, 10, 18))
MONTHS = (
    ("janv.", "Jan"),
    ("févr.", "Feb"),
    ("mars", "Mar"),
    ("avr.", "Apr"),
    ("mai", "May"),
    ("juin", "Jun"),
    ("juil.", "Jul"),
    ("août", "Aug"),
    ("sept.", "Sep"),
    ("oct.", "Oct"),
)
WITHHELD = Cell(CellState.WITHHELD)
NOT_COUNTED = Cell(CellState.NOT_COUNTED)
NOTHING = Cell(CellState.NOTHING)


def both(fr: str, en: str) -> Text:
    return {"fr": _NARROW.sub("\u202f", fr), "en": en}


def cell(value: float | str, bound: Bound = Bound.EXACT) -> Cell:
    return Cell(CellState.SHOWN, Decimal(str(value)), bound)


def row(code: str, label: Text, *cells: Cell | float | str, days: int | None = None) -> TableRow:
    made = tuple(one if isinstance(one, Cell) else cell(one) for one in cells)
    return TableRow(code, label, made, days)


def table(number: str, line: str, name: Text, *rows: TableRow, **changes: object) -> FigureTable:
    made = FigureTable(
        number=number,
        code=f"{line}.{number.lower()}",
        version=1,
        line=line,
        name=name,
        definition=both(
            "Ce qui a été reçu, compté une fois, au jour de sa réception.",
            "What was received, counted once, on the day it was received.",
        ),
        unit=both("signalements", "reports"),
        kind=IndicatorKind.FLOW,
        method=Method.MEASURED,
        source=both("journal de la ligne", "journal of the line"),
        period=YEAR,
        compared=BEFORE,
        as_of=AS_OF,
        heads=(both("2031", "2031"), both("2030", "2030")),
        rows=rows,
        permalink=f"https://balise.example/figures/{number.lower()}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


ONE_HEAD = (both("2031", "2031"),)
TOTAL = both("Total", "Total")


def figures() -> dict[str, FigureTable]:
    """Return a table for each form; F04 has withheld rows, F05 and F09 what was not counted."""
    monthly = [
        row(f"2031-{at:02}", both(*names), now, before)
        for at, (names, now, before) in enumerate(
            zip(
                MONTHS,
                (1950, 2420, 2680, 2240, 2510, 2460, 1690, 1280, 3610, 3160),
                (2100, 2080, 2330, 2010, 2140, 2110, 1540, 1220, 2670, 1730),
                strict=True,
            ),
            start=1,
        )
    ]
    monthly[-1] = replace(monthly[-1], days=18)
    press: list[Cell | float] = [120, 310, 170, 130, 150, 130, NOT_COUNTED, 24, 0, 30]
    found = [
        table(
            "F01",
            "hotline",
            both("Signalements reçus", "Reports received"),
            row("", TOTAL, cell(25000, Bound.AT_MOST), cell(29500, Bound.AT_MOST)),
        ),
        table(
            "F02",
            "helpline",
            both("Sollicitations", "Contacts"),
            row("", TOTAL, cell(24000, Bound.ABOUT), cell(19930, Bound.ABOUT)),
            *monthly,
            unit=both("sollicitations", "contacts"),
            breaks=(
                Break(date(2031, 2, 8), both("horaires élargis", "longer hours")),
                Break(date(2031, 9, 27), both("numéro unique", "single number")),
            ),
        ),
        table(
            "F03",
            "helpline",
            both("Retraits confirmés", "Confirmed removals"),
            row("2030", both("2030", "2030"), 3310, 2424),
            row("2031", both("2031", "2031"), 6480, 4846, days=291),
            unit=both("retraits", "removals"),
            heads=(both("contenus", "content"), both("comptes", "accounts")),
        ),
        table(
            "F04",
            "hotline",
            both("Signalements par catégorie", "Reports by category"),
            row("", TOTAL, 1740, 1620),
            row("hate", both("Haine en ligne", "Online hate"), 870, 910),
            row("bullying", both("Harcèlement", "Bullying"), 640, 540),
            row("fraud", both("Escroquerie", "Fraud"), 180, 0),
            row("weapons", both("Armes", "Weapons"), WITHHELD, 31),
            row("drugs", both("Stupéfiants", "Drugs"), WITHHELD, WITHHELD),
        ),
        table(
            "F05",
            "awareness",
            both("Jeunes touchés par dispositif", "Young people reached, by programme"),
            row("schools", both("en classe", "in class"), 156000),
            row("family", both("en famille", "at home"), cell(344000, Bound.AT_LEAST)),
            row("app", both("dans l’application", "in the application"), NOT_COUNTED),
            heads=ONE_HEAD,
            unit=both("jeunes", "young people"),
            method=Method.DECLARED,
            declared=Decimal("0.71"),
            compared=None,
        ),
        table(
            "F06",
            "helpline",
            both("Retraits par délai", "Removals by time taken"),
            *(
                row(code, both(code.replace("h", " h"), code.replace("h", " h")), value)
                for code, value in (
                    ("1h", "0.58"),
                    ("2h", "0.71"),
                    ("6h", "0.86"),
                    ("24h", "0.97"),
                    ("48h", "0.99"),
                )
            ),
            heads=ONE_HEAD,
            unit=both("part des demandes", "share of requests"),
            kind=IndicatorKind.RATE,
            is_percent=True,
            compared=None,
        ),
        table(
            "F07",
            "helpline",
            both("Retraits par plateforme", "Removals by platform"),
            *(
                row(
                    f"p{at}",
                    both(f"Plateforme {name}", f"Platform {name}"),
                    *(
                        WITHHELD if hidden and month % 3 == 0 else 20 * (9 - at) + month * 7
                        for month in range(10)
                    ),
                    days=18,
                )
                for at, (name, hidden) in enumerate(
                    [(name, name > "D") for name in "ABCDEFGH"],
                )
            ),
            heads=tuple(both(fr, en) for fr, en in MONTHS),
            compared=None,
            unit=both("retraits", "removals"),
        ),
        table(
            "F08",
            "awareness",
            both("Du module au badge", "From the module to the badge"),
            row("opened", both("Module ouvert", "Module opened"), 38000),
            row("started", both("Parcours commencé", "Course begun"), 12400),
            row("finished", both("Parcours terminé", "Course finished"), cell(6900, Bound.ABOUT)),
            heads=ONE_HEAD,
            unit=both("personnes", "people"),
            compared=None,
        ),
        table(
            "F09",
            "steering",
            both("Abonnés par compte", "Followers by account"),
            row("a", both("Compte A", "Account A"), 22900, 18200),
            row("b", both("Compte B", "Account B"), 11800, 11900),
            row("c", both("Compte C", "Account C"), 9600, NOT_COUNTED),
            row("d", both("Compte D", "Account D"), NOT_COUNTED, 4100),
            unit=both("abonnés", "followers"),
            kind=IndicatorKind.READING,
            method=Method.IMPORTED,
            period=Span(None, date(2031, 10, 18)),
            compared=Span(None, date(2030, 10, 18)),
        ),
        table(
            "F10",
            "awareness",
            both("Structures par territoire", "Organisations by area"),
            row("", TOTAL, 75),
            row("N", both("Nord", "North"), 41),
            row("E", both("Est", "East"), 19),
            row("S", both("Sud", "South"), 15),
            row("W", both("Ouest", "West"), 0),
            heads=ONE_HEAD,
            unit=both("structures", "organisations"),
            kind=IndicatorKind.STOCK,
            period=Span(None, date(2031, 10, 18)),
            compared=None,
        ),
        table(
            "F11",
            "steering",
            both("Retombées presse par mois", "Press items by month"),
            *(
                row(f"2031-{at:02}", both(*names), value, days=18 if at == 10 else None)
                for at, (names, value) in enumerate(zip(MONTHS, press, strict=True), start=1)
            ),
            heads=ONE_HEAD,
            unit=both("articles", "items"),
            method=Method.IMPORTED,
            compared=None,
        ),
        table(
            "F12",
            "helpline",
            both("Durée moyenne d’un appel", "Mean length of a call"),
            row("", TOTAL, cell(35, Bound.ABOUT), cell("33.5")),
            unit=both("minutes", "minutes"),
            kind=IndicatorKind.MEAN,
        ),
    ]
    return {one.number: one for one in found}
