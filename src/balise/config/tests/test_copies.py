"""Copies of pages: fresh, renewed once, marked old, and with nothing of a visitor."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from balise.config import copies
from balise.config.copies import Copies, Receive, Scope, Send
from balise.config.urls import kept

HOME = "/fr/"


class Pages:
    """Pages that say how many times they were drawn, and for whom."""

    def __init__(self) -> None:
        self.seen: list[Scope] = []
        self.status = 200
        self.headers = [(b"content-length", b"0")]
        self.goes_on: Callable[[], Awaitable[object]] | None = None

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        if self.goes_on:
            await self.goes_on()
        words = f"<!--as-of-->drawn {len(self.seen)}<!--fresh--> open<!--/fresh-->".encode()
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": words})


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds that have passed, to be changed."""
    now = [1000.0]
    monkeypatch.setattr(copies, "monotonic", lambda: now[0])
    return now


async def ask(application: Copies, path: str = HOME, *, query: bytes = b"", **headers: str) -> Any:
    """Return the status and the words of an answer."""
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": sent}
    await application(scope, receive, send)
    return said[0]["status"], said[1]["body"].decode()


def run(story: Callable[[Copies], Awaitable[None]], pages: Pages) -> None:
    asyncio.run(story(Copies(pages, {HOME: 5})))  # type: ignore[arg-type]  # a coroutine


def test_a_few_pages_are_kept_for_seconds_in_each_language() -> None:
    pages = ("", "resources/", "figures/")
    assert kept() == {f"/{language}/{page}": 5 for language in ("fr", "en") for page in pages}


def test_a_copy_is_made_by_a_request_that_has_nothing_of_a_visitor(pages: Pages) -> None:
    async def story(application: Copies) -> None:
        await ask(application, host="a.example", cookie="sid=secret", accept_language="lb")
        assert pages.seen[0]["headers"] == [(b"host", b"a.example")]
        assert (await ask(application, host="a.example"))[1].endswith("open<!--/fresh-->")
        assert len(pages.seen) == 1

    run(story, pages)


def test_who_has_left_is_answered_before_it(pages: Pages) -> None:
    async def story(application: Copies) -> None:
        await ask(application)
        await ask(application, cookie="theme=dark; away=1")
        assert (b"cookie", b"theme=dark; away=1") in pages.seen[1]["headers"]

    run(story, pages)


@pytest.mark.parametrize(
    "asked",
    [{"query": b"q=1"}, {"cookie": "messages=x"}, {"path": "/fr/talk/"}, {"host": "b.example"}],
)
def test_what_may_be_answered_otherwise_is_asked_of_the_page(
    pages: Pages, asked: dict[str, Any]
) -> None:
    async def story(application: Copies) -> None:
        await ask(application, host="a.example")
        await ask(application, **{"host": "a.example", **asked})
        assert len(pages.seen) == 2

    run(story, pages)


def test_one_request_renews_it_while_the_others_have_the_old_one(
    pages: Pages, time: list[float]
) -> None:
    async def story(application: Copies) -> None:
        await ask(application)
        time[0] += 6
        goes_on = asyncio.Event()
        pages.goes_on = goes_on.wait
        first = asyncio.create_task(ask(application))
        await asyncio.sleep(0)
        others = [await ask(application) for _each in range(3)]
        goes_on.set()
        assert {words[:20] for _status, words in others} == {"<!--as-of-->drawn 1<"}
        assert "drawn 2" in (await first)[1]
        assert len(pages.seen) == 2

    run(story, pages)


def test_an_old_copy_is_never_shown_as_fresh_after_a_quiet_hour(
    pages: Pages, time: list[float]
) -> None:
    async def story(application: Copies) -> None:
        await ask(application)
        time[0] += 3600
        answers = await asyncio.gather(*(ask(application) for _each in range(3)))
        assert all("drawn 2" in words for _status, words in answers)
        assert len(pages.seen) == 2

    run(story, pages)


def test_while_the_page_breaks_its_last_copy_is_marked_old(pages: Pages, time: list[float]) -> None:
    async def story(application: Copies) -> None:
        await ask(application)
        pages.status = 503
        time[0] += 6
        for _each in range(4):
            status, words = await ask(application)
            assert status == 200
            assert '<p class="as-of" role="status">Copie de cette page' in words
            assert "drawn 1" in words
            assert "open" not in words
        assert len(pages.seen) == 2  # it is not asked again at once
        pages.status = 200
        time[0] += copies.RETRY + 1
        assert "drawn 3" in (await ask(application))[1]

    run(story, pages)


def test_a_page_that_does_not_answer_keeps_nobody_waiting(
    pages: Pages, time: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PATIENCE", 0.01)

    async def story(application: Copies) -> None:
        await ask(application)
        time[0] += 60
        goes_on = asyncio.Event()
        pages.goes_on = goes_on.wait
        assert "as-of" in (await ask(application))[1]
        goes_on.set()

    run(story, pages)


@pytest.mark.parametrize(
    ("status", "header"),
    [
        (404, (b"x", b"y")),
        (200, (b"Set-Cookie", b"a=b")),
        (200, (b"content-security-policy", b"script-src 'nonce-1'")),
    ],
)
def test_what_is_of_one_visitor_or_not_there_is_not_kept(
    pages: Pages, status: int, header: tuple[bytes, bytes]
) -> None:
    pages.status = status
    pages.headers = [header]

    async def story(application: Copies) -> None:
        for _each in range(2):
            await ask(application, cookie="a=b")
        told = [(b"cookie", b"a=b") in scope["headers"] for scope in pages.seen]
        assert told == [False, True, False, True]

    run(story, pages)


def test_many_names_of_hosts_fill_no_memory(pages: Pages) -> None:
    async def story(application: Copies) -> None:
        for number in range(copies.MOST + 10):
            await ask(application, host=f"{number}.example")
        assert len(application._kept) == copies.MOST

    run(story, pages)
