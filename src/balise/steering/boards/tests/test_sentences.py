from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from balise.foundation.statistics.boards import Figure
from balise.steering.boards.rules import readings, sentences
from balise.steering.boards.rules.readings import Amount, DayPoint, MeasureRead, Reading
from balise.steering.boards.tests.boards import DAYS, KINDS, SPANS
from balise.steering.rules.periods import Period, a_year_before

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def read(
    figure: Figure, now: dict[str, int], before: dict[str, int] | None = None, *, seconds: int = 0
) -> Reading:
    """Return a figure's reading of October; codes are kinds, bands or days of the month."""

    def measured(numbers: dict[str, int], month: Period) -> MeasureRead:
        cells = tuple(
            ({figure.by: code} if figure.by else {}, Amount(number, seconds))
            for code, number in numbers.items()
        )
        days = {
            month.first.replace(day=int(code)): Amount(number)
            for code, number in numbers.items()
            if code.isdecimal()
        }
        return MeasureRead(cells, days)

    earlier = a_year_before(OCTOBER)
    return readings.reading(
        figure,
        measured(now, OCTOBER),
        measured(before or {}, earlier),
        period=OCTOBER,
        year_before=earlier,
    )


def said(reading: Reading) -> str:
    """Return the headline in French, with plain spaces."""
    with override("fr"):
        words = sentences.headline(reading, period=OCTOBER, before=a_year_before(OCTOBER))
        return plain(words)


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


class TestHeadline:
    @pytest.mark.parametrize(
        ("now", "before", "words"),
        [
            (1_240, 1_107, "1 240 signalements en octobre 2026, 12 % de plus qu’en octobre 2025."),
            (90, 120, "90 signalements en octobre 2026, 25 % de moins qu’en octobre 2025."),
            (120, 120, "120 signalements en octobre 2026, à peu près comme en octobre 2025."),
            (400, 399, "400 signalements en octobre 2026, à peu près comme en octobre 2025."),
            (0, 120, "0 signalement en octobre 2026, 100 % de moins qu’en octobre 2025."),
            (1, 0, "1 signalement en octobre 2026 ; 0 en octobre 2025."),
            (18, 12, "18 signalements en octobre 2026 ; 12 en octobre 2025."),
            (0, 0, "0 signalement en octobre 2026 ; 0 en octobre 2025."),
        ],
    )
    def test_says_the_number_and_its_change(self, now: int, before: int, words: str) -> None:
        assert said(read(DAYS, {"14": now}, {"14": before})) == words

    def test_says_it_in_english(self) -> None:
        reading = read(DAYS, {"14": 1_240}, {"14": 1_107})
        with override("en"):
            words = sentences.headline(reading, period=OCTOBER, before=a_year_before(OCTOBER))
        assert words == "1,240 reports in October 2026, 12% more than in October 2025."


class TestDetails:
    def details(self, reading: Reading) -> list[str]:
        with override("fr"):
            return [plain(words) for words in sentences.details(reading)]

    def test_name_the_busiest_day(self) -> None:
        reading = read(DAYS, {"1": 4, "14": 87})
        assert self.details(reading) == ["Le jour le plus chargé : le 14 octobre 2026, avec 87."]

    def test_name_no_busiest_day_of_a_single_day(self) -> None:
        first = date(2026, 10, 1)
        of_one_day = replace(read(DAYS, {"1": 4}), points=(DayPoint(first, 4, 0),))
        assert self.details(of_one_day) == []

    def test_name_the_most_frequent(self) -> None:
        reading = read(KINDS, {"a": 1, "b": 3})
        assert self.details(reading) == ["Le plus fréquent : Bread, avec 3 (75 %)."]

    def test_say_how_long_it_took_in_bands(self) -> None:
        reading = read(SPANS, {"1h": 4, "4h": 4, "3d": 2}, {"1h": 1}, seconds=3_600)
        assert self.details(reading) == [
            "Médiane en 4 heures au plus ; neuf sur dix en 3 jours au plus.",
            "80 % en 24 heures au plus.",
            "En moyenne 18 min ; un an plus tôt, 1 h 00 min.",
        ]

    @pytest.mark.parametrize("figure", [DAYS, KINDS, SPANS])
    def test_say_nothing_of_nothing(self, figure: Figure) -> None:
        assert self.details(read(figure, {})) == []


class TestRows:
    def test_show_zero_as_zero_and_the_unknown_as_unknown(self) -> None:
        reading = read(KINDS, {"b": 3, "x-ray": 9, "": 2})
        with override("fr"):
            rows = [
                (row.label, row.number) for row in readings.code_rows(KINDS, cells_of(reading), ())
            ]
        assert rows == [
            ("autre (x-ray)", 9),
            ("Bread", 3),
            ("Apples", 0),
            ("Cheese", 0),
            ("non précisé", 2),
        ]

    def test_bands_keep_their_order(self) -> None:
        reading = read(SPANS, {"more": 9, "1h": 1})
        assert [row.code for row in reading.rows] == ["1h", "4h", "24h", "3d", "7d", "more"]


def cells_of(reading: Reading) -> readings.Cells:
    return tuple(
        ({reading.figure.by: row.code}, Amount(row.number)) for row in reading.rows if row.number
    )


class TestChangeWords:
    @pytest.mark.parametrize(
        ("now", "before", "words"),
        [
            (12, 12, "pas de changement"),
            (15, 12, "+3"),
            (9, 12, "−3"),
            (56, 50, "+12 %"),
            (44, 50, "−12 %"),
        ],
    )
    def test_say_a_percentage_only_of_many(self, now: int, before: int, words: str) -> None:
        with override("fr"):
            assert plain(sentences.change_words(now, before)) == words
