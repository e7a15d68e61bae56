"""Which statement may answer which notice: by number for sure, else by points, never beyond."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from balise.takedown.statements.rules.dumps import Contradicts, Seen, contradiction
from balise.takedown.statements.rules.matching import (
    CERTAIN,
    LEAST,
    MOST_PROPOSED,
    Asked,
    Reason,
    ReferenceFaulty,
    ReferenceKind,
    Said,
    Source,
    check_reference,
    compare,
    proposals,
)

HOST, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2026, 11, 2)
CATEGORY = "STATEMENT_CATEGORY_CYBER_VIOLENCE"


def said(**given: object) -> Said:
    return Said(
        **{  # type: ignore[arg-type]
            "id": UUID(int=10),
            "host": HOST,
            "puid": "abc",
            "source": Source.TRUSTED_FLAGGER,
            "categories": frozenset({CATEGORY}),
            "keywords": frozenset(),
            "content_on": DAY - timedelta(days=30),
            "applied_on": DAY + timedelta(days=1),
            **given,
        }
    )


def asked(**given: object) -> Asked:
    return Asked(
        **{  # type: ignore[arg-type]
            "id": UUID(int=20),
            "host": HOST,
            "sent_on": DAY,
            "facts_on": DAY - timedelta(days=30),
            "category": CATEGORY,
            "keyword": "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING",
            "as_flagger": True,
            **given,
        }
    )


class TestCompare:
    def test_the_platforms_number_is_certain_whatever_the_rest(self) -> None:
        found = compare(
            said(source=Source.VOLUNTARY, categories=frozenset(), applied_on=date(2020, 1, 1)),
            asked(puids=frozenset({"abc"})),
        )

        assert found is not None
        assert (found.score, found.reasons, found.is_certain) == (CERTAIN, (Reason.PUID,), True)

    def test_anothers_number_is_not(self) -> None:
        assert compare(said(), asked(host=OTHER, puids=frozenset({"abc"}))) is None

    def test_says_why(self) -> None:
        found = compare(said(), asked())

        assert found is not None
        assert set(found.reasons) == {
            Reason.CATEGORY,
            Reason.FLAGGER,
            Reason.CONTENT_DAY,
            Reason.SOON,
        }
        assert found.score == sum(reason.points for reason in found.reasons)

    @pytest.mark.parametrize(
        "change",
        [
            {"host": OTHER},
            {"source": Source.VOLUNTARY},
            {"source": Source.OTHER_NOTIFICATION},
            {"categories": frozenset({"STATEMENT_CATEGORY_VIOLENCE"})},
            {"applied_on": DAY - timedelta(days=2)},
            {"applied_on": DAY + timedelta(days=91)},
            {"content_on": DAY + timedelta(days=2)},
        ],
    )
    def test_leaves_out_what_cannot_answer(self, change: dict[str, object]) -> None:
        assert compare(said(**change), asked()) is None

    def test_an_added_category_counts(self) -> None:
        categories = frozenset({"STATEMENT_CATEGORY_VIOLENCE", CATEGORY})

        assert compare(said(categories=categories), asked()) is not None

    @given(
        days=st.integers(-200, 200),
        content=st.integers(-200, 200),
        source=st.sampled_from(Source),
        flagger=st.booleans(),
        names_us=st.booleans(),
        gone=st.booleans(),
    )
    def test_without_a_number_nothing_is_certain(
        self, days: int, content: int, source: Source, flagger: bool, names_us: bool, gone: bool
    ) -> None:
        found = compare(
            said(
                source=source,
                applied_on=DAY + timedelta(days=days),
                content_on=DAY + timedelta(days=content),
                names_us=names_us,
                is_gone=gone,
                keywords=frozenset({"KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"}),
                eans=frozenset({"1234567890123"}),
            ),
            asked(as_flagger=flagger, eans=frozenset({"1234567890123"}), is_said_gone=gone),
        )

        assert found is None or LEAST <= found.score < CERTAIN


class TestProposals:
    def test_the_likeliest_first_and_no_more_than_some(self) -> None:
        notices = [asked(id=UUID(int=100 + n), sent_on=DAY - timedelta(days=n)) for n in range(20)]

        found = proposals(said(), notices)

        assert len(found) == MOST_PROPOSED
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert found[0].notice == UUID(int=100)

    def test_a_certain_one_leaves_no_room_for_guesses(self) -> None:
        found = proposals(said(), [asked(), asked(id=UUID(int=21), puids=frozenset({"abc"}))])

        assert [one.notice for one in found] == [UUID(int=21)]


class TestReference:
    def test_takes_what_the_schema_takes(self) -> None:
        assert check_reference(ReferenceKind.PUID, " a-B_9 ") == "a-B_9"
        assert check_reference(ReferenceKind.EAN_13, "1234567890123") == "1234567890123"

    @pytest.mark.parametrize("text", ["", "a b", "https://host.example/1", "é", "a" * 501])
    def test_refuses_the_rest(self, text: str) -> None:
        for kind in ReferenceKind:
            with pytest.raises(ReferenceFaulty):
                check_reference(kind, text)


@pytest.mark.parametrize(
    ("outcome", "decisions", "seen", "expected"),
    [
        ("refused", (), Seen.GONE, Contradicts.REFUSED_BUT_GONE),
        ("refused", (), Seen.ONLINE, None),
        ("removed", (), Seen.ONLINE, Contradicts.ACCEPTED_BUT_THERE),
        ("removed", (), Seen.GONE, None),
        ("", ("DECISION_VISIBILITY_CONTENT_REMOVED",), Seen.ONLINE, Contradicts.ACCEPTED_BUT_THERE),
        ("", ("DECISION_VISIBILITY_CONTENT_DEMOTED",), Seen.ONLINE, None),
        ("refused", ("DECISION_VISIBILITY_CONTENT_REMOVED",), Seen.GONE, None),
        ("removed", (), Seen.UNKNOWN, None),
        ("removed", (), Seen.UNWATCHED, None),
        ("no-answer", (), Seen.GONE, None),
    ],
)
def test_word_and_fact(
    outcome: str, decisions: tuple[str, ...], seen: Seen, expected: Contradicts | None
) -> None:
    assert contradiction(outcome=outcome, decisions=decisions, seen=seen) is expected
