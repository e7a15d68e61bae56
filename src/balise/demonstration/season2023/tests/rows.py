"""Which figure of the season each row of the committee's reading is: ids, codes and numbers.

The reading has 110 rows: each is a figure here, or in `NOT_FIGURES` with the reason.

A row is `Row(id, code, value)`, over a period, of one part where it is of a part. `goals` are those
of the plan whose sum it is: without any it is the same at each scale. `code` is an indicator's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from balise.demonstration.season2023.plan import ENDS, Plan

_YEAR: Final = (date(2023, 1, 1), ENDS)
_BEFORE: Final = (date(2022, 1, 1), date(2022, 12, 31))
_SCHOOL: Final = (date(2023, 9, 1), ENDS)
_FIRST_HALF: Final = (date(2023, 1, 1), date(2023, 6, 30))
_AUTUMN: Final = (date(2023, 8, 20), ENDS)
_SEASON: Final = (date(2023, 1, 9), date(2023, 3, 31))  # of Safer Internet Day
_OF_THE_DAY: Final = (date(2023, 1, 10), date(2023, 3, 28))  # four weeks before it to seven after
_ITEMS: Final = ("press-before", "press-sid", "press-spring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    ids: tuple[int, ...]
    code: str
    value: float
    period: tuple[date, date] = _YEAR
    part: str = ""
    goals: tuple[str, ...] = ()
    year: int | None = None
    is_rate: bool = False  # its goals are over a number that is not scaled


ROWS: Final = (
    Row(ids=(89,), code="HOT-REP", value=81_000, goals=("reports",), year=2021,
        period=(date(2021, 1, 1), date(2021, 12, 31))),
    Row(ids=(91,), code="HOT-REP", value=37_000, period=_BEFORE, goals=("reports",), year=2022),
    Row(ids=(93,), code="HOT-REP", value=25_000, goals=("reports",), year=2023),
    Row(ids=(42,), code="HEL-CON", value=25_000, period=_BEFORE, goals=("contacts",), year=2022),
    Row(ids=(41,), code="HEL-CON", value=24_000, goals=("contacts",), year=2023),
    Row(ids=(34,), code="HEL-SUP", value=1_500, goals=("supported",), year=2023, is_rate=True),
    Row(ids=(31,), code="HEL-CALL", value=150, goals=("calls",), year=2023, is_rate=True),
    Row(ids=(32,), code="HEL-DUR", value=35),
    Row(ids=(38,), code="REM-N", value=11_326, goals=("removals",), year=2023),
    Row(ids=(39,), code="REM-N", value=5_734, goals=("removals-same",),
        period=(date(2022, 1, 1), date(2022, 10, 18))),
    Row(ids=(8,), code="AMB-N", value=75),
    Row(ids=(9,), code="MOOC-START", value=3_800, goals=("module",),
        period=(date(2023, 9, 18), date(2023, 10, 17))),
    Row(ids=(11,), code="FAM-START", value=38_000, goals=("charters-started",)),
    Row(ids=(12,), code="FAM-CHARTER", value=6_900, goals=("charters-finished",)),
    Row(ids=(17,), code="GAME-PLAY", value=500_000, goals=("plays",)),
    Row(ids=(18,), code="TRN-P", value=8_000, goals=("trained-online", "trained-in-sessions")),
    Row(ids=(23,), code="KIT-PRINT", value=100_000, period=_SCHOOL, goals=("kits",)),
    Row(ids=(24,), code="WS-CAMP", value=20_000, period=_SCHOOL, part="SIXIEME-2023",
        goals=("campaign-young",)),
    Row(ids=(28,), code="INT-P", value=200_000, goals=("people-met",)),
    Row(ids=(30,), code="INT-AGAIN", value=0.97),
    Row(ids=(52,), code="CAMP-MEDIA", value=160, part="screens"),
    Row(ids=(53,), code="CAMP-MEDIA", value=450, part="centres"),
    Row(ids=(54,), code="CAMP-MEDIA", value=35_000, part="points"),
    Row(ids=(109,), code="CAMP-INF", value=15),
    Row(ids=(110,), code="CAMP-REACH", value=1_600_000),
    Row(ids=(100,), code="SID-P", value=500_000, period=_OF_THE_DAY,
        goals=("sid-phare", "sid-others")),
    Row(ids=(101,), code="SID-P", value=156_000, period=_OF_THE_DAY, part="phare",
        goals=("sid-phare",)),
    Row(ids=(102,), code="EVT-N", value=3, part="webinar"),
    Row(ids=(105,), code="WEBI-REG", value=9_000, period=_SEASON, goals=("registrations",)),
    Row(ids=(106,), code="SURV-N", value=1_136, period=_SEASON, goals=("parents",)),
    Row(ids=(66, 68), code="PRESS-N", value=1_010, period=_FIRST_HALF, goals=_ITEMS),
    Row(ids=(71,), code="PRESS-N", value=125, period=_AUTUMN,
        goals=("press-sequence", "press-bullying", "press-autumn")),
    Row(ids=(74,), code="PRESS-SEQ", value=70, period=_AUTUMN,
        part="rencontre-ados", goals=("press-sequence",)),
    Row(ids=(75,), code="PRESS-TOP", value=45, period=_AUTUMN,
        part="bullying", goals=("press-bullying",)),
    Row(ids=(108,), code="PRESS-CAMP", value=120, period=_FIRST_HALF,
        part="SID-2023", goals=("press-sid",)),
    Row(ids=(33, 44), code="APP-DL", value=43_000),
    Row(ids=(26,), code="VID-VIEW", value=15_000_000),
    Row(ids=(85,), code="WEB-VIS", value=387_253),
    Row(ids=(6,), code="WEB-UV", value=345_000),
    Row(ids=(80,), code="SOC-FOL", value=22_900, part="ligne-facebook"),
    Row(ids=(81,), code="SOC-FOL", value=9_600, part="ligne-x"),
    Row(ids=(82,), code="SOC-FOL", value=6_700, part="ligne-instagram"),
    Row(ids=(83,), code="SOC-FOL", value=6_200, part="ligne-linkedin"),
    Row(ids=(84,), code="SOC-FOL", value=11_800, part="ligne-tiktok"),
    Row(ids=(13,), code="SOC-FOL", value=6_000, part="parents-instagram"),
    Row(ids=(4,), code="NET-N", value=31),
    Row(ids=(7,), code="RES-N", value=100),
    Row(ids=(14,), code="RES-TOP", value=30, part="bullying"),
    Row(ids=(16,), code="RES-N", value=3, part="workshop"),
    Row(ids=(21,), code="CAMP-ED", value=2, part="SIXIEME-2023"),
    Row(ids=(36,), code="PLAT-N", value=17),
    Row(ids=(37,), code="LIS-N", value=20),
    Row(ids=(104,), code="EVT-SPK", value=12, period=_SEASON, part="webinar"),
)  # fmt: skip

# The audience of the press is cut from a number that is scaled by itself.
AUDIENCE: Final = Row(ids=(69,), code="PRESS-AUD", value=247_000_000,
        period=_FIRST_HALF)  # fmt: skip
# “In less than an hour”: a share and a mean, which have no number in the reading.
CLAIMS: Final = {35: ("REM-1H", "REM-4H", "REM-MEAN")}
# A sum of figures that overlap: it is shown as its parts, and has no number.
SPOKEN_OF: Final = {5: "REACH"}
# What a centre keeps only where it chose so, and this one did not: shown as a dash with its reason.
NOT_KEPT: Final = {70: "PRESS-AVE"}


class Why(StrEnum):
    """Why a row of the reading is no figure."""

    ARTEFACT = "artefact"  # a footnote mark, the position of a video player
    LABEL = "label"  # a name, a hashtag, the title of an article
    IDENTIFIER = "identifier"  # a number that is called, the number of a section
    DIARY = "diary"  # a day, a moment, opening hours, an event that comes again
    PERIOD = "period"  # the days of a figure
    SAID = "said"  # what a text says of itself, which nobody counts
    TARGET = "target"  # what a plan aims at, kept beside a figure


NOT_FIGURES: Final[Mapping[int, Why]] = {
    **dict.fromkeys((19, 20, 88), Why.ARTEFACT),
    **dict.fromkeys((15, 22, 76, 77, 78, 79), Why.LABEL),
    **dict.fromkeys((3, 95, 96), Why.IDENTIFIER),
    # Founding years, meetings, the day of the deck, hours, breaks, the edition of a match.
    **dict.fromkeys((1, 27, 45, 46, 47, 48, 49, 50, 55, 56, 58, 59, 60, 63, 64, 65), Why.DIARY),
    **dict.fromkeys((86, 87, 99), Why.DIARY),
    **dict.fromkeys((10, 29, 40, 43, 51, 57, 67, 72, 73, 90, 92, 94, 98), Why.PERIOD),
    # Lines of action, length of an episode, themes and guests of a festival, topics, ages asked.
    **dict.fromkeys((2, 25, 61, 62, 103, 107), Why.SAID),
    97: Why.TARGET,
}
# What the reading has no row for and the edition shows as a dash: nothing counts it yet.
NOT_COUNTED_YET: Final = ("APP-CON", "MATCH-N")
EVERY_ROW: Final = range(1, 111)
# What the deck says otherwise than the reading, on purpose.
DECIDED: Final[Mapping[int, str]] = {
    5: "a million young people: what it would add up overlaps, so its parts stand side by side",
    26: "15 million views: no platform counts a view as another, so there is one number of each",
    35: "less than an hour: the shares within one hour and four, and the mean, say how often",
    66: "1,100 items: 1,010 are counted, which is the 1.01K of the same page",
    70: "13.5 million euros: as advertising it is no measure, and this centre keeps none",
    110: "1.6 million reached: the followers of 15 channels, of which one may follow several",
    104: "12 experts: at most so many, as one may speak at several webinars",
}


def planned(row: Row, plan: Plan) -> float:
    """Return what a row is at the scale of a plan."""
    if not row.goals:
        return row.value
    total = sum(_sum(code, plan, row.year) for code in row.goals)
    whole = sum(_sum(code, Plan(), row.year) for code in row.goals)
    return total * row.value / whole if row.is_rate else total


def _sum(code: str, plan: Plan, year: int | None) -> int:
    if code == "removals-same":  # the first of the two goals of 2022
        return plan.until("removals", date(2022, 10, 18))
    return plan.sum(code, year)
