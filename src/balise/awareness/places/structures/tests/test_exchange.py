"""Files of médiation numérique: a verdict for each line, nothing lost, and back again."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils.translation import override

from balise.awareness.places.structures.actions import registering
from balise.awareness.places.structures.documents import read_sheet
from balise.awareness.places.structures.models import Structure
from balise.awareness.places.structures.rules.mediation import schema
from balise.awareness.places.structures.rules.mediation.checks import Left
from balise.awareness.places.structures.rules.mediation.reading import text_of
from balise.awareness.places.structures.rules.places import atlas
from balise.awareness.places.structures.tests.makers import make_structure
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

GOOD = {
    "id": "lieu-1",
    "pivot": "73282932000074",
    "nom": "Médiathèque des Quais",
    "commune": "Rennes",
    "code_postal": "35000",
    "adresse": "3 rue du Phare",
    "date_maj": "2026-01-15",
    "typologie": "BIB;EPN",
    "telephone": "+33 2 99 00 00 00",
    "courriels": "a@quais.example|b@quais.example",
    "services": "Utilisation sécurisée du numérique|Compréhension du monde numérique",
    "publics_specifiquement_adresses": "Jeunes;Familles et/ou enfants",
    "latitude": "48.109",
    "longitude": "-1.679",
}


def file_with(*changes: dict[str, str], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(GOOD), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**GOOD, "id": f"lieu-{at}", **one} for at, one in enumerate(changes, start=1))
    return file.getvalue()


def verdicts(text: str) -> list[tuple[int, str, str]]:
    told = schema("FR")
    assert told
    sheet = read_sheet(text, schema=told, atlas=atlas("FR"), today=today())
    return [(fault.line, fault.field, fault.code) for fault in sheet.every_fault]


def test_the_schema_has_its_fields_and_those_that_are_required() -> None:
    told = schema("FR")
    assert told
    assert len(told.names) == 32
    required = {field.name for field in told.fields if field.required}
    assert required == set(list(GOOD)[:7])
    assert schema("LU") is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_whatever_its_separators(delimiter: str) -> None:
    assert verdicts(file_with({}, {"typologie": "BIB|EPN"}, delimiter=delimiter)) == []


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"pivot": "73282932000075"}, "pivot", "pivot"),
        ({"pivot": ""}, "pivot", "required"),
        ({"code_postal": "B-1000"}, "code_postal", "postcode"),
        ({"code_postal": "00100"}, "code_postal", "place-unknown"),
        ({"typologie": "BIB|Bibliothèque"}, "typologie", "unknown-word"),
        ({"telephone": "0299000000"}, "telephone", "telephone"),
        ({"courriels": "a@quais.example;nobody"}, "courriels", "mail"),
        ({"latitude": "48,1"}, "latitude", "latitude"),
        ({"date_maj": "15/01/2026"}, "date_maj", "day"),
        ({"date_maj": "2999-01-01"}, "date_maj", "day"),
        ({"nom": "=HYPERLINK(1)"}, "nom", "formula"),
        ({"nom": "é" * 121}, "nom", "too-long"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_field(
    change: dict[str, str], field: str, code: str
) -> None:
    assert verdicts(file_with({}, change)) == [(3, field, code)]


def test_a_file_that_is_broken_says_where_and_what_stands_before_is_read() -> None:
    whole = file_with({}, {})
    assert verdicts(whole + '"a quote that never ends,\n')[-1][2] == "csv-broken"
    assert verdicts(whole + "lieu-9,1\n")[0][2] == "cells"
    assert verdicts(file_with({}, {"id": "lieu-1"})) == [(3, "id", "twice")]
    assert verdicts("") == [(1, "", "file-unreadable")]
    missing = [code for _line, _field, code in verdicts("nom,ville\nA,B\n")]
    assert missing == ["column-missing"] * 6 + ["column-unknown"]
    assert text_of("é".encode("cp1252")) == "é"
    with override("fr"):
        told = schema("FR")
        assert told
        sheet = read_sheet(file_with({"pivot": ""}), schema=told, atlas=atlas("FR"), today=today())
        assert sheet.every_fault[0].message == "Remplissez ce champ."


@pytest.mark.django_db
def test_lines_that_are_right_are_registered_and_the_others_come_back() -> None:
    by = make_actor("coordinator")
    known = make_structure(name="médiathèque des quais", number="")
    text = file_with({}, {"pivot": "35600000000048", "nom": "Une autre"}, {"code_postal": "1000"})
    done = registering.bring_in(text=text, by=by)
    assert [(line.number, row.id) for line, row in done.known] == [(2, known)]
    assert [line.cells["code_postal"] for line in done.refused] == ["1000"]
    row = Structure.objects.get(id=done.made[0])
    assert (row.kind, row.commune, row.mail) == ("authority", "Rennes", "a@quais.example")
    assert (row.audiences, row.outside_id) == (["teenagers", "parents", "children"], "lieu-2")
    assert (row.latitude, row.confirmed_on.isoformat()) == (48.109, "2026-01-15")
    assert done.sheet.not_kept == ["services"]
    told = Entry.objects.get(event="awareness.structure.imported")
    assert told.facts == {"made": 1, "refused": 1}
    again = registering.bring_in(text=text, by=by)
    assert (len(again.made), len(again.known)) == (0, 2)


@pytest.mark.django_db
def test_what_is_exported_is_valid_and_who_stays_outside_is_said() -> None:
    by = make_actor("coordinator")
    full: dict[str, Any] = {"number": "73282932000074", "address": "3 rue du Phare"}
    attested = today() - timedelta(days=40)
    make_structure(**full, attested_on=attested, until=today() + timedelta(days=9))
    make_structure(name="Ailleurs", country="SN", commune="Dakar", postcode="")
    make_structure(name="Discrète", **full, may_publish=False)
    make_structure(name="Sans numéro")
    make_structure(name="Sans rue", number="W351000123")
    done = registering.write_out(by=by)
    assert verdicts(done.text) == []
    assert done.amount == 1
    assert done.left == {
        Left.ABROAD: 1,
        Left.NOT_AGREED: 1,
        Left.NUMBER: 1,
        Left.ADDRESS: 1,
    }
    (row,) = csv.DictReader(io.StringIO(done.text))
    assert row["services"].split("|")[0] == "Utilisation sécurisée du numérique"
    assert today().isoformat() == row["date_maj"]
    assert "attest" not in done.text.lower()
    assert attested.isoformat() not in done.text
    assert Entry.objects.get(event="awareness.structure.exported").facts == {"amount": 1}


@pytest.mark.django_db
def test_only_who_looks_after_structures_brings_in_and_writes_out() -> None:
    with pytest.raises(PermissionDenied):
        registering.bring_in(text=file_with({}), by=make_actor("editor"))
    with pytest.raises(PermissionDenied):
        registering.write_out(by=make_actor("editor"))


def test_the_command_names_each_fault_as_json_and_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lieux.csv"
    file.write_text(file_with({}, {"pivot": "1"}), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        call_command("network", "check", str(file), "--json")
    assert left.value.code == 1
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told["line"], told["field"], told["code"]) == (3, "pivot", "pivot")
    assert set(told) == {"line", "field", "code", "message"}
    file.write_text(file_with({}), encoding="utf-8")
    call_command("network", "check", str(file), "--json")
    assert capsys.readouterr().out == ""
