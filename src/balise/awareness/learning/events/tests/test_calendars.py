"""What calendars are told, octet by octet, and what is found in those of others."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from icalendar import Calendar

from balise.awareness.learning.events.actions import drafting
from balise.awareness.learning.events.queries import card
from balise.awareness.learning.events.queries.calendar import told as told_of
from balise.awareness.learning.events.rules.calendars import CalendarUnreadable, Problem, read
from balise.awareness.learning.events.rules.ical import CalendarEvent, Method, write
from balise.awareness.learning.events.tests.makers import TITLE, make_facts, make_public
from balise.foundation.accounts.tests.makers import make_actor

PARIS = ZoneInfo("Europe/Paris")
TOLD = CalendarEvent(
    uid="7b0f",
    sequence=1,
    changed_at=datetime(2026, 11, 28, 6, tzinfo=UTC),
    starts_at=datetime(2027, 1, 14, 17, 30, tzinfo=UTC),
    ends_at=datetime(2027, 1, 14, 18, 30, tzinfo=UTC),
    zone="Europe/Paris",
    summary="Mon enfant est visé : que faire, ce soir ; et demain ? " + "é" * 60,
    organiser="events@centre.example",
)
HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
FOOT = b"END:VEVENT\r\nEND:VCALENDAR\r\n"
WHOLE = {
    "UID": "a",
    "DTSTAMP": "20261128T060000Z",
    "DTSTART": "20270114T173000Z",
    "DTEND": "20270114T183000Z",
}


def other(**given: str | None) -> bytes:
    """Return a calendar of another make, with one event."""
    lines = {**WHOLE, **given}
    body = "".join(
        f"{name.replace('__', ';')}:{value}\r\n"
        for name, value in lines.items()
        if value is not None
    )
    return HEAD + body.encode() + FOOT


def test_what_we_write_has_nothing_wrong_and_the_same_octets_twice() -> None:
    cancelled = replace(
        TOLD, uid="8c1a", is_cancelled=True, zone="Indian/Reunion", location="Le Port"
    )
    octets = write(
        [TOLD, cancelled], method=Method.PUBLISH, name="Événements", refresh=timedelta(hours=1)
    )
    assert octets == write(
        [TOLD, cancelled], method=Method.PUBLISH, name="Événements", refresh=timedelta(hours=1)
    )
    lines = octets.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in octets.replace(b"\r\n", b"")
    assert b"LOCATION:" not in octets.partition(b"END:VEVENT")[0]
    for line in (
        b"METHOD:PUBLISH",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        b"DTSTART;TZID=Europe/Paris:20270114T183000",
        b"DTSTART;TZID=Indian/Reunion:20270114T213000",
        b"SEQUENCE:1",
        b"STATUS:CONFIRMED",
        b"STATUS:CANCELLED",
        b"LOCATION:Le Port",
        b"ORGANIZER:mailto:events@centre.example",
    ):
        assert line in lines, line
    first, second = read(octets, known={})
    assert (first.start, first.problems) == ("2027-01-14T18:30:00+01:00", [])
    assert (second.status, second.problems) == ("CANCELLED", [])
    assert first.summary == TOLD.summary


def test_the_clocks_change_in_the_time_before_the_change() -> None:
    octets = write([TOLD], method=Method.REQUEST)
    zone: Any = Calendar.from_ical(octets).walk("VTIMEZONE")[0]
    parts = [
        (part.name, part["dtstart"].dt, part["tzoffsetfrom"].td, part["tzoffsetto"].td)
        for part in zone.subcomponents
    ]
    hour = timedelta(hours=1)
    assert parts == [
        ("STANDARD", datetime(2027, 1, 1), hour, hour),  # noqa: DTZ001 - local, as it is written
        ("DAYLIGHT", datetime(2027, 3, 28, 2), hour, 2 * hour),  # noqa: DTZ001
        ("STANDARD", datetime(2027, 10, 31, 3), 2 * hour, hour),  # noqa: DTZ001
    ]


def test_what_is_sent_to_one_person_names_them_and_what_is_public_nobody() -> None:
    asked = write([replace(TOLD, attendee="camille@mailbox.example")], method=Method.CANCEL)
    assert b"METHOD:CANCEL" in asked
    assert b"mailto:camille@mailbox.example" in asked.replace(b"\r\n ", b"")
    assert b"ATTENDEE" not in write([TOLD], method=Method.PUBLISH)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"UID": None}, Problem.NO_UID),
        ({"DTSTAMP": None}, Problem.NO_DTSTAMP),
        ({"DTSTART": None}, Problem.NO_START),
        ({"DTSTART": "20270114T173000", "DTEND": "20270114T183000"}, Problem.FLOATING),
        ({"LOCATION": ""}, Problem.EMPTY_LOCATION),
        ({"DTSTART": None, "DTSTART__TZID=Our Zone": "20270114T173000"}, Problem.UNKNOWN_ZONE),
        ({"DTEND": "20270114T163000Z"}, Problem.ENDS_BEFORE),
        ({"DTEND": None, "DURATION": "-PT1H"}, Problem.ENDS_BEFORE),
        ({"SEQUENCE": "1"}, Problem.OLDER),
        ({"DTEND": "tomorrow"}, Problem.UNREADABLE),
    ],
)
def test_what_is_wrong_with_the_calendar_of_another_is_named(
    given: dict[str, Any], problem: Problem
) -> None:
    (clean,) = read(other(SEQUENCE="2"), known={"a": 2})
    assert clean.problems == []
    (found,) = read(other(**given), known={"a": 2} if problem is Problem.OLDER else {})
    assert found.problems == [problem.value]


def test_an_event_of_whole_days_is_right_and_a_text_is_no_calendar() -> None:
    (found,) = read(
        other(DTSTART=None, DTEND=None, **{"DTSTART__VALUE=DATE": "20270209"}), known={}
    )
    assert (found.start, found.problems) == ("2027-02-09", [])
    for text in (b"", b"hello", b"\xff\xfe", b"BEGIN:VCALENDAR\r\n"):
        with pytest.raises(CalendarUnreadable):
            list(read(text, known={}))


@pytest.mark.django_db
def test_the_command_says_one_object_a_line_and_which_was_imported_before_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_by_command() -> list[dict[str, Any]]:
        call_command("calendar", "read", str(file), "--json")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    event = make_public()
    ours = told_of(card(event), language="fr")
    file = tmp_path / "events.ics"
    file.write_bytes(write([ours, TOLD], method=Method.PUBLISH))
    one, other = read_by_command()
    assert {"start", "end", "summary", "problems"} <= set(one)
    assert (one["summary"], one["problems"], other["problems"]) == (TITLE, [], [])
    assert (other["start"], other["end"]) == (
        "2027-01-14T18:30:00+01:00",
        "2027-01-14T19:30:00+01:00",
    )

    drafting.change(event_id=event, facts=make_facts(days=20), by=make_actor("coordinator"))
    assert [each["problems"] for each in read_by_command()] == [[Problem.OLDER.value], []]
    file.write_text("hello", encoding="utf-8")
    with pytest.raises(CommandError, match=r"events\.ics"):
        call_command("calendar", "read", str(file), "--json")
