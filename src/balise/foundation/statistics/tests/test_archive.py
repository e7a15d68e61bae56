"""A recount from the archive finds what the tallies say, cell by cell."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from balise.foundation import clock
from balise.foundation.files.storage import storage_at
from balise.foundation.files.tests.makers import s3_server
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Cursor, Entry
from balise.foundation.journal.testing import lifted_guards
from balise.foundation.statistics import counting
from balise.foundation.statistics.archive.engine import EngineFailed, engine
from balise.foundation.statistics.archive.months import ArchiveFaulty, Month, archived
from balise.foundation.statistics.archive.recounting import count_archived
from balise.foundation.statistics.archive.writing import archive
from balise.foundation.statistics.counting import Comparison, recount
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.models import LateMonthTally, LateTally, MonthTally, Tally
from balise.foundation.statistics.tests.hives import (
    ALWAYS,
    MEASURES,
    HiveOpened,
    apiary,
    days,
    facts,
    hive,
    house,
    noon,
    place,
    tell,
)
from balise.foundation.stored import Bucket

__all__ = ["apiary", "place"]  # fixtures

pytestmark = [pytest.mark.extra, pytest.mark.django_db]


def recounted() -> dict[str, Comparison]:
    held = count_archived(MEASURES)
    return {each.name: recount(each, archived=held[each.name]) for each in MEASURES}


class TestEquals:
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(first=facts, then=facts, before=days)
    def test_every_table_whatever_is_archived(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        first: list[tuple[Event, datetime]],
        then: list[tuple[Event, datetime]],
        before: date,
    ) -> None:
        with pytest.MonkeyPatch.context() as patch, transaction.atomic():
            house(patch, FileSystemStorage(location=tmp_path_factory.mktemp("house")))
            tell(*first)
            archive(before)
            tell(*then)  # some of it in months that are archived
            archive(ALWAYS)

            found = recounted()
            assert {name for name, each in found.items() if not each.agrees} == set()
            assert sum(each.entries for each in found.values()) == sum(
                recount(each).entries for each in MEASURES
            )
            transaction.set_rollback(True)

    def test_the_same_in_another_zone(self) -> None:
        turned = datetime(2026, 3, 8, 10, tzinfo=UTC)  # 2 o'clock in Los Angeles
        from django.utils import timezone  # noqa: PLC0415

        with timezone.override("America/Los_Angeles"):
            told = [hive(turned + timedelta(hours=by, microseconds=-1)) for by in range(-40, 40)]
            tell(*told, hive(noon(5)))
            assert [month.month for month in archive(ALWAYS)] == ["2026-03"]
            held = count_archived(MEASURES)
            assert held["orchard.hours"].entries == 80
            assert {cell.codes for cell in held["orchard.hours"].figures} >= {
                "calm=yes&half_hour=01:30",
                "calm=yes&half_hour=03:30",
            }
            assert all(each.agrees for each in recounted().values())

    def test_late_facts_of_one_day_are_told_apart_by_the_day_of_their_record(self) -> None:
        on = date(2026, 1, 3)
        days = (2, 3, 3, 10, 12)
        tell(*(hive(noon(1, day), opened_on=on) for day in days), hive(noon(2)))
        archive(ALWAYS)
        assert all(each.agrees for each in recounted().values())

    def test_from_a_bucket(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with s3_server(monkeypatch) as endpoint:
            bucket = storage_at(Bucket("kept", "balise", endpoint, "us-east-1"))
            cast("Any", bucket).connection.create_bucket(Bucket="kept")
            house(monkeypatch, bucket)
            tell(hive(noon(1)), hive(noon(2)), hive(noon(3)))
            first, _second = archive(ALWAYS)
            assert archive(ALWAYS) == []
            assert all(each.agrees for each in recounted().values())

            name = first.place_of(first.files[0])
            default_storage.delete(name)
            with pytest.raises(ArchiveFaulty, match="gone"):
                count_archived(MEASURES)
            default_storage.save(name, ContentFile(b"another"))
            with pytest.raises(ArchiveFaulty, match="changed or cut"):
                count_archived(MEASURES)

    @pytest.mark.parametrize("table", [Tally, MonthTally, LateTally, LateMonthTally])
    def test_a_table_that_differs_is_found(self, table: counting.Table) -> None:
        tell(hive(noon(1)), hive(noon(2), opened_on=date(2026, 1, 3)), hive(noon(3)))
        archive(ALWAYS)
        assert recounted()["orchard.late"].agrees

        late = table._default_manager.filter(measure="orchard.late").first()
        assert late is not None
        late.total += 1
        late.save()
        assert len(recounted()["orchard.late"].differences) == 1

    def test_the_archive_is_what_is_read(self) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        archive(ALWAYS)
        Tally.objects.all().delete()
        held = count_archived(MEASURES)
        assert (held["orchard.opened"].until, held["orchard.opened"].entries) == (1, 1)

    def test_what_the_tallies_have_not_heard_is_left_to_them(self) -> None:
        tell(hive(noon(1)), hive(noon(2)), hive(noon(3)))
        archive(ALWAYS)
        Cursor.objects.filter(name=counting.SUBSCRIBER).update(seq=1)
        assert count_archived(MEASURES)["orchard.opened"].until == 1


class TestWriting:
    def test_a_month_is_written_once_it_ended_and_the_line_went_on(self) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        assert [month.month for month in archive(date(2026, 1, 31))] == []
        assert [month.month for month in archive(date(2026, 2, 1))] == ["2026-01"]
        assert archive(ALWAYS) == []
        tell(hive(noon(4)))
        assert [month.month for month in archive(ALWAYS)] == ["2026-02"]

    def test_told_late_it_stands_where_it_was_linked(self) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        archive(ALWAYS)
        tell(hive(noon(1)))
        tell(hive(noon(3)))
        (month,) = archive(ALWAYS)
        assert (month.month, month.first, month.last) == ("2026-02", 2, 3)

    def test_the_same_again_is_the_same_file(self, place: Path) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        (month,) = archive(ALWAYS)
        (place / month.name).unlink()  # as if it had been stopped before its manifest
        assert archive(ALWAYS) == [month]

    def test_a_file_that_is_another_is_never_overwritten(self, place: Path) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        (month,) = archive(ALWAYS)
        (place / month.name).unlink()
        file = place / month.place_of(month.files[0])
        file.write_bytes(b"another")
        with pytest.raises(ArchiveFaulty, match="not overwritten"):
            archive(ALWAYS)
        assert file.read_bytes() == b"another"

    def test_who_and_whom_stay_in_the_journal(self, place: Path) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        (month,) = archive(ALWAYS)
        path = place / month.place_of(month.files[0])
        with engine(place) as database:
            rows = database.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()  # noqa: S608
        names = [name for name, *_ in rows]
        facts = ["calm", "frames", "kind", "opened_on", "signs", "size"]
        assert names == ["_seq", "_at", *facts]
        assert month.files[0].columns["opened_on"] == "DATE"

    def test_an_altered_entry_is_not_archived(self) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        with lifted_guards():
            Entry.objects.filter(event=HiveOpened.name).update(subject=uuid4())
        with pytest.raises(ArchiveFaulty, match="not what was linked"):
            archive(ALWAYS)


class TestRefused:
    @pytest.fixture
    def months(self) -> list[Month]:
        tell(hive(noon(1)), hive(noon(2)), hive(noon(3)), hive(noon(4)))
        return archive(ALWAYS)

    def test_a_file_that_was_altered_cut_or_removed(self, place: Path, months: list[Month]) -> None:
        file = place / months[1].place_of(months[1].files[0])
        whole = file.read_bytes()
        for content in (whole[:-1], whole + b"\0", bytes([whole[0] ^ 1]) + whole[1:], b""):
            file.write_bytes(content)
            with pytest.raises(ArchiveFaulty, match="changed or cut"):
                count_archived(MEASURES)
        file.unlink()
        with pytest.raises(ArchiveFaulty, match="gone"):
            count_archived(MEASURES)

    def test_a_manifest_that_was_altered_or_removed(self, place: Path, months: list[Month]) -> None:
        manifest = place / months[1].name
        whole = manifest.read_text()
        document = json.loads(whole)
        document["files"][0]["rows"] = 7
        for content in (json.dumps(document), whole.replace('"rows": 1', '"rows": 7'), "{}", ""):
            assert content != whole
            manifest.write_text(content)
            with pytest.raises(ArchiveFaulty):
                archived("orchard")
        manifest.unlink()
        with pytest.raises(ArchiveFaulty, match="does not follow"):
            archived("orchard")

    def test_a_path_in_a_manifest_leads_nowhere(self, place: Path, months: list[Month]) -> None:
        manifest = place / months[-1].name
        manifest.write_text(manifest.read_text().replace(HiveOpened.name, "../../etc"))
        with pytest.raises(ArchiveFaulty, match="no manifest"):
            archived("orchard")

    def test_an_archive_of_another_journal(self, place: Path, months: list[Month]) -> None:
        manifest = place / months[-1].name
        manifest.write_text(manifest.read_text().replace(months[-1].hash, "0" * 64))
        with pytest.raises(ArchiveFaulty, match="another journal"):
            archived("orchard")

    def test_a_value_that_is_no_number(self, months: list[Month]) -> None:
        measure = Measure("orchard.odd", counts=HiveOpened, amount="kind")
        with pytest.raises(EngineFailed, match="refuses"):
            count_archived([measure])


class TestCommand:
    @pytest.fixture(autouse=True)
    def now(self) -> Iterator[None]:
        with clock.at(noon(6)):
            yield

    def test_archives_and_recounts(self, capsys: pytest.CaptureFixture[str]) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        call_command("statistics", "archive", "--before", "2026-03-01")
        assert "orchard 2026-01: 1 entries, " in capsys.readouterr().out
        call_command("statistics", "archive", "--before", "2026-03-01")
        assert "Nothing to archive" in capsys.readouterr().out
        call_command("statistics", "recount", "--archive")
        assert "orchard.opened: 2 entries, the tallies agree" in capsys.readouterr().out

    def test_says_what_is_wrong(self, place: Path) -> None:
        tell(hive(noon(1)), hive(noon(2)))
        (month,) = archive(ALWAYS)
        (place / month.place_of(month.files[0])).unlink()
        with pytest.raises(CommandError, match="is gone"):
            call_command("statistics", "recount", "--archive")
