"""The archive is recounted by the nodes of a cluster as it is here, and nothing secret is sent."""

import os
import pickletools
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from pytest_django import Settings
from tests import temporary
from tests.ray_nodes import Nodes

from balise.foundation.cluster import ClusterFailed, checked
from balise.foundation.files.storage import storage_at
from balise.foundation.files.tests.makers import s3_server
from balise.foundation.limited.child import CannotWork
from balise.foundation.statistics.archive.grouping import document_of, group_stored
from balise.foundation.statistics.archive.months import PLACE, ArchiveFaulty, EventFile, Month
from balise.foundation.statistics.archive.recounting import count_archived, question_of
from balise.foundation.statistics.archive.writing import archive
from balise.foundation.statistics.counting import recount
from balise.foundation.statistics.measures import MEASURES as ALL
from balise.foundation.statistics.tests.hives import (
    ALWAYS,
    MEASURES,
    apiary,
    hive,
    house,
    noon,
    place,
    tell,
)
from balise.foundation.stored import Bucket

__all__ = ["apiary", "place"]  # fixtures


class TestWhatIsSent:
    def test_what_any_measure_asks_is_ids_codes_and_numbers(self) -> None:
        for measure in ALL.values():
            names = (*measure.by, measure.day, measure.amount, *dict(measure.only))
            file = EventFile(
                event=measure.counts.name,
                sha256="0" * 64,
                rows=1,
                since=datetime(2026, 3, 1, tzinfo=UTC),
                until=datetime(2026, 4, 1, tzinfo=UTC),
                columns={name: "VARCHAR" for name in names if name},
            )
            checked(document_of("archive/a/2026-03/b-0.parquet", "0", [question_of(measure, file)]))

    def test_what_a_node_imports_knows_no_setting_no_table_and_no_key(self) -> None:
        asked = (
            "import sys, balise.foundation.cluster, balise.foundation.statistics.archive.grouping\n"
            "known = ('django', 'cryptography', 'pyrage', 'balise.config')\n"
            "print([name for name in known if name in sys.modules])"
        )
        answer = subprocess.check_output([sys.executable, "-c", asked], text=True)  # noqa: S603
        assert answer.strip() == "[]"


@pytest.mark.extra
@pytest.mark.django_db
class TestTask:
    @pytest.fixture
    def document(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        monkeypatch.setenv("BALISE_STORAGE", str(place))
        tell(hive(noon(1)), hive(noon(2)))
        (month,) = archive(ALWAYS)
        (file,) = month.files
        questions = [question_of(measure, file) for measure in MEASURES[:2]]
        return document_of(month.place_of(file), file.sha256, questions)

    def test_answers_each_question(self, document: dict[str, Any]) -> None:
        first, second = group_stored(orjson.loads(orjson.dumps(document)))
        assert [row[2:] for row in first] == [(1, 0, [])]
        assert [row[2:] for row in second] == [(1, 0, ["", "bee", "yes", 1])]

    def test_says_what_is_wrong(
        self, document: dict[str, Any], place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = place / document["name"]
        file.write_bytes(file.read_bytes() + b"\0")
        for code, storage in (("changed", place), ("gone", place / "other"), ("no-storage", "")):
            monkeypatch.setenv("BALISE_STORAGE", str(storage))
            with pytest.raises(CannotWork, match=code):
                group_stored(document)

    def test_reads_a_bucket_with_the_keys_of_its_own_environment(
        self, document: dict[str, Any], place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with s3_server(monkeypatch) as endpoint:
            bucket = storage_at(Bucket("nodes", "balise", endpoint, "us-east-1"))
            cast("Any", bucket).connection.create_bucket(Bucket="nodes")
            where = f"s3://nodes/balise?endpoint={endpoint}&region=us-east-1"
            monkeypatch.setenv("BALISE_STORAGE", where)
            with pytest.raises(CannotWork, match="gone"):
                group_stored(document)
            bucket.save(document["name"], ContentFile((place / document["name"]).read_bytes()))
            assert len(group_stored(document)) == 2
        with pytest.raises(CannotWork, match="unreadable"):
            group_stored(document)


@pytest.mark.extra
@pytest.mark.django_db
class TestRecount:
    @pytest.fixture(autouse=True)
    def months(self, ray_nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> list[Month]:
        """Archive ten months where the nodes read them."""
        shutil.rmtree(ray_nodes.stored / PLACE, ignore_errors=True)
        house(monkeypatch, FileSystemStorage(location=ray_nodes.stored))
        told = [
            hive(noon(month, day), opened_on=date(2026, 1, 3) if day % 3 else None)
            for month in range(1, 11)
            for day in range(1, 8)
        ]
        tell(*told, hive(noon(11)))
        return archive(ALWAYS)

    def test_equals_the_tallies_though_a_node_is_killed(
        self, ray_nodes: Nodes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import ray  # noqa: PLC0415 - an extra

        sent: list[Any] = []
        context = ray._private.serialization.SerializationContext
        serialize = context.serialize

        def note_what_is_sent(self: Any, value: Any) -> Any:
            sent.append(value)
            return serialize(self, value)

        monkeypatch.setattr(context, "serialize", note_what_is_sent)
        seen: list[int] = []

        def note(count: int) -> None:
            if not seen:
                ray_nodes.kill_one()
            seen.append(count)

        held = count_archived(MEASURES, seen=note, ray=ray_nodes.address)
        assert held == count_archived(MEASURES)
        found = {each.name: recount(each, archived=held[each.name]) for each in MEASURES}
        assert {name for name, each in found.items() if not each.agrees} == set()
        assert len(seen) == 10 * (len(MEASURES) - 1), "no hive was closed"

        # Ray puts a mark of its own, in octets too, before each argument.
        octets = [value for value in sent if isinstance(value, bytes)]
        documents = [orjson.loads(value) for value in octets if value != b"__RAY_DUMMY__"]
        assert len(documents) == 10
        for document in documents:
            checked(document)
            assert set(document) == {"name", "sha256", "questions"}
        others = {value for value in sent if not isinstance(value, bytes)}
        assert others <= {"balise.foundation.statistics.archive.grouping", "group_stored", 600}
        everything = repr(sent)
        for secret in (configured.SECRET_KEY, str(ray_nodes.stored), str(configured.HOME)):
            assert secret not in everything

    def test_the_function_that_is_sent_is_a_name(self) -> None:
        from ray import cloudpickle  # noqa: PLC0415 - an extra

        from balise.foundation import cluster  # noqa: PLC0415

        dumps: Any = cloudpickle.dumps
        pickled = dumps(cluster._answer)
        words = [value for _code, value, _at in pickletools.genops(pickled) if type(value) is str]
        assert words == ["balise.foundation.cluster", "_answer"]

    def test_a_file_that_was_changed_is_not_counted(
        self, ray_nodes: Nodes, months: list[Month]
    ) -> None:
        file = ray_nodes.stored / months[4].place_of(months[4].files[0])
        file.write_bytes(file.read_bytes()[:-1])
        with pytest.raises(ArchiveFaulty, match="changed or cut"):
            count_archived(MEASURES, ray=ray_nodes.address)

    def test_the_command_says_that_no_cluster_answers(
        self, ray_nodes: Nodes, settings: Settings
    ) -> None:
        settings.RAY = f"127.0.0.1:{temporary.free_port()}"
        with pytest.raises(CommandError, match="No Ray cluster answers") as refused:
            call_command("statistics", "recount", "--archive")
        assert refused.value.returncode == os.EX_UNAVAILABLE
        with pytest.raises(ClusterFailed):
            count_archived(MEASURES, ray=settings.RAY)
