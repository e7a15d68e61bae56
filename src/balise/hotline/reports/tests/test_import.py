import csv
import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_partner
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import key_of_line, keys_of_line
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.actions.intake.contents import Neighbours
from balise.hotline.reports.models import CONTENT_BODY, LINE, REPORT_BODY, Content, Report
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.imports.lines import Understood
from balise.hotline.reports.rules.words import Channel
from balise.hotline.reports.tests.test_import_files import AT, lines_of, only

pytestmark = pytest.mark.sqlite


def test_neighbours_stand_together_and_are_version_4() -> None:
    ids = Neighbours()
    found = [next(ids) for _ in range(1000)]

    assert len(set(found)) == 1000
    assert {one.version for one in found} == {4}
    assert len({one.bytes[:5] for one in found}) == 1
    assert len({one.bytes[5] for one in found}) > 200
    assert next(Neighbours()).bytes[:5] != found[0].bytes[:5]


@pytest.mark.django_db
class TestCommand:
    ROWS = (
        "address;category;received_at;reference\n"
        "https://a.example/;hate;2026-01-05;R-1\n"
        "https://b.example/;odd;;R-2\n"
        "http://localhost/;hate;;=R-3\n"
        "https://a.example/;;2026-01-04;R-4\n"
    )

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "reports.csv"
        file.write_text(self.ROWS, encoding="utf-8")
        return file

    def run(self, file: Path, *words: str) -> tuple[int, dict[str, object]]:
        told = io.StringIO()
        code = 0
        try:
            call_command("import_reports", str(file), "--json", *words, stdout=told)
        except SystemExit as end:
            code = int(str(end.code))
        outcome: dict[str, object] = orjson.loads(told.getvalue())
        return code, outcome

    def test_takes_the_good_lines_and_lists_the_others(
        self, file: Path, settings: Settings
    ) -> None:
        settings.TIME_ZONE = "Europe/Paris"
        code, outcome = self.run(file)

        assert code == 1
        assert (outcome["lines"], outcome["new"], outcome["refused"]) == (4, 2, 2)
        assert Report.objects.count() == 2
        assert set(Report.objects.values_list("channel", flat=True)) == {Channel.IMPORT}
        content = Content.objects.get()
        assert content.report_count == 2
        assert content.first_reported_at == datetime(2026, 1, 4, 11, 0, tzinfo=UTC)
        assert Entry.objects.filter(event="hotline.report.received").count() == 2

    def test_says_what_was_understood_of_an_address(self, tmp_path: Path) -> None:
        file = tmp_path / "spaces.csv"
        file.write_text(
            "address\nhttps://a.example/Mes images/a.png\nhttps://a.example/Mes photos/b.png\n"
            "https://a.example/c\n",
            encoding="utf-8",
        )

        code, outcome = self.run(file)

        assert (code, outcome["new"], outcome["noted"]) == (0, 3, 2)
        noted = cast("list[dict[str, Any]]", outcome["noted_lines"])
        assert [line["line"] for line in noted] == [2, 3]
        assert noted[0]["notes"][0]["code"] == "spaces-encoded"
        assert Content.objects.count() == 3

    def test_what_was_said_is_sealed_and_can_be_opened(self, file: Path) -> None:
        self.run(file)

        reports = list(Report.objects.order_by("received_at"))
        keys = keys_of_line(LINE, [report.id for report in reports])
        references = [
            Answers.from_fields(
                keys[report.id].open(report.sealed, where=REPORT_BODY, row=report.id)
            ).reference
            for report in reports
        ]
        assert references == ["R-4", "R-1"]
        content = Content.objects.get()
        place = key_of_line(LINE, content.id).open(
            content.sealed, where=CONTENT_BODY, row=content.id
        )
        assert place["canonical"] == "https://a.example/"

    def test_a_second_run_changes_nothing(self, file: Path) -> None:
        self.run(file)

        _, outcome = self.run(file)

        assert (outcome["new"], outcome["known"]) == (0, 2)
        assert Report.objects.count() == 2
        assert Content.objects.get().report_count == 2

    def test_goes_on_where_it_was_cut(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("balise.hotline.reports.management.commands.import_reports.AT_ONCE", 1)
        rows = [line for line in lines_of(self.ROWS) if isinstance(line, Understood)]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        submitting.take_in(lines=rows[:1], file=digest, by=SYSTEM)

        _, outcome = self.run(file)

        assert (outcome["new"], outcome["known"]) == (1, 1)

    def test_a_batch_that_fails_leaves_nothing(self, file: Path) -> None:
        rows = [line for line in lines_of(self.ROWS) if isinstance(line, Understood)]
        with transaction.atomic():
            submitting.take_in(lines=rows, file="0" * 64, by=SYSTEM)
            transaction.set_rollback(True)

        assert Report.objects.count() == Content.objects.count() == Entry.objects.count() == 0

    def test_a_dry_run_says_what_would_happen_and_writes_nothing(self, file: Path) -> None:
        code, would = self.run(file, "--dry-run")
        assert Report.objects.count() == 0
        _, did = self.run(file)
        _, again = self.run(file, "--dry-run")

        assert code == 1
        assert [would[name] for name in ("new", "known", "refused")] == [2, 0, 2]
        assert [did[name] for name in ("new", "known", "refused")] == [2, 0, 2]
        assert [again[name] for name in ("new", "known", "refused")] == [0, 2, 2]

    def test_refused_lines_can_be_corrected_and_imported(self, file: Path, tmp_path: Path) -> None:
        kept = tmp_path / "refused.csv"
        self.run(file, "--errors", str(kept))

        rows = list(csv.DictReader(io.StringIO(kept.read_text(encoding="utf-8")), delimiter=";"))
        assert [row["reference"] for row in rows] == ["R-2", "'=R-3"]
        assert all(row["reason"] for row in rows)
        assert kept.stat().st_mode & 0o077 == 0
        kept.write_text(
            kept.read_text(encoding="utf-8")
            .replace("odd", "hate")
            .replace("localhost", "c.example")
        )
        code, outcome = self.run(kept)

        assert (code, outcome["new"]) == (0, 2)
        assert Report.objects.count() == 4

    def test_json_lines_have_their_refused_lines_too(self, tmp_path: Path) -> None:
        file, kept = tmp_path / "reports.jsonl", tmp_path / "refused.jsonl"
        file.write_text('{"address": "https://a.example/"}\n{"address": "no"}\n[]\n')

        _, outcome = self.run(file, "--errors", str(kept))

        assert (outcome["new"], outcome["refused"]) == (1, 2)
        first, second = map(orjson.loads, kept.read_text().splitlines())
        assert first["address"] == "no"
        assert set(second) == {"reason"}

    def test_the_reports_may_be_a_partner_s(self, file: Path) -> None:
        partner = make_partner()

        self.run(file, "--as-partner", partner.name)

        assert set(Report.objects.values_list("partner", flat=True)) == {partner.id}

    @pytest.mark.parametrize(
        "words",
        [
            ["--as-partner", "nobody we know"],
            ["--format", "jsonl", "--errors", "reports.csv"],
        ],
    )
    def test_refuses_what_cannot_be_meant(self, file: Path, words: list[str]) -> None:
        words = [str(file) if word == file.name else word for word in words]
        with pytest.raises(CommandError) as refusal:
            self.run(file, *words)

        assert refusal.value.returncode == 2
        assert file.read_text(encoding="utf-8") == self.ROWS
        assert Report.objects.count() == 0

    def test_refuses_another_encoding_before_it_takes_anything(self, file: Path) -> None:
        file.write_bytes(self.ROWS.encode() + "https://d.example/;;;é\n".encode("cp1252"))

        with pytest.raises(CommandError, match="UTF-8"):
            self.run(file)

        assert Report.objects.count() == 0

    @pytest.mark.parametrize("name", ["nowhere.csv", "."])
    def test_a_file_that_cannot_be_read_is_one_line(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError):
            call_command("import_reports", str(tmp_path / name))

    def test_says_it_in_words(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told, errors = io.StringIO(), io.StringIO()
        with pytest.raises(SystemExit):
            call_command("import_reports", str(file), stdout=told, stderr=errors)

        assert "2" in told.getvalue()
        assert len(errors.getvalue().splitlines()) == 2


def piped(text: str) -> io.TextIOWrapper:
    """Return standard input as a pipe brings it: read once, and never again."""
    out, into = os.pipe()
    os.write(into, text.encode())
    os.close(into)
    return io.TextIOWrapper(os.fdopen(out, "rb"))


@pytest.mark.django_db
class TestStandardInput:
    def run(self, given: io.TextIOWrapper, *words: str) -> tuple[int, dict[str, object]]:
        with pytest.MonkeyPatch.context() as patch, given:
            patch.setattr("sys.stdin", given)
            return TestCommand().run(Path("-"), *words)

    def test_is_read_as_a_file_would_be(self) -> None:
        code, outcome = self.run(piped(TestCommand.ROWS))

        assert (code, outcome["file"]) == (1, "-")
        assert (outcome["lines"], outcome["new"], outcome["refused"]) == (4, 2, 2)
        refused = cast("list[dict[str, object]]", outcome["refused_lines"])
        assert [line["line"] for line in refused] == [3, 4]
        assert Report.objects.count() == 2

    def test_may_be_json_lines(self) -> None:
        code, outcome = self.run(piped('\ufeff{"address": "https://a.example/"}\n[]\n'))

        assert (code, outcome["new"], outcome["refused"]) == (1, 1, 1)

    def test_may_be_a_file_that_the_shell_opened(self, tmp_path: Path) -> None:
        file = tmp_path / "reports"
        file.write_text(TestCommand.ROWS, encoding="utf-8")
        _, outcome = self.run(file.open(encoding="utf-8"))

        assert outcome["new"] == 2
        with pytest.raises(CommandError):
            self.run(file.open(encoding="utf-8"), "--errors", str(file))
        assert file.read_text(encoding="utf-8") == TestCommand.ROWS

    def test_a_dry_run_says_what_would_happen_and_writes_nothing(self) -> None:
        _, would = self.run(piped(TestCommand.ROWS), "--dry-run")

        assert [would[name] for name in ("new", "known", "refused")] == [2, 0, 2]
        assert Report.objects.count() == 0

    def test_is_known_again_whichever_way_it_comes(self, tmp_path: Path) -> None:
        file = tmp_path / "reports.csv"
        file.write_text(TestCommand.ROWS, encoding="utf-8")
        TestCommand().run(file)

        _, outcome = self.run(piped(TestCommand.ROWS))

        assert (outcome["new"], outcome["known"]) == (0, 2)

    def test_refused_lines_are_kept_apart(self, tmp_path: Path) -> None:
        kept = tmp_path / "refused.csv"
        self.run(piped(TestCommand.ROWS), "--errors", str(kept))

        assert len(kept.read_text(encoding="utf-8").splitlines()) == 3

    @pytest.mark.parametrize("given", ["", "no;such;columns\n"])
    def test_that_is_no_table_is_refused_in_one_line(self, given: str) -> None:
        with pytest.raises(CommandError):
            self.run(piped(given))


@pytest.mark.django_db
def test_a_batch_of_any_moment_keeps_the_earliest() -> None:
    rows = [
        Understood(
            n, only(lines_of("address\nhttps://a.example/\n")).answers, AT - timedelta(days=n)
        )
        for n in range(1, 4)
    ]
    submitting.take_in(lines=rows, file="1" * 64, by=SYSTEM)

    assert Content.objects.get().first_reported_at == AT - timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_two_processes_lose_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("balise.hotline.reports.management.commands.import_reports.AT_ONCE", 50)
    file = tmp_path / "reports.csv"
    rows = [f"https://site{n % 70}.example/" if n % 97 else "not one" for n in range(1, 1001)]
    file.write_text("address\n" + "\n".join(rows) + "\n", encoding="utf-8")

    told = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_reports", str(file), "--json", "--workers", "2", stdout=told)

    outcome = orjson.loads(told.getvalue())
    assert (outcome["new"], outcome["refused"]) == (990, 10)
    numbers = [refused["line"] for refused in outcome["refused_lines"]]
    assert numbers == sorted(numbers)
    assert Report.objects.count() == 990
    assert Content.objects.count() == 70
    assert sum(Content.objects.values_list("report_count", flat=True)) == 990
    assert Entry.objects.filter(event="hotline.report.received").count() == 990
