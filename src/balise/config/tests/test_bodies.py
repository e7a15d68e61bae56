import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from balise.awareness.publications.rules.watching import MOST as FILM
from balise.config import bodies
from balise.config.bodies import Body, BodyRefused, Limits, Rooms, length_of, longest
from balise.foundation.accounts.tests.makers import make_account, sign_in

LIMITS = Limits(plain=100, with_files=1000, plain_in_all=250, files_in_all=1000)


def parts(*content: bytes) -> Any:
    """Return what a server calls to receive a body in these parts."""
    left: Iterator[tuple[int, bytes]] = iter(enumerate(content, 1))

    async def receive() -> dict[str, Any]:
        place, part = next(left)
        return {"type": "http.request", "body": part, "more_body": place < len(content)}

    return receive


def read(rooms: Rooms, *content: bytes, is_large: bool = False, comes_first: bool = False) -> Body:
    length = sum(map(len, content))
    given = {"is_large": is_large, "comes_first": comes_first}
    return asyncio.run(rooms.read(parts(*content), length, **given))


class TestLengthOf:
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"HTTP_TRANSFER_ENCODING": "chunked"}, HTTPStatus.LENGTH_REQUIRED),
            ({"CONTENT_LENGTH": "-1"}, HTTPStatus.BAD_REQUEST),
            ({"CONTENT_LENGTH": "²"}, HTTPStatus.BAD_REQUEST),
            ({"CONTENT_LENGTH": "1 0"}, HTTPStatus.BAD_REQUEST),
        ],
    )
    def test_refuses_what_is_no_length(self, headers: dict[str, str], status: HTTPStatus) -> None:
        with pytest.raises(BodyRefused) as refused:
            length_of(headers.get)
        assert refused.value.status is status

    def test_is_nothing_where_nothing_is_said(self) -> None:
        assert length_of({"HTTP_HOST": "x"}.get) == 0
        assert length_of({"CONTENT_LENGTH": "12"}.get) == 12


class TestRooms:
    def test_reads_a_body_in_parts(self) -> None:
        assert read(Rooms(LIMITS), b"sal", b"ut").content.read() == b"salut"

    def test_has_room_for_so_many_bytes_at_once(self) -> None:
        rooms = Rooms(LIMITS)
        first, second = read(rooms, b"a" * 100), read(rooms, b"b" * 100)

        with pytest.raises(BodyRefused) as refused:
            read(rooms, b"c" * 40, b"c" * 60)
        assert refused.value.status is HTTPStatus.SERVICE_UNAVAILABLE

        first.leave()
        assert read(rooms, b"d" * 100).content.read() == b"d" * 100
        second.leave()

    def test_takes_the_room_of_a_large_one_before_it_comes(self) -> None:
        rooms = Rooms(LIMITS)
        large = read(rooms, b"a" * 600, is_large=True)

        async def never() -> dict[str, Any]:
            raise AssertionError("it was read")

        with pytest.raises(BodyRefused):
            asyncio.run(rooms.read(never, 600, is_large=True))
        # Words still come in beside the file.
        assert read(rooms, b"b" * 100).content.read() == b"b" * 100
        large.leave()
        assert read(rooms, b"c" * 1000, is_large=True).content.read() == b"c" * 1000

    def test_keeps_one_that_is_longer_than_its_memory_on_a_disk(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        settings.UPLOADS = tmp_path / "uploads"
        rooms = Rooms(LIMITS)
        film = read(rooms, b"a" * 600, b"b" * 600, is_large=True)

        assert film.content.read() == b"a" * 600 + b"b" * 600
        assert not isinstance(film.content, BytesIO)
        read(rooms, b"c" * 1000, is_large=True).leave()  # all of the memory is there
        film.leave()
        assert not list(settings.UPLOADS.iterdir())

    def test_gives_back_the_room_of_who_leaves_half_way(self) -> None:
        rooms = Rooms(LIMITS)

        async def goes(answers: Sequence[dict[str, Any]]) -> None:
            left = iter(answers)

            async def receive() -> dict[str, Any]:
                return next(left)

            await rooms.read(receive, 200, is_large=False)

        first = {"type": "http.request", "body": b"a" * 100, "more_body": True}
        for _each in range(5):
            with pytest.raises(ConnectionResetError):
                asyncio.run(goes([first, {"type": "http.disconnect"}]))

    def test_cuts_a_body_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bodies, "AT_LEAST", 0.2)
        monkeypatch.setattr(bodies, "ONCE_MORE", 0.1)
        rooms = Rooms(LIMITS)

        async def drips() -> dict[str, Any]:
            await asyncio.sleep(0.02)
            return {"type": "http.request", "body": b"a", "more_body": True}

        with pytest.raises(BodyRefused) as refused:
            asyncio.run(rooms.read(drips, 200, is_large=False))
        assert refused.value.status is HTTPStatus.REQUEST_TIMEOUT
        assert read(rooms, b"b" * 100, b"b" * 100).content.read()

    def test_what_comes_first_has_a_room_that_nothing_else_takes(self) -> None:
        rooms = Rooms(replace(LIMITS, short=50, first_in_all=100))
        others = [read(rooms, b"a" * 100), read(rooms, b"b" * 100), read(rooms, b"c" * 50)]
        with pytest.raises(BodyRefused):
            read(rooms, b"d" * 50)
        with pytest.raises(BodyRefused):  # what is long is no message
            read(rooms, b"d" * 51, comes_first=True)
        kept = [read(rooms, b"e" * 50, comes_first=True) for _each in range(2)]
        with pytest.raises(BodyRefused):
            read(rooms, b"f" * 50, comes_first=True)
        for body in (*others, *kept):
            body.leave()
        assert read(rooms, b"g" * 50, comes_first=True).content.read() == b"g" * 50

    @pytest.mark.parametrize("comes_first", [True, False])
    def test_who_sends_slowly_gives_way_to_who_does_not(
        self, monkeypatch: pytest.MonkeyPatch, comes_first: bool
    ) -> None:
        monkeypatch.setattr(bodies, "QUICK", 0.05)
        rooms = Rooms(replace(LIMITS, plain_in_all=100, short=100, first_in_all=100))

        async def never_ends() -> dict[str, Any]:
            if not begun.is_set():
                begun.set()
                return {"type": "http.request", "body": b"a" * 90, "more_body": True}
            await asyncio.Event().wait()
            raise AssertionError

        async def play() -> tuple[bytes, BaseException]:
            slow = asyncio.create_task(
                rooms.read(never_ends, 100, is_large=False, comes_first=comes_first)
            )
            await begun.wait()
            with pytest.raises(BodyRefused):  # it is not slow yet
                await rooms.read(parts(b"b" * 100), 100, is_large=False, comes_first=comes_first)
            await asyncio.sleep(0.1)
            body = await rooms.read(parts(b"b" * 100), 100, is_large=False, comes_first=comes_first)
            (refused,) = await asyncio.gather(slow, return_exceptions=True)
            return body.content.read(), refused  # type: ignore[return-value]

        begun = asyncio.Event()
        octets, refused = asyncio.run(play())
        assert octets == b"b" * 100
        assert isinstance(refused, BodyRefused)
        assert refused.status is HTTPStatus.REQUEST_TIMEOUT

    def test_reads_what_is_there_after_a_time_in_which_the_process_did_not_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bodies, "AT_LEAST", -1.0)  # over before anyone could look

        async def comes_late() -> dict[str, Any]:
            for _turn in range(5):
                await asyncio.sleep(0)
            return {"type": "http.request", "body": b"begin"}

        body = asyncio.run(Rooms(LIMITS).read(comes_late, 5, is_large=False))
        assert body.content.read() == b"begin"


@pytest.mark.django_db
class TestLongest:
    def test_only_someone_signed_in_on_a_page_that_takes_files(self, client: Client) -> None:
        takes, other = reverse("staff:desk:new-batch"), reverse("staff:home")
        assert longest(takes, "") == 0
        assert longest(takes, f"{settings.SESSION_COOKIE_NAME}=invented") == 0

        sign_in(client, make_account())
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].OutputString()

        assert longest(takes, cookie) == settings.BODY_MAX_BYTES
        for path in (other, "/fr/report/", "/nowhere/"):
            assert longest(path, cookie) == 0
        assert longest(takes, "sid=\x00;;;=") == 0

    def test_a_film_may_be_longer_than_a_picture(self, client: Client) -> None:
        sign_in(client, make_account("editor"))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].OutputString()

        assert longest("/cms/images/add/", cookie) == settings.BODY_MAX_BYTES
        assert longest("/cms/documents/add/", cookie) > FILM
