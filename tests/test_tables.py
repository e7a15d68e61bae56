"""Tables leave as CSV; nothing that someone wrote is a formula in them, in whichever room."""

import ast
import csv
import io

import pytest

from balise.foundation.tables import Table, as_csv, quoted, unquoted
from tests.architecture.reading import SOURCE

FORMULAS = ('=HYPERLINK("https://a.example/")', "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "＝1", "-")
NUMBERS = ("+33199000000", "+33 1 99", "-3", "-1.5")
WORDS = ("plain", "", "'quoted", "'=1", "''=1", "'", "a=1")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_a_text(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [*FORMULAS, *WORDS, *NUMBERS])
def test_each_cell_is_read_as_it_was_written(cell: str) -> None:
    assert unquoted(quoted(cell)) == cell


@pytest.mark.parametrize("cell", ["plain", "", "a=1", *NUMBERS])
def test_words_and_numbers_stay_as_they_are(cell: str) -> None:
    assert quoted(cell) == cell


def test_a_table_has_a_mark_semicolons_and_no_formula() -> None:
    text = as_csv([("name", "count"), ("=1", 2), (None, -3)])
    assert text == "\ufeffname;count\r\n'=1;2\r\n;-3\r\n"
    plain = as_csv([("a", "b;c")], separator=",", line_end="\n", has_mark=False)
    assert list(csv.reader(io.StringIO(plain))) == [["a", "b;c"]]


def test_rows_are_written_as_they_come() -> None:
    file = io.StringIO()
    table = Table(file, separator=",", line_end="\n")
    table.add(("@a", 1))
    assert file.getvalue() == "'@a,1\n"


def test_no_other_file_writes_csv() -> None:
    """Each had a guard of its own, and some had none."""
    writes = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("csv", "writer"), ("csv", "DictWriter")}
    }
    assert writes == {"foundation/tables.py"}
