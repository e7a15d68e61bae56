"""Printed numbers, read."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, strategies
from tests.walks import of_each

from balise.foundation.statistics.quantities import Bound
from balise.steering.rules.printed import PrintedUnreadable, read


@of_each(
    ("text", "value", "unit", "bound"),
    [
        ("22,9 K", "22900", "", Bound.ABOUT),
        ("9,6k abonnés", "9600", "abonnés", Bound.ABOUT),
        ("1,01K", "1010", "", Bound.ABOUT),
        ("247 Mn", "247000000", "", Bound.ABOUT),
        ("13,5 Mn €", "13500000", "EUR", Bound.ABOUT),
        ("13,5 M€", "13500000", "EUR", Bound.ABOUT),
        ("13,5\u00a0Mn\u202f€", "13500000", "EUR", Bound.ABOUT),
        ("3 Mds €", "3000000000", "EUR", Bound.ABOUT),
        ("1 million de jeunes touchés", "1000000", "jeunes touchés", Bound.ABOUT),
        ("un million", "1000000", "", Bound.ABOUT),
        ("plus de 1,6 million de personnes", "1600000", "personnes", Bound.AT_LEAST),
        ("Plus de 15 millions de vues", "15000000", "vues", Bound.AT_LEAST),
        ("plus de 8 000", "8000", "", Bound.AT_LEAST),
        ("plus de 8\u202f000", "8000", "", Bound.AT_LEAST),
        ("plus de 8\u00a0000", "8000", "", Bound.AT_LEAST),
        ("+ de 100 outils", "100", "outils", Bound.AT_LEAST),
        ("+30 outils", "30", "outils", Bound.AT_LEAST),
        ("+ 500 000 jeunes", "500000", "jeunes", Bound.AT_LEAST),
        ("100+", "100", "", Bound.AT_LEAST),
        ("près de 70", "70", "", Bound.ABOUT),
        ("presque 37 000 en 2022", "37000", "", Bound.AT_MOST),
        ("presque 25 000 depuis janvier 2023", "25000", "", Bound.AT_MOST),
        ("Moins d'une heure", "1", "hour", Bound.AT_MOST),
        ("environ 150 appels par jour", "150", "appels par jour", Bound.ABOUT),
        ("345 000 visiteurs /an", "345000", "visiteurs /an", Bound.EXACT),
        ("dont 156 000 via Phare", "156000", "", Bound.EXACT),
        ("387 253 visites", "387253", "visites", Bound.EXACT),
        ("Facebook : 22,9 K abonnés", "22900", "abonnés", Bound.ABOUT),
        ("97 %", "97", "%", Bound.EXACT),
        ("97%", "97", "%", Bound.EXACT),
        ("-54 %", "-54", "%", Bound.EXACT),
        ("31,2 % au plus", "31.2", "%", Bound.AT_MOST),
        ("35 minutes", "35", "minute", Bound.EXACT),
        ("2 min", "2", "minute", Bound.EXACT),
        ("1136", "1136", "", Bound.EXACT),
        ("11 326 comptes/contenus supprimés", "11326", "comptes/contenus supprimés", Bound.EXACT),
        ("0", "0", "", Bound.EXACT),
        ("0,5 %", "0.5", "%", Bound.EXACT),
        ("4 heures", "4", "hour", Bound.EXACT),
        ("moins de 4 h", "4", "hour", Bound.AT_MOST),
        ("12,5", "12.5", "", Bound.EXACT),
        ("2023", "2023", "", Bound.EXACT),
        (
            "Un module gratuit : déjà 3 800 utilisateurs en 1 mois",
            "3800",
            "utilisateurs",
            Bound.AT_LEAST,
        ),
        ("2 écrans et 3 affiches", "2", "écrans", Bound.EXACT),
    ],
)
def test_a_printed_number_is_read(text: str, value: str, unit: str, bound: Bound) -> None:
    found = read(text)
    assert (found.quantity.value, found.unit, found.quantity.bound) == (Decimal(value), unit, bound)


@of_each(
    "text",
    [
        "", "aucun", "18 octobre 2023", "6-20 ans", "2e édition", "6ème", "TF1", "#9", "0:11",
        "7 j/7", "8 h 40", "1.100", "12 45", "9000 000", "1" * 300,
        # dates and years
        "12/03/2026", "12/03", "12.03.2026", "2026-03-12", "12.2026", "03/2026", "18 oct. 2023",
        "du 12 au 15 mars", "janvier 2023", "en 2022", "depuis 2005", "sur l’année 2022", "S1 2023",
        # times of the day, opening hours
        "14h30", "14:30", "9h", "de 9h", "à 23h", "9h-23h", "de 9 h à 23 h", "24h/24", "7 jours/7",
        "2’30",
        # ranges, fractions, sums, measures
        "10 à 12 ans", "entre 10 et 12", "10 – 12", "10 - 12", "20 % à 30 %", "3 ou 4", "1/3",
        "15 / 20", "70 + 45", "3 x 20", "2×1000", "1e6",
        # telephone numbers, identifiers, versions, sections, other ways to part thousands
        "01 42 00 00 00", "0800 200 000", "+33 1 23 45 67 89", "+33 123 456 789", "tél. 3018",
        "n° 9", "objectif 9", "version 2.1", "v1.2", "1.2.3", "192.0.2.1", "5.4. Objectif",
        "article 16", "1,234,567", "1.234.567", "007",
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_refused(text: str) -> None:
    with pytest.raises(PrintedUnreadable):
        read(text)


@given(
    strategies.integers(0, 10**12),
    strategies.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]),
)
def test_thousands_apart_are_read_as_written(number: int, space: str) -> None:
    assert read(f"{number:,}".replace(",", space)).quantity.value == number


@given(strategies.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(PrintedUnreadable):
        assert read(text).quantity.value.is_finite()
