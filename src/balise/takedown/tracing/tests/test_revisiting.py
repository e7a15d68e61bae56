"""One look at a page: its words are flags, its neighbour is asked for, a picture never fetched."""

import asyncio
import json
from collections.abc import Mapping

import pytest

from balise.takedown.tracing.doubles.registers import Behaviour
from balise.takedown.tracing.rules.looks import Answer, Failure, Look, Place, Says, Text, to_fields
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tests.test_tracer import lenient
from balise.takedown.tracing.tracer.revisiting import revisit

LONG = "<p>" + " ".join(f"word{number}" for number in range(400)) + "</p>"
GONE = "<h1>Page introuvable</h1>"
HTML = "Content-Type: text/html; charset=utf-8"
ALOUD = frozenset({Says.GONE, Says.GONE_ALOUD})
NEIGHBOUR = "*"


def page(body: str = "", *, status: int = 200, head: str = HTML) -> str:
    """An answer as HTTP has it."""
    return f"HTTP/1.1 {status} Word\r\n{head}\r\n\r\n{body}"


def to(location: str) -> str:
    return page(status=302, head=f"Location: {location}")


def site(pages: Mapping[str, str]) -> Behaviour:
    """A site that has these pages by path; NEIGHBOUR is every other path."""

    async def behave(head: str, writer: asyncio.StreamWriter) -> None:
        method, path, _rest = head.split(" ", 2)
        answer = pages.get(path, pages.get(NEIGHBOUR, page("no", status=404)))
        if method == "HEAD":
            answer = answer.partition("\r\n\r\n")[0] + "\r\n\r\n"
        writer.write(answer.replace("{path}", path).encode())

    return behave


def look_at(pages: Mapping[str, str], path: str = "/album/1") -> tuple[Look, list[str]]:
    async def run() -> tuple[Look, list[str]]:
        async with hostile.server(site(pages)) as seen:
            found = await revisit(lenient(seen.port), f"http://127.0.0.1:{seen.port}{path}")
            return found, [head.partition(" HTTP")[0] for head in seen.heads]

    return asyncio.run(run())


class TestWords:
    def test_are_read_where_there_are_words(self) -> None:
        found, asked = look_at({"/album/1": page(LONG)})
        assert (found.text, found.says, found.like_nonsense) == (Text.LONG, frozenset(), None)
        assert asked == ["HEAD /album/1", "GET /album/1"]

    @pytest.mark.parametrize("kind", ["image/jpeg", "video/mp4", "application/octet-stream", ""])
    def test_are_not_looked_for_in_pictures(self, kind: str) -> None:
        found, asked = look_at({"/album/1": page("x" * 90_000, head=f"Content-Type: {kind}")})
        assert (found.http_status, found.text) == (200, Text.NOT_READ)
        assert asked == ["HEAD /album/1"]

    def test_are_not_decompressed(self) -> None:
        head = f"{HTML}\r\nContent-Encoding: gzip"
        assert look_at({"/album/1": page("\x1f", head=head)})[0].text is Text.NOT_READ

    def test_are_read_from_chunks(self) -> None:
        chunks = f"{len(GONE):x};x=y\r\n{GONE}\r\n5\r\n<p>ab\r\n0\r\n\r\n"
        head = f"{HTML}\r\nTransfer-Encoding: chunked"
        found, _asked = look_at({"/album/1": page(chunks, head=head)})
        assert found.says == ALOUD

    def test_of_an_error_are_read_as_well(self) -> None:
        wall = page("<h1>Not available in your country</h1>", status=403)
        assert Says.BLOCKED in look_at({"/album/1": wall})[0].says

    def test_never_leave_the_tracer(self) -> None:
        found, _asked = look_at({"/album/1": page(f"{GONE}<p>secret-of-someone</p>")})
        assert "secret" not in json.dumps(to_fields(found))
        assert "introuvable" not in json.dumps(to_fields(found))


class TestNeighbour:
    def test_is_asked_for_when_a_page_says_that_it_is_gone(self) -> None:
        found, asked = look_at({NEIGHBOUR: page(GONE)})
        assert (found.says, found.like_nonsense) == (ALOUD, True)
        beside = asked[2].removeprefix("HEAD /album/")
        assert len(beside) == 14
        assert asked[3] == f"GET /album/{beside}"

    def test_tells_a_removed_page_from_one_that_never_was(self) -> None:
        found, asked = look_at({"/album/1": page(GONE)})
        assert (found.says, found.like_nonsense) == (ALOUD, False)
        assert len(asked) == 3

    def test_is_compared_but_for_the_address(self) -> None:
        found, _asked = look_at({NEIGHBOUR: page(f"{GONE}<p>Il n'y a pas de {{path}} ici")})
        assert found.like_nonsense is True

    def test_shows_that_anything_is_led_home(self) -> None:
        pages = {"/": page(LONG), NEIGHBOUR: to("/")}
        found, _asked = look_at(pages)
        assert (found.place, found.like_nonsense) == (Place.HOME, True)

    def test_shows_that_a_page_is_led_to_its_own_title(self) -> None:
        pages = {"/album/1": to("/album/1-title"), "/album/1-title": page(LONG)}
        found, _asked = look_at(pages)
        assert (found.place, found.like_nonsense) == (Place.SITE, False)
        assert found.leads_to.endswith("/album/1-title")

    def test_shows_an_empty_shell(self) -> None:
        shell = page("<div id=app></div><script src=/app.js></script>")
        assert look_at({NEIGHBOUR: shell})[0].like_nonsense is True

    def test_shows_a_picture_that_stands_for_all(self) -> None:
        kind = "Content-Type: image/png\r\nContent-Length: 900"
        placeholder = page("x" * 900, head=f'{kind}\r\nETag: "a"')
        found, asked = look_at({NEIGHBOUR: placeholder}, "/i/1.png")
        assert found.like_nonsense is True
        assert [each.partition(" ")[0] for each in asked] == ["HEAD", "HEAD"]
        other = page("y" * 900, head=f'{kind}\r\nETag: "b"')
        pages = {"/i/1.png": placeholder, NEIGHBOUR: other}
        assert look_at(pages, "/i/1.png")[0].like_nonsense is False

    def test_is_not_known_when_it_does_not_answer(self) -> None:
        pages = {"/album/1": page(GONE), NEIGHBOUR: "nonsense\r\n\r\n"}
        assert look_at(pages)[0].like_nonsense is None

    def test_is_left_alone_when_nothing_is_in_doubt(self) -> None:
        assert len(look_at({"/album/1": page(LONG), NEIGHBOUR: page(LONG)})[1]) == 2


class TestPlaces:
    def test_tell_a_way_in_from_a_home(self) -> None:
        pages = {NEIGHBOUR: to("/login?next=x"), "/login?next=x": page("<h1>Connexion</h1>")}
        found, _asked = look_at(pages)
        assert (found.place, found.like_nonsense) == (Place.SIGN_IN, None)

    def test_name_where_a_page_went(self) -> None:
        async def run() -> Look:
            async with (
                hostile.server(site({"/new": page(LONG)})) as there,
                hostile.names({("new.example", "A"): [["127.0.0.1"]]}) as nameserver,
            ):
                location = f"http://new.example:{there.port}/new"
                async with hostile.server(site({NEIGHBOUR: to(location)})) as here:
                    reach = lenient(here.port, there.port, nameserver=nameserver)
                    return await revisit(reach, f"http://127.0.0.1:{here.port}/album/1")

        found = asyncio.run(run())
        assert (found.place, found.http_status) == (Place.ELSEWHERE, 200)
        assert found.leads_to.endswith("/new")


class TestSilence:
    def test_has_its_reason(self) -> None:
        async def run(behaviour: Behaviour) -> Look:
            async with hostile.server(behaviour) as seen:
                return await revisit(lenient(seen.port), f"http://127.0.0.1:{seen.port}/")

        async def no_tls() -> Look:
            async def hear(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writer.write(b"HTTP/1.1 400 Word\r\n\r\n")
                writer.close()

            running = await asyncio.start_server(hear, "127.0.0.1", 0)
            async with running:
                port = running.sockets[0].getsockname()[1]
                return await revisit(lenient(port), f"https://127.0.0.1:{port}/")

        async def nobody() -> Look:
            return await revisit(lenient(9), "http://127.0.0.1:9/")

        async def no_names() -> Look:
            zone = {("x.example", "A"): [["SERVFAIL"]]}
            async with hostile.names(zone) as nameserver:
                return await revisit(lenient(9, nameserver=nameserver), "http://x.example:9/")

        looks = (
            run(hostile.keeps_silent),
            run(hostile.says("nonsense")),
            no_tls(),
            nobody(),
            no_names(),
        )
        found = list(map(asyncio.run, looks))
        assert {each.answer for each in found} == {Answer.SILENT}
        assert [each.failure for each in found] == [
            Failure.TIMEOUT,
            Failure.NONSENSE,
            Failure.TLS,
            Failure.CONNECTION,
            Failure.NAMES,
        ]
