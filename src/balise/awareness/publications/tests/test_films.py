"""A film is told by its bytes; a film elsewhere by the beginning of its address."""

from io import BytesIO

import pytest

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.awareness.publications.rules.watching import kind_of, seconds_of
from balise.awareness.publications.rules.webvtt import outside, sites
from balise.awareness.publications.tests.makers import make_film_file
from balise.foundation.packs import countries_of


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_says_what_it_is_and_how_long(kind: str) -> None:
    octets = make_film_file(seconds=21.5, kind=kind)
    assert kind_of(octets[:64]) == f"video/{kind}"
    assert seconds_of(BytesIO(octets)) == 21.5


@pytest.mark.parametrize(
    "octets", [b"", b"%PDF-1.7", b"<html>", b"\x1a\x45\xdf\xa3matroska", b"\0\0\0\x20ftypavif"]
)
def test_another_file_is_no_film(octets: bytes) -> None:
    assert kind_of(octets) == ""
    assert seconds_of(BytesIO(octets)) == 0


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_one_that_is_cut_or_that_says_nonsense_has_no_length(kind: str) -> None:
    whole = make_film_file(kind=kind)
    for end in range(len(whole)):
        assert seconds_of(BytesIO(whole[:end])) in {0, 20}
    assert seconds_of(BytesIO(b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\0free" * 9)) == 0


class TestOutside:
    @pytest.mark.parametrize(
        ("address", "frame"),
        [
            (
                "https://framatube.org/w/9dRFC6Ya11NCVeYKn8ZhiD",
                "https://framatube.org/videos/embed/9dRFC6Ya11NCVeYKn8ZhiD?p2p=0&peertubeLink=0",
            ),
            (
                "https://www.youtube.com/watch?v=a-b_C&t=3",
                "https://www.youtube-nocookie.com/embed/a-b_C?rel=0",
            ),
            (
                "https://www.dailymotion.com/video/x8abc",
                "https://geo.dailymotion.com/player.html?video=x8abc",
            ),
        ],
    )
    def test_is_framed_by_its_player(self, address: str, frame: str) -> None:
        found = outside(address, sites("fr"))
        assert found is not None
        assert found.frame == frame
        assert frame.startswith(f"{found.origin}/")

    @pytest.mark.parametrize(
        "address",
        [
            "https://elsewhere.example/w/abc",
            "https://youtu.be/",
            "https://youtu.be/a\"onload='",
            "https://framatube.org/w/../../x",
            "javascript:alert(1)",
            "https://youtu.be/" + "a" * 65,
        ],
    )
    def test_of_a_site_that_is_not_known_is_none(self, address: str) -> None:
        assert outside(address, sites("fr")) is None

    @pytest.mark.parametrize("country", countries_of(PACKAGE))
    def test_each_country_says_who_runs_a_site(self, country: str) -> None:
        for site in sites(country):
            assert site.company.in_language("fr") != site.company.in_language("en")
