"""By what items are known again, and which may be one article."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from balise.foundation.statistics.quantities import Quantity
from balise.steering.press.rules.files import check
from balise.steering.press.rules.syndication import (
    AddressFaulty,
    Article,
    DayFaulty,
    EvidenceFaulty,
    Medium,
    MediumUnknown,
    NumberFaulty,
    Tone,
    ToneUnknown,
    WordsMissing,
    canonical,
    code_of,
    medium_of,
    plain,
    proposed,
    tone_of,
)
from balise.steering.press.tests.makers import told

TODAY = date(2026, 9, 1)
DAY = timedelta(days=1)
SUMMARY = "Le centre ouvre sa ligne tous les jours et répond aux familles"


def test_an_address_is_the_same_whatever_followed_its_reader() -> None:
    whole = "journal.example/article?id=4&page=2"
    for written in (
        "https://journal.example/article?page=2&id=4",
        "http://www.journal.example:80/article/?id=4&page=2&utm_source=x#suite",
        " HTTPS://JOURNAL.example/article?fbclid=abc&id=4&page=2 ",
    ):
        assert canonical(written) == whole
    assert canonical("https://journal.example/Article") == "journal.example/Article"
    assert canonical("https://journal.example:8080/") == "journal.example:8080"
    assert not canonical("  ")
    for faulty in (
        "journal",
        "ftp://journal.example/a",
        "https://me:x@journal.example/",
        "http://[",
    ):
        with pytest.raises(AddressFaulty):
            canonical(faulty)


def test_a_day_to_come_and_words_that_are_missing_are_refused() -> None:
    good: dict[str, Any] = {"day": TODAY}
    keys = check(told("Été", **good), today=TODAY)
    assert keys.twin == check(told(" ete ! ", **good), today=TODAY).twin
    assert keys.twin != check(told("Été", day=TODAY - DAY), today=TODAY).twin
    for day in (date(2032, 1, 1), TODAY + DAY, date(1900, 1, 1)):
        with pytest.raises(DayFaulty):
            check(told(day=day), today=TODAY)
    for words in ({"outlet": " "}, {"title": "?!"}):
        with pytest.raises(WordsMissing):
            check(told(**{"title": "Un titre", **good, **words}), today=TODAY)
    with pytest.raises(EvidenceFaulty):
        check(told(evidence="abc", **good), today=TODAY)
    with pytest.raises(NumberFaulty):
        check(told(audience=Quantity(Decimal(-1)), **good), today=TODAY)


def test_words_of_monitoring_services_are_known() -> None:
    assert medium_of(" Télévision ") is Medium.TELEVISION
    assert medium_of("Presse écrite") is Medium.PRINT
    assert (tone_of("Négatif"), tone_of("")) == (Tone.CRITICAL, None)
    with pytest.raises(MediumUnknown, match="pigeon"):
        medium_of("pigeon")
    with pytest.raises(ToneUnknown):
        tone_of("acide")
    for medium in Medium:  # what we write ourselves is read
        assert medium_of(medium.value) is medium
    for tone in Tone:
        assert tone_of(tone.value) is tone
    assert plain("  L’Écho—du 3e ") == "l echo du 3e"
    assert code_of("Rencontre « Ados »") == "rencontre-ados"


def test_five_titles_of_one_dispatch_are_one_group_and_another_subject_is_not() -> None:
    dispatch = [
        Article("a", TODAY, "La ligne d’écoute ouvre tous les jours", SUMMARY),
        Article("b", TODAY, "Tous les jours, la ligne d’écoute répond aux familles", SUMMARY),
        Article("c", TODAY + DAY, "Une ligne ouverte tous les jours pour les familles", SUMMARY),
        Article("d", TODAY + 2 * DAY, "Familles : une ligne ouverte tous les jours", SUMMARY),
        Article("e", TODAY + 3 * DAY, "La ligne répond tous les jours aux familles", SUMMARY),
    ]
    others = [
        Article("x", TODAY, "Un match de football pour les enfants", "Le club reçoit le centre"),
        Article("y", TODAY + 9 * DAY, dispatch[0].title, SUMMARY),
    ]
    assert proposed([*others, *reversed(dispatch)]) == [("a", "b", "c", "d", "e")]
    assert proposed([]) == []


def test_short_titles_do_not_meet_by_chance() -> None:
    short = [
        Article(str(at), TODAY, title) for at, title in enumerate(("Le 3018", "3018", "Le 3018"))
    ]
    assert proposed(short) == []


def test_a_year_of_items_is_compared_in_time() -> None:
    many = [
        Article(f"{at:04}", TODAY + (at % 365) * DAY, f"Article {at} de la commune {at * 7 % 991}")
        for at in range(2_000)
    ]
    assert proposed(many) == []
