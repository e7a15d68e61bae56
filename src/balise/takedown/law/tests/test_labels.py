"""Label packs come in from a file, whole, each version once; none is shipped."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError

from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry
from balise.takedown.law import actions, queries
from balise.takedown.law.rules.labels import LabelKind, LabelsFaulty, loss_of, read_labels
from balise.takedown.law.rules.mappings import SCHEMES


def make_document(**given: Any) -> dict[str, Any]:
    """Return a small pack with invented labels."""
    return {
        "namespace": "invented",
        "version": "1.0",
        "labels": [
            {
                "section": "demographic",
                "code": "D-1",
                "label": {"en": "Very young", "fr": "Très jeune"},
                "definition": {"en": "Seems to be an infant."},
            },
            {"section": "demographic", "code": "D-2", "label": {"en": "Baby"}},
            {"section": "investigative", "code": "I-1", "label": {"en": "Landmark seen"}},
        ],
        "mappings": [
            {"label": "D-1", "kind": "fact", "of": "age", "code": "infant"},
            {"label": "D-2", "kind": "fact", "of": "age", "code": "infant"},
            {"label": "D-1", "kind": "offence", "of": "fr", "code": "csam-sharing"},
            {"label": "D-1", "kind": "scheme", "of": "iccam.ageCategorization", "code": "2"},
        ],
    } | given


class TestReading:
    def test_keeps_the_words_and_the_meanings(self) -> None:
        pack = read_labels(make_document())

        assert [label.code for label in pack.labels] == ["D-1", "D-2", "I-1"]
        assert pack.labels[0].label.in_language("fr") == "Très jeune"
        assert [one.kind for one in pack.meanings if one.label == "D-1"] == [*LabelKind]

    @pytest.mark.parametrize(
        "fault",
        [
            {"namespace": "Not A Name"},
            {"version": "newest"},
            {"labels": []},
            {"labels": "none"},
            {"labels": [{"section": "s", "code": "a", "label": {"en": "x"}}] * 2},
            {"labels": [{"section": "s", "code": "a", "label": "x"}]},
            {"labels": [{"section": "s", "code": "a b", "label": {"en": "x"}}]},
            {"mappings": [{"label": "D-9", "kind": "fact", "of": "age", "code": "infant"}]},
            {"mappings": [{"label": "D-1", "kind": "fact", "of": "age", "code": "old"}]},
            {"mappings": [{"label": "D-1", "kind": "fact", "of": "hat", "code": "x"}]},
            {"mappings": [{"label": "D-1", "kind": "hat", "of": "age", "code": "infant"}]},
            {"mappings": [{"label": "D-1", "kind": "offence", "of": "zz", "code": "x"}]},
            {"mappings": [{"label": "D-1", "kind": "scheme", "of": "iccam.hat", "code": "2"}]},
            {"parking": 1},
        ],
    )
    def test_refuses_a_fault(self, fault: dict[str, Any]) -> None:
        with pytest.raises(LabelsFaulty):
            read_labels(make_document(**fault))

    def test_refuses_what_is_no_table(self) -> None:
        with pytest.raises(LabelsFaulty):
            read_labels([])  # type: ignore[arg-type]

    def test_says_what_is_lost(self) -> None:
        loss = loss_of(read_labels(make_document()))

        assert loss.unread == ("I-1",)
        assert "age=infant" not in loss.unsaid
        assert "age=pubescent" in loss.unsaid
        assert loss.merged == {"age=infant": ("D-1", "D-2")}


@pytest.mark.django_db
class TestImport:
    def test_brings_a_version_in_once(self) -> None:
        assert actions.import_labels(document=make_document(), by=SYSTEM).is_new
        assert not actions.import_labels(document=make_document(), by=SYSTEM).is_new

        (imported,) = queries.label_packs()
        assert imported.pack == read_labels(make_document())
        entry = Entry.objects.get(event="takedown.labels.imported")
        assert entry.facts["labels"] == 3

    def test_refuses_other_labels_under_the_same_version(self) -> None:
        actions.import_labels(document=make_document(), by=SYSTEM)

        with pytest.raises(actions.VersionTaken):
            actions.import_labels(document=make_document(mappings=[]), by=SYSTEM)
        assert actions.import_labels(document=make_document(version="1.1"), by=SYSTEM).is_new

    def test_refuses_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.import_labels(document=make_document(), by=ANYONE)


@pytest.mark.django_db
class TestCommands:
    def test_imports_and_lists(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "labels.json"
        file.write_text(json.dumps(make_document()), encoding="utf-8")

        call_command("labels", "import", str(file), "--json")
        told = json.loads(capsys.readouterr().out)
        assert (told["new"], told["labels"], told["loss"]["unread"]) == (True, 3, ["I-1"])

        call_command("labels", "import", str(file))
        assert "invented 1.0: 3 labels" in capsys.readouterr().out
        call_command("labels", "list", "--json")
        assert json.loads(capsys.readouterr().out)["version"] == "1.0"

    def test_reads_toml(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "labels.toml"
        file.write_text(
            'namespace = "invented"\nversion = "2"\n'
            '[[labels]]\nsection = "s"\ncode = "a"\nlabel = { en = "x" }\n',
            encoding="utf-8",
        )
        call_command("labels", "import", str(file), "--json")
        assert json.loads(capsys.readouterr().out)["new"]

    @pytest.mark.parametrize("text", ["{", "[]", '{"namespace": "x"}'])
    def test_refuses_what_it_cannot_read(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "labels.json"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("labels", "import", str(file))
        with pytest.raises(CommandError):
            call_command("labels", "import", str(tmp_path / "none.json"))


def test_classifications_tells_every_table_and_its_loss(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("classifications", "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [one["scheme"] for one in told] == [scheme.code for scheme in SCHEMES]
    ages = next(table for table in told[0]["tables"] if table["field"] == "ageCategorization")
    assert {"ours": ["infant"], "theirs": "2 Infant"} in ages["rows"]
    assert "sex" in told[3]["loss"]["unread"]

    call_command("classifications", "iccam")
    assert "1 Yes ← drawn, generated" in capsys.readouterr().out
