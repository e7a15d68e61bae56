"""What the police need, and how files are read: without a database."""

import unicodedata
from datetime import date, time
from itertools import pairwise

import orjson
import pytest
from hypothesis import example, given, strategies as st

from balise.foundation.tables import quoted, unquoted
from balise.hotline.desk.rules import files
from balise.hotline.desk.rules.columns import CODES, COLUMNS, code_of, plain
from balise.hotline.desk.rules.files import FileRefused, Form, Line, template
from balise.hotline.desk.rules.reading import Understood, as_cells, understand
from balise.hotline.desk.rules.words import Stage, stage_of, states_at
from balise.hotline.desk.tests.makers import make_bomb, make_cells, make_csv, make_xlsx
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.completeness import (
    SHORTEST_DESCRIPTION,
    WHOLE,
    Element,
    completeness,
    is_exact,
)
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.words import PlaceKind
from balise.takedown.tracing.rules.addresses import read_address

TODAY = date(2026, 11, 24)


def said(**given_cells: str) -> Understood:
    return understand(make_cells(**given_cells), country="fr", today=TODAY)


def answers(**given_cells: str) -> Answers:
    found = said(**given_cells)
    assert found.answers is not None, found.faults
    return found.answers


class TestCompleteness:
    def test_what_lacks_nothing_is_whole(self) -> None:
        found = completeness(answers())

        assert (found.score, found.missing, found.is_whole) == (WHOLE, (), True)

    @pytest.mark.parametrize(
        ("without", "element"),
        [
            ({"address": "https://images.example/"}, Element.ADDRESS),
            ({"met_on": ""}, Element.DAY),
            ({"met_time": ""}, Element.TIME),
            ({"description": "Des images."}, Element.SEEN),
            ({"identities": " "}, Element.IDENTITIES),
            ({"context": ""}, Element.CONTEXT),
        ],
    )
    def test_each_thing_that_is_missing_is_asked_for(
        self, without: dict[str, str], element: Element
    ) -> None:
        found = completeness(answers(**without))

        assert found.missing == (element,)
        assert found.score == WHOLE - element.points
        assert element.asks
        assert element.label

    def test_a_text_that_is_short_is_said_to_be(self) -> None:
        short = completeness(answers(description="Des images."))
        none = completeness(answers(description=""))

        assert str(SHORTEST_DESCRIPTION) in short.lacks[0][0]
        assert none.lacks[0][0] == str(Element.SEEN.label)

    def test_the_points_make_a_hundred(self) -> None:
        assert sum(element.points for element in Element) == WHOLE

    def test_an_address_alone_is_something(self) -> None:
        assert completeness(Answers()).score == 0
        place = places.on_the_web(read_address("https://a.example/x"), text="x")
        assert completeness(Answers(places=(place,))).score == Element.ADDRESS.points

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("https://a.example/", False),
            ("https://a.example", False),
            ("https://a.example/post/1", True),
            ("https://a.example/?id=3", True),
        ],
    )
    def test_a_whole_site_is_not_exact(self, address: str, *, expected: bool) -> None:
        assert is_exact(places.on_the_web(read_address(address), text=address)) is expected

    def test_off_the_web_the_service_is_named(self) -> None:
        known = places.elsewhere(kind=PlaceKind.APP, text="@compte", service="Appli")
        assert is_exact(known)
        assert not is_exact(places.elsewhere(kind=PlaceKind.GAME, text="joueur"))
        assert is_exact(places.elsewhere(kind=PlaceKind.PHONE, text="+33 1 99 00 00 00"))


class TestReading:
    @pytest.mark.parametrize(
        "day", ["2026-11-20", "20/11/2026", "20.11.2026", "2026-11-20 00:00:00"]
    )
    def test_days_as_people_write_them(self, day: str) -> None:
        assert answers(met_on=day).met_on == date(2026, 11, 20)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("15:30", time(15, 30)),
            ("15h30", time(15, 30)),
            ("15h", time(15)),
            ("9:05", time(9, 5)),
            ("15:30:12", time(15, 30)),
        ],
    )
    def test_times_as_people_write_them(self, text: str, expected: time) -> None:
        assert answers(met_time=text).met_time == expected

    @pytest.mark.parametrize(
        ("cells", "field"),
        [
            ({"met_on": "hier"}, "met_on"),
            ({"met_on": "31/02/2026"}, "met_on"),
            ({"met_on": "2027-01-01"}, "met_on"),
            ({"met_time": "25:00"}, "met_time"),
            ({"met_time": "soir"}, "met_time"),
            ({"danger": "peut-être"}, "danger"),
            ({"category": "nonsense"}, "category"),
            ({"address": "not an address at all"}, "address"),
            ({"address": ""}, "address"),
            ({"place": "@compte", "place_kind": "planet"}, "place"),
        ],
    )
    def test_says_what_is_to_be_corrected(self, cells: dict[str, str], field: str) -> None:
        found = said(**cells)

        assert found.answers is None
        assert field in {fault.field for fault in found.faults}
        assert all(fault.message for fault in found.faults)

    @pytest.mark.parametrize("name", ["hate", "HATE", ""])
    def test_a_category_by_its_code(self, name: str) -> None:
        assert answers(category=name).category in {"hate", "unknown"}

    def test_a_category_by_its_name_in_either_language(self) -> None:
        from balise.hotline.reports.rules.categories import categories  # noqa: PLC0415

        for one in categories("fr"):
            for language in ("fr", "en"):
                assert answers(category=one.name.in_language(language)).category == one.code

    @pytest.mark.parametrize("country", ["fr", "lu"])
    def test_a_category_by_any_of_its_plain_words_however_written(self, country: str) -> None:
        seen: dict[str, str] = {}
        for one in categories(country):
            words = [one.code, *one.also]
            words += [word for each in (one.name, one.label) for _l, word in each.by_language]
            for word in words:
                bare = "".join(
                    letter
                    for letter in unicodedata.normalize("NFD", word)
                    if not unicodedata.combining(letter)
                )
                for written in (word, word.upper(), bare, f"  {bare.title()} "):
                    found = understand(
                        make_cells(category=written), country=country, today=TODAY
                    ).answers
                    assert found is not None, written
                    assert found.category == one.code
                assert seen.setdefault(plain(word), one.code) == one.code

    def test_what_is_no_address_may_be_sent_as_it_was_written(self) -> None:
        (fault,) = said(address="@renard_75").faults
        assert fault.code == "handle"

        (place,) = answers(address="@renard_75", as_written="oui").places
        assert (place.kind, place.text) == (PlaceKind.APP, "@renard_75")

    def test_an_address_with_a_space_is_one_and_three_on_a_line_are_three(self) -> None:
        found = said(address="https://a.example/Mes images/a.png")
        assert found.answers is not None
        assert found.answers.places[0].canonical == "https://a.example/Mes%20images/a.png"
        assert [note.code for note in found.notes] == ["spaces-encoded"]

        three = answers(address="https://a.example/1, https://b.example/2; https://c.example/3")
        assert [place.host for place in three.places] == ["a.example", "b.example", "c.example"]

    def test_several_addresses_in_a_cell(self) -> None:
        found = answers(address="https://a.example/1\n\nhttps://a.example/2")

        assert len(found.places) == 2

    def test_cells_say_what_the_answers_do(self) -> None:
        first = answers(danger="oui", place="@compte", place_kind="messagerie", service="Appli")
        again = understand(as_cells(first), country="fr", today=TODAY)

        assert again.answers == first

    @given(st.dictionaries(st.sampled_from(CODES), st.text(max_size=60)))
    def test_no_cell_is_too_strange(self, cells: dict[str, str]) -> None:
        found = understand(cells, country="fr", today=TODAY)

        assert (found.answers is None) == bool(found.faults)


class TestFiles:
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_csv_in_either_language(self, separator: str, language: str) -> None:
        content = make_csv(make_cells(), make_cells(), language=language, separator=separator)

        form, (first, second) = files.read(content)

        assert form is Form.CSV
        assert (first.number, second.number) == (2, 3)
        assert {code: first.cells[code] for code in make_cells()} == make_cells()

    def test_an_older_spreadsheet(self) -> None:
        content = make_csv(make_cells()).decode().removeprefix("\ufeff").encode("cp1252")

        _form, (line,) = files.read(content)

        assert "légendes" in line.cells["description"]

    def test_xlsx_as_a_person_fills_it(self) -> None:
        content = make_xlsx(
            ["Adresse", "Vu le", "Vu à", "Votre référence", "Danger immédiat"],
            ["https://a.example/1", date(2026, 11, 20), time(15, 30), 12, True],
            [None, None, None, None, None],
            ["https://a.example/2", "20/11/2026", "15h30", 1.5, None],
        )

        form, (first, second) = files.read(content)

        assert form is Form.XLSX
        assert first == Line(
            2,
            {
                "address": "https://a.example/1",
                "met_on": "2026-11-20",
                "met_time": "15:30",
                "reference": "12",
                "danger": "yes",
            },
        )
        assert (second.number, second.cells["reference"]) == (4, "1.5")

    def test_a_formula_is_never_computed(self) -> None:
        content = make_xlsx(["adresse"], ["=HYPERLINK(1)"], ["https://a.example/2"])

        _form, (line,) = files.read(content)  # the formula has no kept value: an empty cell

        assert line.cells == {"address": "https://a.example/2"}

    def test_json_as_a_list_or_by_line(self) -> None:
        objects = [{"addresses": ["https://a.example/1"], "danger": True}, {"adresse": "x"}, 3]
        listed = orjson.dumps(objects)
        lined = b"\n".join(orjson.dumps(each) for each in objects)

        for content in (listed, lined):
            form, (first, second, third) = files.read(content)
            assert form is Form.JSON
            assert first.cells == {"address": "https://a.example/1", "danger": "yes"}
            assert second.cells == {"address": "x"}
            assert third.matter

    def test_json_that_says_two_things_at_once(self) -> None:
        twice = b'{"address": "https://a.example/", "address": "https://b.example/"}'
        with pytest.raises(FileRefused):
            files.read(b"[" + twice + b"]")
        _form, (line, good) = files.read(twice + b'\n{"address": "https://a.example/"}')
        assert line.matter
        assert not good.matter

    def test_json_that_holds_what_is_no_text(self) -> None:
        _form, (line,) = files.read(orjson.dumps([{"address": {"a": 1}}]))

        assert line.matter

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\n\n",
            b"adresse\n",
            b"a;b\n1;2\n",
            b"adresse;adresse\nx;y\n",
            b"adresse;inconnue\nx;y\n",
            b'adresse\n"open\n',
            b"adresse\n\0\n",
            b"PK\x03\x04 no archive",
            b"[{]",
            b"[]",
            b"adresse\n" + b"https://a.example/\n" * (files.MOST_LINES + 1),
            b"adresse\n" + b"x" * files.MOST_BYTES,
        ],
    )
    def test_refuses_what_is_no_file_of_reports(self, content: bytes) -> None:
        with pytest.raises(FileRefused):
            files.read(content)

    def test_refuses_a_bomb_without_opening_it(self) -> None:
        bomb = make_bomb()
        assert len(bomb) < 500_000

        with pytest.raises(FileRefused):
            files.read(bomb)

    def test_refuses_an_archive_that_is_no_workbook(self) -> None:
        import io  # noqa: PLC0415
        import zipfile  # noqa: PLC0415

        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("hello.txt", "hello")

        with pytest.raises(FileRefused):
            files.read(file.getvalue())

    @given(st.binary(max_size=400))
    @example(b"adresse\nhttps://a.example/\n")
    def test_no_file_is_too_strange(self, content: bytes) -> None:
        try:
            _form, lines = files.read(content)
        except FileRefused:
            return
        assert lines

    @given(st.text(max_size=20))
    def test_a_quoted_cell_is_read_as_it_was(self, text: str) -> None:
        assert unquoted(quoted(text)) == text


class TestTemplate:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("form", [Form.CSV, Form.XLSX, Form.JSON])
    def test_is_read_as_a_report_that_lacks_nothing(self, form: Form, language: str) -> None:
        content = template(form, language=language, codes=[("hate", "Haine")])

        found, (line,) = files.read(content)
        read = understand(line.cells, country="fr", today=TODAY)

        assert found is form
        assert read.answers is not None, read.faults
        assert completeness(read.answers).is_whole

    def test_every_column_is_known_by_its_names(self) -> None:
        for column in COLUMNS:
            for name in (column.code, column.fr, column.en, column.fr.upper()):
                assert code_of(name) == column.code


class TestStages:
    def test_the_least_advanced_content_counts(self) -> None:
        assert stage_of(["removed", "waiting"]) is Stage.RECEIVED
        assert stage_of(["closed", "removed"]) is Stage.REMOVED
        assert stage_of([]) is Stage.RECEIVED

    def test_each_stage_has_all_that_comes_before(self) -> None:
        for before, after in pairwise(Stage):
            assert states_at(before) < states_at(after)
