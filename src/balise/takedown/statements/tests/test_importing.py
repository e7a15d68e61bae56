"""Dumps: read as published, once, with what is corrupt written down; never counted as ours."""

import json
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from balise.foundation.journal.models import Entry
from balise.takedown.directory.actions import read_packs
from balise.takedown.directory.models import Organisation
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact
from balise.takedown.notices.models import Notice
from balise.takedown.statements.actions import importing
from balise.takedown.statements.models import CorruptRow, Dump, Match, Statement
from balise.takedown.statements.rules.dumps import DumpUnreadable, platform_in
from balise.takedown.statements.tests.makers import (
    OUTSIDER,
    make_csv,
    make_form,
    make_row,
    make_sent,
    make_zip,
    read,
)

pytestmark = pytest.mark.django_db


def form_of(entry: str) -> UUID:
    """Return an approved form of an organisation that the packs brought."""
    organisation = Organisation.objects.get(pack_key=entry)
    return make_contact(organisation.id, "https://forms.example/flag", kind=ContactKind.FORM)


class TestRead:
    def test_proposes_the_notice_that_a_statement_may_answer(self) -> None:
        notice = make_sent()

        outcome = read(make_csv(make_row()))

        assert (outcome.rows, outcome.kept, outcome.new, outcome.proposed) == (1, 1, 1, 1)
        match = Match.objects.get()
        assert (match.notice_id, match.state) == (notice, "proposed")
        assert match.score >= 70
        (fact,) = Entry.objects.filter(event="takedown.dump.read")
        assert fact.facts == {"corrupt": 0, "kept": 1, "rows": 1}

    def test_reads_the_same_file_once(self) -> None:
        make_sent()
        content = make_csv(make_row(), make_row(source_type="nonsense"))
        read(content)

        again = read(content)

        assert (again.rows, again.kept, again.new, again.proposed) == (2, 1, 0, 0)
        counts = (Dump.objects.count(), Statement.objects.count(), Match.objects.count())
        assert (*counts, CorruptRow.objects.count()) == (1, 1, 1, 1)

    def test_the_same_statement_in_another_file_is_the_same(self) -> None:
        make_sent()
        row = make_row()
        read(make_csv(row))
        read(make_csv(row, make_row()))

        assert Statement.objects.count() == 2

    def test_keeps_nobodys_words(self) -> None:
        make_sent()
        read(make_csv(make_row(decision_facts="canary", source_identity="canary")))

        kept = json.dumps(list(Statement.objects.values()), default=str)
        assert "decision" in kept
        assert "canary" not in kept

    @pytest.mark.parametrize(
        "change",
        [
            {"platform_name": "Another"},
            {"source_type": "SOURCE_VOLUNTARY"},
            {"source_type": "SOURCE_TYPE_OTHER_NOTIFICATION"},
            {"application_date": "2020-05-01"},
        ],
    )
    def test_passes_over_what_answers_no_notice(self, change: dict[str, str]) -> None:
        make_sent()

        outcome = read(make_csv(make_row(**change)))

        assert (outcome.rows, outcome.kept, outcome.corrupt) == (1, 0, 0)

    @pytest.mark.parametrize(
        "name", ["X", "Twitter", "X (Twitter)", "x internet unlimited company"]
    )
    def test_knows_a_platform_by_the_names_that_the_database_gives_it(self, name: str) -> None:
        read_packs(country="fr")
        make_sent(form_of("x"))

        outcome = read(make_csv(make_row(platform_name=name)))

        assert (outcome.kept, outcome.strangers) == (1, {})

    def test_keeps_services_of_one_firm_apart(self) -> None:
        read_packs(country="fr")
        make_sent(form_of("facebook"))

        outcome = read(
            make_csv(make_row(platform_name="Facebook"), make_row(platform_name="Instagram"))
        )

        assert (outcome.kept, outcome.strangers) == (1, {})
        assert Statement.objects.get().host.pack_key == "facebook"

    def test_names_the_platforms_that_the_directory_does_not_know(self) -> None:
        make_sent()
        make_form("Autre Réseau")  # known, and never told

        outcome = read(
            make_csv(
                make_row(),
                make_row(platform_name="Autre Réseau"),
                make_row(platform_name="Stranger"),
                make_row(platform_name="Stranger"),
                make_row(platform_name="Another", source_type="SOURCE_VOLUNTARY"),
            )
        )

        assert (outcome.rows, outcome.kept) == (5, 1)
        assert outcome.strangers == {"Stranger": 2}

    def test_writes_corrupt_rows_down_and_goes_on(self) -> None:
        make_sent()
        sound = make_csv(make_row())
        header, rest = sound.split(b"\n", 1)
        content = (
            header
            + b"\nonly,three,cells\n"
            + make_csv(
                make_row(content_date="soon"),
                make_row(category="NOTHING"),
                make_row(uuid="x"),
                make_row(application_date=""),
            ).split(b"\n", 1)[1]
            + rest
        )

        outcome = read(content)

        assert (outcome.rows, outcome.kept, outcome.corrupt) == (6, 1, 5)
        assert [row.why for row in CorruptRow.objects.order_by("line")] == [
            "cells",
            "content_date",
            "category",
            "puid",
            "application_date",
        ]

    def test_counts_every_corrupt_row_and_records_some(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "MOST_RECORDED", 3)

        outcome = read(make_csv() + b"x\n" * 10)

        assert (outcome.corrupt, CorruptRow.objects.count()) == (10, 3)

    def test_reads_archives_within_archives(self) -> None:
        make_sent()
        inner = make_zip(**{"sor-0__csv": make_csv(make_row())})
        content = make_zip(
            **{"sor-0__csv__zip": inner, "b__csv": make_csv(make_row()), "readme__txt": b"hello"}
        )

        assert read(content, name="day.zip").kept == 2

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"a,b\n1,2\n",
            make_zip(readme__txt=b"hello"),
            make_zip(a__csv=b"0" * 30_000_000),
            make_zip(a__csv=make_csv(make_row()))[:-40] + b"broken",
        ],
    )
    def test_refuses_what_is_no_dump(self, content: bytes) -> None:
        with pytest.raises(DumpUnreadable):
            read(content)
        assert not Dump.objects.exists()

    def test_an_archive_in_an_archive_in_an_archive_is_not_opened(self) -> None:
        deep = make_zip(a__zip=make_zip(a__zip=make_zip(a__csv=make_csv(make_row()))))

        with pytest.raises(DumpUnreadable):
            read(deep)

    def test_a_files_name_or_the_operator_says_whose_the_rows_are(self) -> None:
        make_sent()
        columns = tuple(name for name in make_row() if name != "platform_name")
        content = make_csv(make_row(), columns=columns)

        with pytest.raises(DumpUnreadable):
            read(content, name="rows.csv")
        assert read(content, name="rows.csv", host="réseau exemple").kept == 1
        assert read(content, name="sor-réseau-exemple-2026-11-03-full.csv").kept == 1
        assert platform_in("sor-global-2026-11-03-full.zip") == ""

    def test_what_platforms_count_is_never_ours(self) -> None:
        make_sent()
        outcome = read(make_csv(make_row(), make_row(), make_row(source_type="SOURCE_ARTICLE_16")))

        assert outcome.by_source == {"SOURCE_ARTICLE_16": 1, "SOURCE_TRUSTED_FLAGGER": 2}
        assert Notice.objects.count() == 1
        assert not Entry.objects.filter(event="takedown.notice.outcome-recorded").exists()

    def test_asks_for_the_right(self) -> None:
        with pytest.raises(PermissionDenied):
            read(make_csv(), by=OUTSIDER)

    def test_many_statements_may_answer_one_notice(self) -> None:
        make_sent()

        outcome = read(make_csv(*(make_row() for _ in range(300))))

        assert outcome.proposed == Match.objects.filter(state="proposed").count() == 300


class TestCommand:
    def test_says_what_became_of_each_file(self, tmp_path: Path) -> None:
        make_sent()
        first, second = tmp_path / "a.csv", tmp_path / "b.zip"
        first.write_bytes(make_csv(make_row()))
        second.write_bytes(make_zip(b__csv=make_csv(make_row(), make_row(source_type="?"))))

        told = StringIO()
        call_command("statements", "import", str(first), str(second), "--json", stdout=told)

        lines = [json.loads(line) for line in told.getvalue().splitlines()]
        assert [(line["file"], line["rows"], line["corrupt"]) for line in lines] == [
            ("a.csv", 1, 0),
            ("b.zip", 2, 1),
        ]

    def test_says_which_platforms_the_directory_does_not_know(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(make_csv(make_row(platform_name="Stranger")))
        told = StringIO()
        call_command("statements", "import", str(file), stdout=told)
        assert "Stranger (1)" in told.getvalue()

    def test_refuses_a_file_that_is_not_what_its_sum_says(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(make_csv(make_row()))
        file.with_name("a.csv.sha1").write_text("0" * 40 + "  a.csv\n")

        with pytest.raises(CommandError, match="sha1"):
            call_command("statements", "import", str(file), stdout=StringIO())

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            call_command("statements", "import", str(tmp_path / "none.csv"), stdout=StringIO())
