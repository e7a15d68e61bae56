"""What a page says of itself is read from its words, whatever they are wrapped in."""

import time

import pytest
from hypothesis import given, strategies as st

from balise.takedown.tracing.rules.looks import (
    UNKNOWN,
    Answer,
    Failure,
    Look,
    Place,
    Says,
    Text,
    from_fields,
    to_fields,
)
from balise.takedown.tracing.rules.pages import (
    MOST_BYTES,
    are_alike,
    is_way_in,
    place_of,
    read_page,
    sibling,
)

LONG = "<p>" + " ".join(f"word{number}" for number in range(400)) + "</p>"
GONE = {Says.GONE, Says.GONE_ALOUD}


class TestReadPage:
    @pytest.mark.parametrize(
        "html",
        [
            "<title>Page introuvable</title>",
            "<TITLE>Page introuvable</TITLE>" + LONG,
            "<h1>Cette page n’existe <em>plus</em></h1>" + LONG,
            "<p>Cette&nbsp;page n&#39;existe pas.</p>",
            "<h1>Oups</h1><p>Ce contenu a &eacute;t&eacute; supprim&eacute;</p>",
            "<title>404 Error</title>",
            "<h2>This video\n has been   removed</h2>" + LONG,
            "<p>Sorry, this page isn't available.",
        ],
    )
    def test_hears_that_it_is_gone(self, html: str) -> None:
        assert read_page(html.encode()).says == GONE

    def test_hears_latin_letters_in_their_old_code(self) -> None:
        assert read_page("<p>contenu supprimé</p>".encode("cp1252")).says == GONE

    @pytest.mark.parametrize(
        "html",
        [
            "<p>Bonjour</p>",
            "<script>if (x) say('page not found')</script><p>Bonjour</p>",
            "<!-- page not found --><p>Bonjour</p>",
            "<style>.x::after { content: 'page not found' }</style>",
            '<a href="/page not found">Bonjour</a>',
            "<p>le contenu supprimerait</p>",
            "<noscript>page not found",
        ],
    )
    def test_hears_only_what_is_shown(self, html: str) -> None:
        assert read_page(html.encode()).says == set()

    def test_tells_a_title_from_a_word_in_passing(self) -> None:
        in_passing = read_page(f"<title>Forum</title>{LONG}<p>post was deleted</p>".encode())
        assert in_passing.says == {Says.GONE}

    @pytest.mark.parametrize(
        ("html", "says"),
        [
            ("<h1>Ce contenu n'est pas disponible dans votre pays</h1>", Says.BLOCKED),
            ("<p>Unavailable for legal reasons</p>", Says.BLOCKED),
            ("<h1>Connectez-vous pour continuer</h1>", Says.SIGN_IN),
            ("<title>You must be logged in</title>" + LONG, Says.SIGN_IN),
        ],
    )
    def test_hears_of_walls(self, html: str, says: Says) -> None:
        assert says in read_page(html.encode()).says

    def test_hears_of_no_wall_in_passing(self) -> None:
        assert read_page(f"{LONG}<p>please log in</p>".encode()).says == set()

    def test_says_how_much_it_shows(self) -> None:
        assert read_page(b"<div id=app></div><script src=x></script>").text is Text.NONE
        assert read_page(b"<p>Some words").text is Text.SHORT
        assert read_page(LONG.encode()).text is Text.LONG

    @given(st.text(alphabet="<>!-/ths1tile cr\x00é&#;"))
    def test_reads_whatever_comes(self, html: str) -> None:
        read_page(html.encode())

    @given(st.binary(max_size=2_000))
    def test_reads_whatever_bytes_come(self, raw: bytes) -> None:
        read_page(raw)

    @pytest.mark.parametrize(
        "piece", ["<script ", "<script>", "<!--", "</h1", "<h1>", "&#", "<", "a'", "é", "<svg"]
    )
    def test_is_never_slow(self, piece: str) -> None:
        start = time.process_time()
        read_page((piece * MOST_BYTES).encode())
        assert time.process_time() - start < 0.5

    def test_reads_the_beginning_only(self) -> None:
        raw = b" " * MOST_BYTES + b"<h1>page not found</h1>"
        assert read_page(raw).says == set()


class TestAreAlike:
    def test_forgives_the_address_that_was_asked_for(self) -> None:
        one, other = (
            read_page(f"<h1>Not found</h1><p>There is no /album/{name} here.".encode())
            for name in ("17", "qwertyuiop")
        )
        assert are_alike(one, other, without=("/album/17", "/album/qwertyuiop"))

    def test_tells_two_pages_apart(self) -> None:
        one = read_page(b"<h1>Video unavailable</h1><p>It was removed by its author.")
        assert not are_alike(one, read_page(b"<h1>Not found</h1><p>No such page on this site."))
        assert not are_alike(one, read_page(b"<script src=app.js></script>"))

    def test_takes_two_shells_for_one(self) -> None:
        assert are_alike(read_page(b"<div id=app>"), read_page(b"<script src=a></script>"))

    @given(st.text(max_size=300), st.text(max_size=300))
    def test_is_the_same_both_ways(self, first: str, second: str) -> None:
        one, other = read_page(first.encode()), read_page(second.encode())
        assert are_alike(one, one)
        assert are_alike(one, other) == are_alike(other, one)


class TestPlaceOf:
    @pytest.mark.parametrize(
        ("ended", "place"),
        [
            ("https://site.example/a/1", Place.SAME),
            ("http://site.example/a/1/", Place.SAME),
            ("https://www.site.example/a/1", Place.SAME),
            ("https://m.site.example/a/1", Place.SAME),
            ("https://site.example/a/2", Place.SITE),
            ("https://site.example/a/1?page=2", Place.SITE),
            ("https://site.example/", Place.HOME),
            ("https://www.site.example/", Place.HOME),
            ("https://site.example/login?next=/a/1", Place.SIGN_IN),
            ("https://accounts.site.example/", Place.SIGN_IN),
            ("https://login.other.example/x", Place.SIGN_IN),
            ("https://other.example/a/1", Place.ELSEWHERE),
            ("https://other.example/", Place.ELSEWHERE),
        ],
    )
    def test_says_where_it_ended(self, ended: str, place: Place) -> None:
        assert place_of("https://site.example/a/1", ended) is place

    def test_takes_no_whole_name_for_a_way_in(self) -> None:
        assert not is_way_in("id.example", "/")
        assert is_way_in("id.site.example", "/")
        assert place_of("https://a.example/login/1", "https://b.example/login/1") is Place.ELSEWHERE


class TestSibling:
    @pytest.mark.parametrize(
        ("path", "beside"),
        [
            ("/", "/zzz"),
            ("/album", "/zzz"),
            ("/album/", "/zzz"),
            ("/album/17", "/album/zzz"),
            ("/i/17.jpg", "/i/zzz.jpg"),
            ("/i/v1.2-of-something", "/i/zzz"),
            ("/view.php?id=17", "/view.php?id=zzz"),
            ("/view.php?page=2&id=17", "/view.php?page=2&id=zzz"),
            ("/view?17", "/view?zzz"),
        ],
    )
    def test_cannot_exist(self, path: str, beside: str) -> None:
        assert sibling(path, "zzz") == beside


looks = st.builds(
    Look,
    answer=st.just(Answer.ANSWERED),
    failure=st.sampled_from(Failure),
    http_status=st.integers(100, 599),
    place=st.sampled_from(Place),
    text=st.sampled_from(Text),
    says=st.frozensets(st.sampled_from(Says)),
    like_nonsense=st.none() | st.booleans(),
    leads_to=st.just("https://site.example/"),
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


class TestLook:
    @given(looks)
    def test_travels(self, look: Look) -> None:
        assert from_fields(to_fields(look)) == look

    @given(json)
    def test_is_unknown_where_it_is_nonsense(self, given: object) -> None:
        assert from_fields(given) == UNKNOWN

    @given(looks, st.sampled_from(sorted(to_fields(UNKNOWN))), json)
    def test_survives_a_part_that_is_nonsense(self, look: Look, name: str, part: object) -> None:
        assert isinstance(from_fields(to_fields(look) | {name: part}), Look)

    def test_names_no_private_address(self) -> None:
        fields = to_fields(Look(answer=Answer.ANSWERED, http_status=200))
        assert from_fields(fields | {"addresses": ["10.0.0.1", "::1"]}).addresses == ()
