"""The files for others: exact totals, protected breakdowns, and when they can be had."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics import telling
from balise.foundation.statistics.protection import (
    Exposure,
    Node,
    Sum,
    Vintage,
    hidden_parts,
    noise,
    record_key,
    told,
)
from balise.helpline.contacts.actions import keeping, taking, wrapping
from balise.helpline.contacts.actions.remembering import Remembered, remember
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.queries import reports, topics
from balise.helpline.contacts.rules import Channel, breakdowns, reports as rules
from balise.helpline.contacts.rules.breakdowns import Protection
from balise.helpline.contacts.rules.reports import (
    FactTold,
    LineState,
    PeriodWrong,
    Report,
    as_csv,
    as_object,
    quarter,
    quarters_over,
    years_over,
)

Q2 = Node(2026, 2)
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def long_after() -> Iterator[None]:
    with clock.at(datetime(2027, 2, 20, 9, tzinfo=UTC)):
        yield


def make_contacts(
    count: int, *, topic: str, day: date = date(2026, 5, 4), **codes: Any
) -> list[UUID]:
    """Leave contacts of the past, counted on their day."""
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    made = [
        Remembered(
            id=uuid4(),
            at=at,
            **{
                "channel": Channel.CHAT,
                "kind": "child-self",
                "seconds": 900,
                "waited": 0,
                "topics": (topic,) if topic else (),
                "age_band": "12-14",
                "gender": "girl",
                "caller": "child",
                "place": "messaging",
                **codes,
            },
        )
        for _each in range(count)
    ]
    remember(contacts=made, at=at, by=make_actor("listener"))
    return [one.id for one in made]


def number_of(units: list[UUID], exposure: Exposure = Exposure.SENSITIVE, *, cell: str = "") -> int:
    key = key_ring().noise_key()
    keys = sum(record_key(key, unit) for unit in units)
    return told(key, len(units), keys, exposure, cell=cell)


def counts_of(report: Report, dimension: str) -> dict[str, int | None]:
    return {line.code: line.count for line in report.lines if line.dimension == dimension}


def states_of(report: Report, dimension: str) -> dict[str, LineState]:
    return {line.code: line.state for line in report.lines if line.dimension == dimension}


def insafe(year: int = 2026, number: int = 2) -> Report:
    return reports.insafe_quarter(year, number, seen_by=SYSTEM)


def test_a_quarter_is_three_months() -> None:
    assert (quarter(2026, 4).first, quarter(2026, 4).last) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert (quarter(2024, 1).first, quarter(2024, 1).last) == (date(2024, 1, 1), date(2024, 3, 31))


class TestTheReferenceCells:
    """Cells of units 1, 2, 3…, with the key 00 to 1f: what any other program must find too."""

    @pytest.mark.parametrize(
        ("units", "number"),
        [((1, 2, 3), 3), ((1, 2), 5), ((1, 2, 3, 4), 3), (range(1000, 1052), 51)],
    )
    def test_are_told_alike_here(self, units: Any, number: int) -> None:
        plan = rules.layout("fr", "insafe")
        facts = [
            FactTold(
                day=Q2.first,
                key=record_key(KEY, UUID(int=unit)),
                topics=(),
                caller="child",
                place="gaming",
            )
            for unit in units
        ]
        where = next(each for each in plan.dimensions if each.code == "where")
        protection = Protection(KEY, lambda _dimension, _code: Exposure.SENSITIVE)
        cells = {"gaming": (len(facts), sum(each.key for each in facts))}
        lines = breakdowns._lines(where, {"gaming": True}, cells, protection, "insafe|where", Q2)
        assert told(KEY, *cells["gaming"], Exposure.SENSITIVE, cell="x") == number
        assert [line.count for line in lines] == [number if number >= 11 else None]

    def test_an_empty_cell_has_its_noise_from_its_name(self) -> None:
        cell = "helpline.topics.met|topic|grooming|2025-Q3"
        assert told(KEY, 0, 0, Exposure.SENSITIVE, cell=cell) == 1

    def test_one_small_part_of_three_hides_the_next(self) -> None:
        assert hidden_parts({"girl": 45, "boy": 12, "other": 5}) == {"boy", "other"}


@pytest.mark.django_db
class TestTheFileForInsafe:
    def test_has_its_dimensions_under_protection_and_exact_totals(self) -> None:
        coerced = make_contacts(19, topic="sextortion")
        bullied = make_contacts(23, topic="cyberbullying", caller="parent")
        make_contacts(2, topic="scam")
        make_contacts(6, topic="family-siblings")  # nothing that Insafe counts
        make_contacts(3, topic="", kind="silent")
        out = StringIO()
        call_command("insafe", "--year", "2026", "--quarter", "2", "--json", stdout=out)
        found = orjson.loads(out.getvalue())
        lines = {(each["dimension"], each["code"]): each for each in found["lines"]}
        assert (found["contacts"], found["counts"]) == (44, "online")
        assert (found["answered"], found["counselling"], found["non_counselling"]) == (53, 50, 3)
        coercion = lines["topic", "sexual-coercion"]
        assert coercion["count"] == number_of(coerced, Exposure.GRAVE)
        assert (coercion["state"], coercion["noise_at_most"]) == ("shown", 5)
        assert lines["topic", "cyberbullying"]["count"] == number_of(bullied)
        for code in ("e-crime", "hate-speech"):  # two contacts, and none
            assert lines["topic", code]["count"] is None
            assert lines["topic", code]["state"] == "under-threshold"
        assert lines["channel", "chat"]["count"] == 44
        assert lines["channel", "phone"]["count"] == 0
        assert lines["channel", "chat"]["noise_at_most"] == 0
        assert "±" not in found["note"]
        assert "within 4 of the true counts (5 for the gravest" in found["note"]
        assert {each["code"] for each in found["not_collected"]} >= {"early-warnings"}

    def test_counts_a_contact_on_the_day_on_which_it_was_completed(self) -> None:
        by = make_actor("listener")
        with clock.at(datetime(2026, 6, 30, 20, tzinfo=UTC)):
            contact = keeping.begin(channel=Channel.CHAT, subject=uuid4(), by=by)
        with clock.at(datetime(2026, 8, 1, 9, tzinfo=UTC)):
            wrapping.wrap_up(
                contact_id=contact, contact_type="child-self", topics=("sextortion",), by=by
            )
        assert insafe(number=2).volume.answered == insafe(number=2).total == 0
        assert insafe(number=3).total == 1
        assert Fact.objects.get().recorded == date(2026, 8, 1)

    def test_says_that_a_code_was_not_there_then(self) -> None:
        make_contacts(18, topic="sextortion", day=date(2023, 2, 1))
        early = insafe(2023, 1)
        assert states_of(early, "topic")["sextortion"] is LineState.SHOWN
        for code in ("suicide", "self-harm", "sexual-coercion", "radicalisation"):
            assert states_of(early, "topic")[code] is LineState.NOT_COUNTED
        assert set(states_of(early, "where").values()) == {LineState.NOT_COUNTED}
        later = insafe(2023, 2)
        assert states_of(later, "topic")["suicide"] is LineState.UNDER_THRESHOLD
        assert "sextortion" not in states_of(later, "topic")

    def test_a_code_that_nothing_of_ours_leads_to_is_no_zero(self) -> None:
        make_contacts(1, topic="family-siblings")
        states = states_of(reports.chi_year(2026, seen_by=SYSTEM), "reason")
        unreached = {code for code, state in states.items() if state is LineState.NOT_COUNTED}
        assert unreached == set(topics(date(2026, 12, 31)).loss("chi").unreached)


@pytest.mark.django_db
class TestTheSameContactsAreTheSameNumber:
    def test_in_both_files_and_in_what_is_told_to_all(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Attack T3: the attacker who has every table has one number of a set, not several."""
        make_contacts(3, topic="scam", day=date(2025, 12, 1))  # the centre is there before
        units = make_contacts(31, topic="hate-speech")
        suicide = make_contacts(27, topic="mental-health-suicide")
        make_contacts(12, topic="family-siblings")
        while tick():
            pass
        topic = ("helpline.topics.met", "topic")
        monkeypatch.setattr(telling, "TABLES", {topic: telling.TABLES[topic]})
        assert telling.tell()
        everywhere = telling.printed(*topic, Q2.first, Q2.last, on=clock.today()).cells
        whole = Node(2026)
        of_year = telling.printed(*topic, whole.first, whole.last, on=clock.today()).cells
        quarterly = counts_of(insafe(), "topic")
        yearly = counts_of(reports.chi_year(2026, seen_by=SYSTEM), "reason")
        assert quarterly["hate-speech"] == number_of(units)
        assert everywhere["hate-speech"] == Sum(number_of(units), number_of(units))
        grave = number_of(suicide, Exposure.GRAVE)
        assert quarterly["suicide"] == yearly["mental-health/suicide"] == grave
        assert everywhere["mental-health-suicide"] == Sum(grave, grave)
        assert of_year["mental-health-suicide"] == Sum(grave, grave)

    def test_whenever_they_are_asked(self) -> None:
        make_contacts(31, topic="hate-speech")
        files = []
        for day in (date(2026, 8, 1), date(2026, 12, 30), date(2026, 12, 31), date(2027, 12, 1)):
            with clock.at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
                files.append(insafe())
        assert len({each.lines for each in files}) == 1
        assert [each.vintage for each in files] == [
            *[Vintage.PROVISIONAL] * 2,
            *[Vintage.FINAL] * 2,
        ]
        assert as_csv(files[0]) == as_csv(files[1])
        assert as_csv(files[2]) == as_csv(files[3])

    def test_late_contacts_change_no_earlier_file(self) -> None:
        """Attack T6: one more contact a week, a file after each."""
        make_contacts(31, topic="hate-speech")
        before = insafe().lines
        for week in range(3):
            make_contacts(1, topic="hate-speech", day=date(2026, 8, 3) + timedelta(weeks=week))
            assert insafe().lines == before


@pytest.mark.django_db
class TestAnAttacker:
    def test_sees_no_difference_between_none_and_few(self) -> None:
        """Attack T5: a topic with none and one with six say the same, to the byte."""
        make_contacts(6, topic="scam")
        make_contacts(30, topic="sextortion")
        found = as_object(insafe())["lines"]
        said = {line["code"]: line for line in found if line["dimension"] == "topic"}
        few, none = said["e-crime"], said["online-reputation"]
        assert {**few, "code": ""} == {**none, "code": ""}
        rows = [row for row in as_csv(insafe()).splitlines() if ",topic," in row]
        ends = {row.partition(",topic,")[2].partition(",")[2] for row in rows if "shown" not in row}
        assert len(ends) == 1

    def test_finds_no_sum_of_topics(self) -> None:
        make_contacts(30, topic="sextortion")
        assert not {line.code for line in insafe().lines} & {"all", "total", "sum"}

    def test_meets_a_noise_of_its_own_in_each_cut_of_ages(self) -> None:
        """Attack T12: bands cut differently are other sets, whose noises do not cancel out.

        The difference of 5 to 11 and of 5 to 8 with 9 to 11 has three noises in it: its deviation
        is at least 1.6.
        """
        differences = []
        for trial in range(400):
            young = [UUID(int=10_000 * trial + one) for one in range(40)]
            old = [UUID(int=10_000 * trial + 5_000 + one) for one in range(40)]
            keys = [sum(record_key(KEY, unit) for unit in some) for some in (young, old)]
            apart = [noise(KEY, each, Exposure.SENSITIVE) for each in keys]
            differences.append(noise(KEY, sum(keys), Exposure.SENSITIVE) - sum(apart))
        mean = sum(differences) / len(differences)
        variance = sum((each - mean) ** 2 for each in differences) / len(differences)
        assert variance**0.5 >= 1.6


@pytest.mark.django_db
def test_the_file_for_chi_counts_every_counselling_contact() -> None:
    make_contacts(12, topic="family-siblings")
    units = make_contacts(26, topic="sextortion")
    make_contacts(4, topic="", kind="silent")
    out = StringIO()
    call_command("chi", "--year", "2026", "--csv", stdout=out)
    text = out.getvalue()
    until = "2027-02-01T00:00:00+01:00"
    head, *rows = text.splitlines()
    assert head == "report,first,last,dimension,code,count,counted_until,state,reason"
    assert f"chi,2026-01-01,2026-12-31,contacts,all,38,{until},shown," in rows
    for code, count in (("answered", 42), ("counselling", 38), ("non-counselling", 4)):
        assert f",contacts,{code},{count},{until},shown" in text
    grave = number_of(units, Exposure.GRAVE)
    assert f",reason,violence/online-csae,{grave},{until},shown" in text
    assert f",reason,discrimination/other,,{until},under-threshold" in text
    assert ",channel,telephone,0," in text


@pytest.mark.django_db
def test_a_file_can_be_had_from_the_day_after_its_thirty_one() -> None:
    make_contacts(12, topic="sextortion")
    with clock.at(datetime(2026, 7, 31, 20, tzinfo=UTC)):
        with pytest.raises(PeriodWrong, match="1er août 2026"):
            insafe()
        with pytest.raises(CommandError):
            call_command("insafe", "--year", "2026", "--quarter", "2")
    with clock.at(datetime(2026, 7, 31, 22, 1, tzinfo=UTC)):  # past midnight here
        assert insafe().vintage is Vintage.PROVISIONAL
    assert reports.chi_year(2026, seen_by=SYSTEM).vintage is Vintage.PROVISIONAL
    assert insafe().vintage is Vintage.FINAL


@pytest.mark.django_db
def test_a_period_before_the_first_contact_has_no_file() -> None:
    make_contacts(12, topic="sextortion", day=date(2026, 5, 1))
    with pytest.raises(PeriodWrong):
        insafe(2026, 1)
    with pytest.raises(CommandError):
        call_command("chi", "--year", "2025")
    assert insafe(2026, 2).total == 12


@pytest.mark.django_db
def test_who_may_not_gets_no_file() -> None:
    with pytest.raises(PermissionDenied):
        reports.chi_year(2026, seen_by=ANYONE)
    with pytest.raises(CommandError):
        call_command("chi", "--year", "1")


@pytest.mark.django_db
def test_what_was_taken_is_written_down_and_nothing_of_it_is_kept() -> None:
    make_contacts(12, topic="sextortion")
    taking.take_insafe(year=2026, quarter=2, by=SYSTEM)
    assert Entry.objects.filter(event="helpline.report.taken").count() == 1


def test_only_periods_that_are_over_are_offered() -> None:
    assert quarters_over(date(2025, 12, 31), date(2026, 5, 1)) == [Node(2026, 1), Node(2025, 4)]
    assert quarters_over(date(2026, 5, 1), date(2026, 6, 30)) == []
    assert years_over(date(2024, 2, 1), date(2026, 1, 1)) == [Node(2025), Node(2024)]
    assert years_over(date(2026, 2, 1), date(2026, 12, 31)) == []
