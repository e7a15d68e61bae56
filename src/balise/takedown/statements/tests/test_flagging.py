"""The yearly report: what is counted, once, in which year, and that it is told to the number."""

import io
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from balise.takedown.statements.rules import lines
from balise.takedown.statements.rules.flagging import Sending, YearlyReport, count, percentile
from balise.takedown.statements.rules.lines import Faulty, FileUnreadable

PARIS = ZoneInfo("Europe/Paris")
HEADER = (
    "notice_id,sent_at_utc,provider,category,outcome,hours_to_outcome,sent_as_trusted_flagger\n"
)


def make_sending(
    notice: str = "N1", sent_at: str | None = "2026-03-01T10:00Z", **given: object
) -> Sending:
    return Sending(
        **{  # type: ignore[arg-type]
            "notice": notice,
            "sent_at": datetime.fromisoformat(sent_at) if sent_at else None,
            "provider": "Image Store",
            "category": "STATEMENT_CATEGORY_CYBER_VIOLENCE",
            **given,
        }
    )


def counted(*sendings: Sending, year: int = 2026) -> YearlyReport:
    return count(sendings, year=year, zone=PARIS)


class TestCount:
    def test_counts_by_provider_type_and_action(self) -> None:
        report = counted(
            make_sending("N1", outcome="removed", hours=2.0),
            make_sending("N2", outcome="removed", hours=4.0),
            make_sending("N3", provider="Forum", category="X"),
        )

        assert report.total == 3
        assert report.by_provider == {"Image Store": 2, "Forum": 1}
        assert report.by_action == {"removed": 2, "no-answer": 1}
        assert report.by_category == {"STATEMENT_CATEGORY_CYBER_VIOLENCE": 2, "X": 1}
        assert [(row.provider, row.action, row.count) for row in report.rows] == [
            ("Forum", "no-answer", 1),
            ("Image Store", "removed", 2),
        ]
        assert report.rows[1].hours.median == 3.0
        assert report.hours.count == 2

    def test_the_year_is_the_centres_own(self) -> None:
        evening = make_sending(sent_at="2025-12-31T23:30+00:00")

        assert counted(evening, year=2026).total == 1
        assert counted(evening, year=2025).total == 0
        assert counted(make_sending(sent_at="2025-12-31T22:59+00:00"), year=2025).total == 1

    def test_a_notice_sent_again_counts_once_in_the_year_of_its_first_sending(self) -> None:
        sendings = (
            make_sending("N17-R-R", "2027-01-02T10:00Z", outcome="removed", hours=5.0),
            make_sending("N17", "2026-12-30T10:00Z", outcome="refused", hours=1.0),
            make_sending("N17-R", "2026-12-31T10:00Z"),
        )

        assert counted(*sendings, year=2027).total == 0
        report = counted(*sendings, year=2026)
        assert report.by_action == {"removed": 1}
        assert report.hours.median == 5.0

    def test_the_outcome_is_the_last_one_known(self) -> None:
        report = counted(
            make_sending("N1", "2026-01-01T10:00Z", outcome="refused", hours=1.0),
            make_sending("N1-R", "2026-01-02T10:00Z"),
        )

        assert report.by_action == {"refused": 1}

    def test_a_sending_again_counts_where_the_first_is_not_there(self) -> None:
        assert counted(make_sending("N9-R")).total == 1

    def test_an_r_within_a_number_is_no_sending_again(self) -> None:
        assert counted(make_sending("N-R-1"), make_sending("N")).total == 2

    @pytest.mark.parametrize(
        "left_out",
        [
            {"as_trusted_flagger": False},
            {"sent_at": None},
            {"outcome": "withdrawn"},
            {"outcome": "draft"},
        ],
    )
    def test_leaves_out_what_the_regulation_does_not_count(
        self, left_out: dict[str, object]
    ) -> None:
        assert counted(make_sending(**left_out)).total == 0  # type: ignore[arg-type]

    def test_a_notice_first_sent_in_another_quality_begins_when_it_is_sent_as_flagger(self) -> None:
        sendings = (
            make_sending("N1", "2025-06-01T10:00Z", as_trusted_flagger=False),
            make_sending("N1-R", "2026-02-01T10:00Z", outcome="removed"),
        )

        assert counted(*sendings, year=2026).by_action == {"removed": 1}

    @given(st.lists(st.floats(0, 1e6), min_size=1).map(sorted))
    def test_the_median_is_the_median(self, values: list[float]) -> None:
        assert percentile(values, 0.5) == pytest.approx(median(values))

    def test_nine_in_ten_is_read_between_two_values(self) -> None:
        assert percentile([0.0, 10.0], 0.9) == pytest.approx(9.0)
        assert percentile([], 0.9) is None

    def test_agrees_with_a_plain_count_of_a_large_invented_year(self) -> None:
        chance = random.Random(22)  # noqa: S311 - the same year in every run
        sendings, expected = [], Counter[tuple[str, str, str]]()
        for number in range(20_000):
            sent_at = datetime(2025, 12, 25, tzinfo=UTC) + timedelta(
                minutes=chance.randrange(380 * 24 * 60)
            )
            provider, category = chance.choice("ABCDEF"), chance.choice("XYZ")
            outcomes = [
                chance.choice(("", "removed", "refused"))
                for _ in range(chance.choice((1, 1, 1, 2, 3)))
            ]
            flagger = chance.random() < 0.8
            for again, outcome in enumerate(outcomes):
                sendings.append(
                    Sending(
                        notice=f"N{number}" + "-R" * again,
                        sent_at=sent_at + timedelta(days=again),
                        provider=provider,
                        category=category,
                        outcome=outcome,
                        as_trusted_flagger=flagger,
                    )
                )
            if flagger and sent_at.astimezone(PARIS).year == 2026:
                known = [outcome for outcome in outcomes if outcome]
                expected[provider, category, known[-1] if known else "no-answer"] += 1
        chance.shuffle(sendings)

        report = count(sendings, year=2026, zone=PARIS)

        assert {
            (row.provider, row.category, row.action): row.count for row in report.rows
        } == expected
        assert report.total == expected.total() == sum(report.by_provider.values())


def read(text: str) -> list[lines.Line]:
    return list(lines.read(io.BytesIO(text.encode())))


class TestRead:
    @pytest.mark.parametrize(
        "line",
        [
            "N1,2026-03-01T10:00Z,Image Store,X,removed,2.5,true",
            "N1,2026-03-01T10:00:00+00:00,Image Store,X,Removed,2.5,TRUE",
            "N1,2026-03-01 10:00,Image Store,X,removed,2.5,1",
            'N1,2026-03-01T11:00+01:00,"Image  Store",X,removed,"2,5",oui',
            "N1,2026-03-01T10:00Z,Image Store,X,removed,2.5,Yes",
        ],
    )
    def test_forgives_how_a_line_is_written(self, line: str) -> None:
        (sending,) = read(HEADER + line)

        assert sending == make_sending(category="X", outcome="removed", hours=2.5)

    def test_forgives_how_a_spreadsheet_saves(self) -> None:
        text = (
            "\ufeff"
            + HEADER.replace(",", ";").upper()
            + '"N1";2026-03-01T10:00Z;"A";X;;;non\r\n\r\n'
        )

        (sending,) = read(text)

        assert isinstance(sending, Sending)
        assert (sending.outcome, sending.hours, sending.as_trusted_flagger) == ("", None, False)

    def test_columns_come_in_any_order_and_more_of_them(self) -> None:
        order = [*reversed(lines.COLUMNS), "remark"]
        text = ",".join(order) + "\nno,,,X,A,2026-03-01T10:00Z,N1,hello\n"

        (sending,) = read(text)

        assert isinstance(sending, Sending)
        assert sending.provider == "A"

    @pytest.mark.parametrize(
        "line",
        [
            ",2026-03-01T10:00Z,A,X,,,1",
            "N1,yesterday,A,X,,,1",
            "N1,2026-02-30T10:00Z,A,X,,,1",
            "N1,9999-12-31T23:59Z,A,X,,,1",
            "N1,2026-03-01T10:00Z,,X,,,1",
            "N1,2026-03-01T10:00Z,A,,,,1",
            "N1,2026-03-01T10:00Z,A,X,removed,soon,1",
            "N1,2026-03-01T10:00Z,A,X,removed,-1,1",
            "N1,2026-03-01T10:00Z,A,X,removed,nan,1",
            "N1,2026-03-01T10:00Z,A,X,removed,1,perhaps",
            "N1,2026-03-01T10:00Z,A,X,removed,1,",
            "N1,2026-03-01T10:00Z,A,X,removed,1",
            "N1,2026-03-01T10:00Z,A,X,removed,1,1,1",
            'N1,2026-03-01T10:00Z,"A"B,X,,,1',
            "N1,2026-03-01T10:00Z,abuse@host.example,X,,,1",
            "N1,2026-03-01T10:00Z,https://host.example/a,X,,,1",
            "N1,2026-03-01T10:00Z,host.example/album/1,X,,,1",
            "N1,2026-03-01T10:00Z,192.0.2.7,X,,,1",
            "N1,2026-03-01T10:00Z,[2001:db8::1],X,,,1",
        ],
    )
    def test_tells_what_cannot_be_counted(self, line: str) -> None:
        sound = "N2,2026-03-01T10:00Z,A,X,,,1\n"

        first, faulty, last = read(HEADER + sound + line + "\n" + sound)

        assert isinstance(first, Sending)
        assert isinstance(last, Sending)
        assert isinstance(faulty, Faulty)
        assert faulty.number == 3
        assert "host.example" not in faulty.reason

    def test_a_firm_may_be_called_like_a_domain(self) -> None:
        (sending,) = read(HEADER + "N1,2026-03-01T10:00Z,Booking.example,X,,,1")

        assert isinstance(sending, Sending)

    def test_says_which_lines_a_lost_quote_swallowed(self) -> None:
        text = HEADER + 'N1,2026-03-01T10:00Z,"A,X,,,1\nN2,2026-03-01T10:00Z,A,X,,,1\n'

        (faulty,) = read(text)

        assert isinstance(faulty, Faulty)
        assert "3" in faulty.reason

    @pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEADER.replace("provider", "notice_id")])
    def test_refuses_a_file_without_our_columns(self, text: str) -> None:
        with pytest.raises(FileUnreadable):
            read(text)

    def test_refuses_another_encoding(self) -> None:
        with pytest.raises(FileUnreadable):
            list(lines.read(io.BytesIO(HEADER.encode() + "N1,é".encode("latin-1"))))
