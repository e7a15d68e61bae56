"""What a home shows of what waits: which part a line stands in, in which order, how old it is."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import override

from balise.foundation.web.navigation import AHEAD, Due, Line, Part, age, parts

TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def shown(*dues: Due) -> list[tuple[Part, list[str]]]:
    lines = [Line(one, "hotline", "inbox", one.url or "/staff/queue/") for one in dues]
    found = parts(lines, today=TODAY, day_of=datetime.date)
    return [(part, [str(each.due.says) for each in rows]) for part, rows in found]


class TestParts:
    def test_what_has_neither_a_number_nor_a_day_is_left_out(self) -> None:
        assert shown(Due(says="None"), Due(says="No more", part=Part.LATE, count=0)) == []

    def test_the_parts_stand_in_their_order(self) -> None:
        found = shown(
            Due(says="Meeting", on=TODAY),
            Due(says="To examine", count=3),
            Due(says="Taken", part=Part.MINE, count=1),
            Due(says="Late", part=Part.LATE, count=1),
            Due(says="Tomorrow", on=TODAY + timedelta(days=1)),
        )

        assert [part for part, _rows in found] == list(Part)

    def test_the_oldest_that_is_overdue_stands_first(self) -> None:
        found = shown(
            Due(says="Hours", part=Part.LATE, count=9, since=NOON - timedelta(hours=3)),
            Due(says="Unknown", part=Part.LATE, count=9),
            Due(says="Days", part=Part.LATE, count=1, since=TODAY - timedelta(days=4)),
        )

        assert found == [(Part.LATE, ["Days", "Hours", "Unknown"])]

    def test_others_stay_in_the_order_of_the_modules(self) -> None:
        found = shown(Due(says="B", count=1, since=TODAY), Due(says="A", count=2))

        assert found == [(Part.WAITS, ["B", "A"])]

    def test_a_day_is_shown_from_today_to_the_last_ahead(self) -> None:
        found = shown(
            Due(says="Past", on=TODAY - timedelta(days=1)),
            Due(says="Far", on=TODAY + AHEAD + timedelta(days=1)),
            Due(says="Last", on=TODAY + AHEAD),
            Due(says="Evening", on=NOON + timedelta(hours=9)),
            Due(says="Next", on=NOON + timedelta(days=2)),
        )

        assert found == [(Part.TODAY, ["Evening"]), (Part.SOON, ["Next", "Last"])]


class TestAge:
    def test_is_told_in_its_largest_unit(self) -> None:
        with override("en"):
            told = [
                age(NOON - span, now=NOON, today=TODAY)
                for span in (
                    timedelta(minutes=-5),
                    timedelta(minutes=1),
                    timedelta(minutes=59),
                    timedelta(hours=1),
                    timedelta(hours=47),
                    timedelta(hours=48),
                )
            ]

        assert told == [
            "less than a minute",
            "1 minute",
            "59 minutes",
            "1 hour",
            "47 hours",
            "2 days",
        ]

    def test_of_a_day_is_told_in_days(self) -> None:
        with override("en"):
            assert age(TODAY - timedelta(days=1), now=NOON, today=TODAY) == "1 day"
            assert age(TODAY + timedelta(days=1), now=NOON, today=TODAY) == "0 days"
