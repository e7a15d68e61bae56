"""What someone has to look at: reviews, translations, pictures and videos."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from balise.awareness.publications.rules.standing import (
    Fault,
    Lack,
    Standing,
    faults_of,
    review_due,
    source_of,
    standing_of,
)
from balise.awareness.publications.rules.taxonomy import taxonomy

KEY = UUID(int=1)
KINDS = taxonomy("fr")["kind"].terms
TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
GOOD = Standing(
    kind="sheet", published_at=NOW, reviewed_on=TODAY, pictures=("Une sarcelle.",), captions=(True,)
)


@dataclass
class Row:
    page_id: int
    published_at: datetime | None = NOW
    reviewed_on: date | None = None
    review_on: date | None = None
    behind: str = ""
    key: UUID = KEY
    kind: str = "sheet"
    picture: str = ""
    picture_says: str = ""
    video: Mapping[str, Any] = field(default_factory=dict)


def test_a_page_that_is_in_order_has_no_fault() -> None:
    assert faults_of(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("reviewed_on", "due"),
    [(date(2025, 11, 28), False), (date(2025, 11, 27), True), (date(2020, 1, 1), True)],
)
def test_a_review_is_due_after_a_year(reviewed_on: date, due: bool) -> None:
    page = replace(GOOD, reviewed_on=reviewed_on)
    expected = (Fault(Lack.REVIEW, reviewed_on + timedelta(days=365)),) if due else ()
    assert faults_of(page, TODAY) == expected


def test_a_kind_that_ages_faster_is_reviewed_sooner() -> None:
    tool = Row(1, reviewed_on=TODAY, kind="tool")
    sheet = Row(1, reviewed_on=TODAY)
    assert review_due(standing_of(tool, tool, KINDS)) == TODAY + timedelta(days=182)
    assert review_due(standing_of(sheet, sheet, KINDS)) == TODAY + timedelta(days=365)


def test_a_review_is_due_on_the_day_that_the_editor_set() -> None:
    assert review_due(replace(GOOD, review_on=date(2027, 2, 9))) == date(2027, 2, 9)


def test_a_page_never_reviewed_counts_from_its_publication() -> None:
    page = replace(GOOD, reviewed_on=None, published_at=datetime(2025, 3, 1, tzinfo=UTC))
    assert review_due(page) == date(2026, 3, 1)
    assert review_due(replace(page, published_at=None)) is None


def test_news_are_never_reviewed() -> None:
    assert faults_of(replace(GOOD, kind="news", reviewed_on=date(2020, 1, 1)), TODAY) == ()


def test_a_translation_is_out_of_date_once_its_source_is_published_again() -> None:
    behind = replace(GOOD, source_at=NOW + timedelta(seconds=1))
    assert faults_of(behind, TODAY) == (Fault(Lack.TRANSLATION, TODAY),)


def test_a_picture_without_words_and_a_video_without_captions_are_faults() -> None:
    page = replace(GOOD, pictures=("Une sarcelle.", ""), captions=(True, False))
    assert [each.lack for each in faults_of(page, TODAY)] == [Lack.PICTURE, Lack.CAPTIONS]


def test_the_page_written_first_is_the_source_of_the_others() -> None:
    later = NOW + timedelta(days=1)
    french, english = Row(3, published_at=later), Row(7, behind="fr")
    assert source_of([english, french]) is french
    assert standing_of(french, french, KINDS).source_at is None
    assert standing_of(english, french, KINDS).source_at == later
    assert standing_of(Row(7), french, KINDS).source_at is None
    assert standing_of(Row(3, picture="/a.webp"), french, KINDS).pictures == ("",)
    assert standing_of(english, french, KINDS).pictures == ()
    film = Row(4, video={"film": "/media/films/a.webm", "captions": {}})
    assert standing_of(film, film, KINDS).captions == (False,)
    assert (
        standing_of(Row(5, video={"frame": "https://films.example/1"}), film, KINDS).captions == ()
    )
