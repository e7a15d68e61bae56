import pytest
from hypothesis import given, strategies as st

from balise.foundation.files.uploads import HEAD, FileKind, kind_of


class TestKindOf:
    @pytest.mark.parametrize(
        ("head", "kind"),
        [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.JPEG),
            (b"\x89PNG\r\n\x1a\n\x00", FileKind.PNG),
            (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
            (b"%PDF-1.7\n", FileKind.PDF),
            ("Ce qu’il a écrit\r\n\t« là »".encode(), FileKind.TEXT),
            (b"\xef\xbb\xbfwith a byte order mark", FileKind.TEXT),
            (b"<svg onload='alert(1)'>", FileKind.TEXT),
        ],
    )
    def test_knows_what_is_taken(self, head: bytes, kind: FileKind) -> None:
        assert kind_of(head) is kind

    @pytest.mark.parametrize(
        "head",
        [
            b"",
            b"MZ\x90\x00",
            b"PK\x03\x04",
            b"GIF89a\x01\x00",
            b"\x7fELF",
            b"RIFF\x10\x00\x00\x00AVI ",
            b"\x00\x00\x00\x18ftypmp42",
            b"text with a \x00 in it",
            b"\xe9t\xe9 in latin-1",
        ],
    )
    def test_takes_nothing_else(self, head: bytes) -> None:
        assert kind_of(head) is None

    @given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1))
    def test_text_stays_text_where_it_is_cut(self, text: str) -> None:
        octets = text.encode()
        assert all(
            kind_of(octets[:end]) is FileKind.TEXT for end in range(1, min(len(octets), HEAD))
        )
