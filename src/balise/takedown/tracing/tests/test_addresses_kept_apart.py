"""Two addresses that browsers fetch differently are two addresses, however they are written."""

from urllib.parse import quote

import pytest
from hypothesis import assume, given, strategies as st

from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.meant import meant
from balise.takedown.tracing.rules.written import apart


class TestSpaces:
    @pytest.mark.parametrize(
        ("written", "canonical"),
        [
            ("https://x.example/Mes images/a.png", "https://x.example/Mes%20images/a.png"),
            ("https://x.example/Mes photos/b.png", "https://x.example/Mes%20photos/b.png"),
            ("https://x.example/a\tb", "https://x.example/a%09b"),
            ("https://x.example/a  b", "https://x.example/a%20%20b"),
            ("https://x.example/a\u00a0b", "https://x.example/a%C2%A0b"),
            ("https://x.example/?q=a b", "https://x.example/?q=a%20b"),
            ("x.example/Mes images/a.png", "https://x.example/Mes%20images/a.png"),
            ("hxxp://x[.]example/Mes images/a.png", "http://x.example/Mes%20images/a.png"),
        ],
    )
    def test_in_an_address_are_encoded_and_said(self, written: str, canonical: str) -> None:
        address = read_address(written)
        assert address.canonical == canonical
        assert "spaces-encoded" in address.changed

    def test_spoken_dots_are_those_of_the_site_alone(self) -> None:
        assert read_address("https://x.example/red dot blue").canonical == (
            "https://x.example/red%20dot%20blue"
        )
        assert read_address("x dot example/red dot blue").canonical == (
            "https://x.example/red%20dot%20blue"
        )

    @pytest.mark.parametrize(
        "written",
        [
            "https://x.example regarde",
            "x.example c'est grave",
            "Vu : https://x.example/Mes images/a.png",
            "Vu sur x.example/a hier",
            "https://x.example /page",
            "https://x.example/a\nb",
        ],
    )
    def test_that_may_end_an_address_or_not_are_refused(self, written: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address(written)
        assert caught.value.code == "words-after"


class TestMarksAtTheEnd:
    @pytest.mark.parametrize("mark", [",", ";", ".", ")", "»", ">", '"', "”", "'", "…", "),"])
    def test_are_kept_and_said(self, mark: str) -> None:
        address = read_address(f"https://x.example/a{mark}")
        assert address.canonical == f"https://x.example/a{quote(mark, safe=',;.)' + chr(39))}"
        assert address.changed == ("tail-kept",)

    @pytest.mark.parametrize("written", ["https://x.example/a_(b)", "https://x.example/?a[]=1"])
    def test_that_belong_to_it_are_not_said(self, written: str) -> None:
        assert read_address(written).changed == ()

    @pytest.mark.parametrize("mark", [",", ";", ")", "»"])
    def test_after_the_name_of_a_site_are_dropped(self, mark: str) -> None:
        address = read_address(f"https://x.example{mark}")
        assert (address.canonical, address.changed) == ("https://x.example/", ("text-removed",))


class TestOtherSchemes:
    @pytest.mark.parametrize("written", ["git+https://x.example/a", "svn+http://x.example/a"])
    def test_are_not_the_web(self, written: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address(written)
        assert caught.value.code == "not-web"

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("@renard_75", "handle"),
            ("@renard@reseau.example", "handle"),
            ("mon compte @renard_75", "handle"),
            ("06 12 34 56 78", "phone"),
            ("06.12.34.56.78", "phone"),
            ("+33 6 12 34 56 78", "phone"),
            ("0612345678", "phone"),
            ("36105", "phone"),
            ("tel:+33612345678", "phone"),
        ],
    )
    def test_and_what_has_no_address_are_told_apart(self, written: str, code: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address(written)
        assert caught.value.code == code


class TestSharpS:
    @pytest.mark.parametrize("name", ["FAẞ", "faß", "fa%E1%BA%9E", "fa%C3%9F", "xn--fa-hia"])
    def test_is_not_two_s(self, name: str) -> None:
        assert read_address(f"https://{name}.de/").canonical == "https://xn--fa-hia.de/"
        assert read_address("https://fass.de/").canonical == "https://fass.de/"

    def test_of_a_path_stays(self) -> None:
        assert read_address("https://x.example/ẞ").canonical == "https://x.example/%E1%BA%9E"


class TestSeveralOnALine:
    @pytest.mark.parametrize(
        "between", [" ", ", ", "; ", ",", ";", "\t", " et ", " and ", " , ", "\u00a0"]
    )
    @pytest.mark.parametrize("last", ["https://c.example/3", "hxxps://c[.]example/3"])
    def test_are_read_one_by_one(self, between: str, last: str) -> None:
        line = between.join(["https://a.example/1", "https://b.example/2", last])
        assert apart(line) == ["https://a.example/1", "https://b.example/2", last]

    def test_without_schemes_are_too(self) -> None:
        assert apart("a.example/1, b.example/2 c.example") == [
            "a.example/1",
            "b.example/2",
            "c.example",
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "https://a.example/save/https://b.example/2",
            "https://a.example/1, 2 et 3",
            "https://a.example/Mes images/a.png",
            "Vu : a.example",
            "",
        ],
    )
    def test_is_not_said_of_one(self, line: str) -> None:
        assert apart(line) == [line]

    def test_are_refused_as_one(self) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address("https://a.example/1, https://b.example/2")
        assert caught.value.code == "several"


class TestMeant:
    @pytest.mark.parametrize(
        ("line", "ways"),
        [
            (
                "https://x.example/Mes images/a.png",
                [["https://x.example/Mes%20images/a.png"], ["https://x.example/Mes"]],
            ),
            (
                "https://x.example/a\tb",
                [["https://x.example/a%09b"], ["https://x.example/a"], ["https://x.example/ab"]],
            ),
            ("https://x.example/a,", [["https://x.example/a,"], ["https://x.example/a"]]),
            (
                "https://x.example/?u=1,https://y.example/2",
                [
                    ["https://x.example/?u=1", "https://y.example/2"],
                    ["https://x.example/?u=1,https://y.example/2"],
                ],
            ),
            (
                "Vu : https://x.example/a c'est grave",
                [["https://x.example/a"], ["https://x.example/a%20c'est%20grave"]],
            ),
            (
                "Vu : https://x.example/Mes images/a.png",
                [["https://x.example/Mes%20images/a.png"], ["https://x.example/Mes"]],
            ),
            ("https://x.example regarde", [["https://x.example/"]]),
            (
                "https://x.example /page",
                [["https://x.example/"], ["https://x.example/page"]],
            ),
        ],
    )
    def test_offers_each_way_the_likely_first(self, line: str, ways: list[list[str]]) -> None:
        found = meant(line)
        assert found.asks
        assert [[address.canonical for address in way] for way in found.ways] == ways

    @pytest.mark.parametrize(
        ("line", "canonical"),
        [
            ("https://x.example/a", ["https://x.example/a"]),
            ("« https://x.example/a »", ["https://x.example/a"]),
            (
                "https://a.example/1, https://b.example/2",
                ["https://a.example/1", "https://b.example/2"],
            ),
        ],
    )
    def test_asks_nothing_of_what_is_plain(self, line: str, canonical: list[str]) -> None:
        found = meant(line)
        assert not found.asks
        assert [[address.canonical for address in way] for way in found.ways] == [canonical]

    @pytest.mark.parametrize(
        ("line", "code"), [("bonjour", "not-an-address"), ("@renard_75", "handle")]
    )
    def test_says_why_there_is_none(self, line: str, code: str) -> None:
        found = meant(line)
        assert found.refused is not None
        assert (found.ways, found.refused.code) == ((), code)


_segment = st.text(alphabet="abcß é,;.()'»%20!~-_+ ", min_size=1, max_size=12).map(str.strip)
_hosts = st.sampled_from(["x.example", "y.example", "xn--fa-hia.de", "fass.de"])


def _as_fetched(host: str, path: str) -> str:
    """Return what a browser asks for, by Python's own encoder."""
    return f"https://{host}/{quote(path, safe="abc,;.()'%20!~-_+")}"


class TestTheCanonicalForm:
    @given(_hosts, _segment, _hosts, _segment)
    def test_is_one_only_where_browsers_fetch_the_same(
        self, host: str, path: str, other_host: str, other_path: str
    ) -> None:
        assume(all({*one.split("/")}.isdisjoint({".", ".."}) for one in (path, other_path)))
        one, other = f"https://{host}/{path}", f"https://{other_host}/{other_path}"
        try:
            read, also = read_address(one).canonical, read_address(other).canonical
        except AddressRefused:
            return
        same = _as_fetched(host, path) == _as_fetched(other_host, other_path)
        assert (read == also) == same

    @given(st.text(alphabet="a/ ,;.\t»)'\"http:s@0e", max_size=40))
    def test_is_its_own(self, text: str) -> None:
        for written in (text, f"https://x.example/{text}", f"x.example/{text}"):
            try:
                canonical = read_address(written).canonical
            except AddressRefused:
                continue
            assert read_address(canonical).canonical == canonical

    @given(st.text(alphabet="ab ,;\t»é", min_size=1, max_size=20))
    def test_of_an_address_that_is_kept_holds_all_that_was_written(self, rest: str) -> None:
        try:
            canonical = read_address(f"https://x.example/{rest}a").canonical
        except AddressRefused:
            return
        assert canonical == f"https://x.example/{quote(rest, safe='ab,;')}a"
