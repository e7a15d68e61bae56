"""The paper for a complaint and for the police: in order, three moments, how to check it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from balise.helpline.vault.documents.timeline import (
    Agreed,
    Heading,
    TimelineItem,
    paper_of,
    timeline,
)
from balise.helpline.vault.rules.items import read_item
from balise.helpline.vault.tests.makers import an_item, packed

MOMENT = datetime(2026, 10, 6, 9, tzinfo=UTC)
HEADING = Heading("1A2B3C", MOMENT, "en", Agreed("Police", "The young person, by phone", MOMENT))


def told(number: int, **of: Any) -> TimelineItem:
    made = an_item(**of)
    item = read_item(packed(made.head, made.original))
    stamped = MOMENT if number == 1 else None
    return TimelineItem(
        item, f"items/{number:02d}-a.txt", MOMENT - timedelta(hours=1), stamped, False
    )


def rows_of(made: dict[str, Any], title: str) -> list[tuple[str, str]]:
    section = next(one for one in made["sections"] if one["title"] == title)
    return [(row["label"], row["value"]) for entry in section["entries"] for row in entry]


def test_it_tells_in_order_who_and_where() -> None:
    late = told(1, what="Deuxième.", who="un élève", where="messagerie.example")
    early = told(2, what="Premier.", happened_at="2026-10-04T08:00:00Z")
    assert timeline([late, early], HEADING).startswith(b"%PDF")
    made = paper_of([late, early], HEADING)
    assert made["confidential"] == "Confidential: only for Police."
    values = [value for _label, value in rows_of(made, "In order")]
    assert ["Premier." in values[0], "Deuxième." in values[1]] == [True, True]
    assert "un élève" in values[1]
    assert "messagerie.example" in values[1]
    about = dict(rows_of(made, "About this dossier"))
    assert "The young person, by phone" in about["Agreed by"]


def test_it_names_each_clock_and_each_hash() -> None:
    one = told(1, taken_at="2099-10-05T17:12:00Z")
    made = paper_of([one], HEADING)
    titles = [each["title"] for each in made["sections"]]
    title = next(each for each in titles if one.item.sha256[:12] in each)
    rows = dict(rows_of(made, title))
    assert rows["SHA-256"] == one.item.sha256
    clocks = ("Kept, by the telephone’s time", "Received here", "Timestamp")
    assert all(rows[name] for name in clocks)
    assert len({rows[name] for name in clocks}) == 3
    unchecked = dict(rows_of(made, "Not checked by the centre"))
    assert "The telephone’s time" in unchecked  # it is wrong, and the paper says so


def test_it_says_the_commands_that_check_it() -> None:
    one, other = told(1), told(2)
    of_police = paper_of([one], HEADING)
    of_complaint = paper_of([other], Heading("1A2B3C", MOMENT, "en"))
    first, second = (
        dict(rows_of(made, "Checking this dossier")) for made in (of_police, of_complaint)
    )
    commands = " ".join(first.values())
    assert "sha256sum --check hashes.sha256" in commands
    assert f"openssl ts -verify -data stamps/{one.item.id}.commitment" in commands
    assert one.item.commitment in commands
    assert "openssl" not in " ".join(second.values())  # no timestamp, nothing to verify
    assert "complaint" in of_complaint["confidential"]
