import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from balise.foundation.tables import quoted
from balise.hotline.reports.rules.imports import files
from balise.hotline.reports.rules.imports.files import FileRefused
from balise.hotline.reports.rules.imports.lines import (
    Line,
    NotUnderstood,
    Reading,
    Understood,
    understand,
)

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READING = Reading(country="fr", zone=PARIS, at=AT)


def lines_of(text: str | bytes) -> list[Line]:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return [understand(line, reading=READING) for line in files.read_csv(file).lines]


def objects_of(text: str | bytes) -> list[Line]:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return [understand(line, reading=READING) for line in files.read_jsonl(file)]


def only(found: list[Line]) -> Understood:
    (line,) = found
    assert isinstance(line, Understood), line
    return line


def refused(found: list[Line]) -> NotUnderstood:
    (line,) = found
    assert isinstance(line, NotUnderstood), line
    return line


class TestReadCsv:
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_reads_what_spreadsheets_write(self, separator: str, mark: str, end: str) -> None:
        header = separator.join(["Address", "category", "received_at", "reference"])
        row = separator.join(["https://a.example/é", "hate", "2026-01-05T10:00", "R-1"])

        line = only(lines_of(f"{mark}{header}{end}{row}{end}"))

        assert line.answers.places[0].canonical == "https://a.example/%C3%A9"
        assert (line.answers.category, line.answers.reference) == ("hate", "R-1")
        assert line.received_at == datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def test_several_addresses_stand_on_lines_of_one_cell(self) -> None:
        line = only(lines_of('addresses\n"https://a.example/\n\nhttps://b.example/"\n'))

        assert [place.host for place in line.answers.places] == ["a.example", "b.example"]

    def test_blank_lines_are_skipped_and_numbers_are_those_of_the_file(self) -> None:
        found = lines_of(
            'address;description\n\nhttps://a.example/;"two\nlines"\n;;\n;\nnot one;\n'
        )

        assert [line.number for line in found] == [3, 7]

    def test_says_every_fault_of_a_line_by_field(self) -> None:
        text = "address;category;age_band;received_at\nhttp://10.0.0.1/;odd;old;yesterday\n"

        line = refused(lines_of(text))

        fields = [fault.field for fault in line.faults]
        assert fields == ["addresses", "category", "age_band", "received_at"]
        assert line.cells["address"] == "http://10.0.0.1/"

    def test_a_stray_quote_costs_its_own_line(self) -> None:
        found = lines_of('address\nhttps://a.example/\n"https://b"c\nhttps://d.example/\n')

        assert [(line.number, isinstance(line, Understood)) for line in found] == [
            (2, True),
            (3, False),
            (4, True),
        ]

    def test_a_cell_that_looks_like_a_formula_is_text(self) -> None:
        line = only(lines_of("address;description\nhttps://a.example/;=1+1\n"))

        assert line.answers.description == "=1+1"

    def test_a_cell_kept_from_being_a_formula_is_read_as_it_was(self) -> None:
        for cell in ("=1+1", "+33", "-", "@me", "plain", "", "'quoted", "'=1+1", "''=1", "'"):
            text = f"address;description;reason\nhttps://a.example/;{quoted(cell)};why\n"
            assert only(lines_of(text)).answers.description == cell

    def test_an_apostrophe_that_was_given_is_given_back(self) -> None:
        for cell in ("'=1+1", "'+33 6", "'@moi", "'tis"):
            text = f"address;description\nhttps://a.example/;{cell}\n"
            assert only(lines_of(text)).answers.description == cell
            assert quoted(cell)[0] == "'"

    def test_what_is_on_one_line_is_parted_or_encoded_and_said(self) -> None:
        several = only(lines_of('address\n"https://a.example/1, https://b.example/2"\n'))
        assert [place.host for place in several.answers.places] == ["a.example", "b.example"]
        assert [note.code for note in several.notes] == ["split"]

        spaces = only(lines_of("address\nhttps://a.example/Mes images/a.png\n"))
        (place,) = spaces.answers.places
        assert place.canonical == "https://a.example/Mes%20images/a.png"
        assert [note.code for note in spaces.notes] == ["spaces-encoded"]

    @pytest.mark.parametrize(
        ("written", "kind"), [("@renard_75", "app"), ("06 12 34 56 78", "phone"), ("un jeu", "app")]
    )
    def test_what_is_no_address_is_taken_as_it_was_written_if_it_says_so(
        self, written: str, kind: str
    ) -> None:
        refused(lines_of(f"address;as_written\n{written};\n"))
        (place,) = only(lines_of(f"address;as_written\n{written};oui\n")).answers.places
        assert (place.kind, place.text) == (kind, written)
        (place,) = only(
            objects_of(json.dumps({"address": written, "as_written": True}))
        ).answers.places
        assert (place.kind, place.text) == (kind, written)

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("", "address"),
            ("category\n", "address"),
            ("address;colour\n", "colour"),
            ("address;address\n", "address"),
        ],
    )
    def test_a_header_that_cannot_be_meant_refuses_the_file(self, text: str, word: str) -> None:
        with pytest.raises(FileRefused, match=word):
            lines_of(text)

    def test_an_endless_line_is_refused_without_being_held(self) -> None:
        text = "address\n" + "x" * (2 * files.LONGEST_LINE) + "\nhttps://a.example/\n"

        found = lines_of(text)

        assert isinstance(found[-1], Understood)
        assert found[-1].number == 3
        assert not any(isinstance(line, Understood) for line in found[:-1])


class TestReadJsonLines:
    def test_reads_one_address_or_several(self) -> None:
        one = only(objects_of('{"address": "https://a.example/", "category": null}'))
        two = only(objects_of('{"addresses": ["https://a.example/", "https://b.example/"]}'))

        assert (len(one.answers.places), len(two.answers.places)) == (1, 2)

    @pytest.mark.parametrize(
        "line",
        [
            "[]",
            "{",
            '{"address": 7}',
            '{"addresses": [7]}',
            '{"addresses": {}}',
            '{"address": "https://a.example/", "colour": "red"}',
            '{"address": "https://a.example/", "addresses": []}',
            '{"address": "https://a.example/", "description": NaN}',
            "[" * 100_000,
        ],
    )
    def test_says_what_is_the_matter(self, line: str) -> None:
        assert refused(objects_of(line)).reason

    def test_an_endless_line_is_refused_without_being_held(self) -> None:
        text = "x" * (3 * files.LONGEST_LINE) + '\n{"address": "https://a.example/"}\n'

        first, second = objects_of(text)

        assert isinstance(first, NotUnderstood)
        assert (second.number, isinstance(second, Understood)) == (2, True)

    def test_an_object_that_says_two_things_at_once_is_refused(self) -> None:
        line = refused(objects_of('{"address": "https://a.example/", "address": "b.example"}'))

        assert [fault.code for fault in line.faults] == ["twice"]


class TestReceivedAt:
    def moment(self, text: str) -> datetime:
        return only(lines_of(f"address;received_at\nhttps://a.example/;{text}\n")).received_at

    def test_a_day_is_noon_in_the_centre(self) -> None:
        assert self.moment("2026-07-14") == datetime(2026, 7, 14, 10, 0, tzinfo=UTC)

    def test_today_is_never_in_the_future(self) -> None:
        assert self.moment("2026-11-24") == AT

    def test_nothing_is_now(self) -> None:
        assert self.moment("") == AT

    def test_a_zone_counts(self) -> None:
        assert self.moment("2026-07-14T12:00+05:00") == datetime(2026, 7, 14, 7, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text", ["2026-11-25", "2026-11-24T12:00", "9999-12-31T23:59-10:00", "0001-01-01", "24/11"]
    )
    def test_refuses_what_cannot_be(self, text: str) -> None:
        line = refused(lines_of(f"address;received_at\nhttps://a.example/;{text}\n"))

        assert line.faults[0].field == "received_at"


class TestNoFileBreaksIt:
    @given(st.binary(max_size=400))
    def test_bytes(self, raw: bytes) -> None:
        try:
            files.examine(io.BytesIO(raw), into=Counted())
            lines_of(b"address;description\n" + raw)
            lines_of(raw)
        except FileRefused:
            pass
        assert all(line.number for line in objects_of(raw))

    @given(st.text(alphabet='";,\n\r\t =+@\0\u2028\ufeffhttps://a.é', max_size=200))
    def test_texts(self, text: str) -> None:
        for line in lines_of(f"address;description;received_at\n{text}"):
            assert isinstance(line, Understood) or line.reason

    @given(
        st.dictionaries(
            st.sampled_from([*files.COLUMNS, "addresses", "reason", "other"]),
            st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=9)),
        )
    )
    def test_objects(self, cells: dict[str, object]) -> None:
        text = json.dumps(cells)
        (line,) = objects_of(text)
        assert isinstance(line, Understood) or line.reason


class Counted:
    """A hash that only counts."""

    size = 0

    def update(self, data: bytes, /) -> None:
        self.size += len(data)


class TestExamine:
    @pytest.mark.parametrize("size", [0, 1, files.LONGEST_LINE - 1, files.LONGEST_LINE + 1])
    def test_knows_the_size(self, size: int) -> None:
        counted = Counted()

        assert files.examine(io.BytesIO("é".encode() * size), into=counted) == 2 * size
        assert counted.size == 2 * size

    def test_names_the_line_that_is_not_utf_8(self) -> None:
        raw = b"address\nhttps://a.example/\n" + "déjà vu\n".encode("cp1252")

        with pytest.raises(FileRefused, match="3"):
            files.examine(io.BytesIO(raw), into=Counted())

    def test_a_character_cut_at_the_end_is_not_utf_8(self) -> None:
        with pytest.raises(FileRefused):
            files.examine(io.BytesIO("é".encode()[:1]), into=Counted())
