"""Is a page still there? Its head alone is asked for: the content must not be fetched."""

import asyncio

from balise.takedown.tracing.rules.public import IPAddress
from balise.takedown.tracing.tracer.failures import NO_ANSWER, NotAllowed, Unreachable, Vanished
from balise.takedown.tracing.tracer.pages import (
    MAX_REDIRECTS,
    Head,
    Target,
    asked,
    read_target,
    redirected,
)
from balise.takedown.tracing.tracer.reach import Reach

_GONE = frozenset({404, 410, 451})
_UNSATISFIABLE_RANGE = 416  # the page is there, and empty
_FIRST_ERROR = 400


async def check(reach: Reach, url: str) -> dict[str, object]:
    """Return whether a page is still there, as the protocol says it."""
    try:
        async with reach.turn, asyncio.timeout(reach.deadline):
            return await _followed(reach, url)
    except NotAllowed:
        return {"status": "refused", "http_status": None}
    except Vanished:
        return {"status": "gone", "http_status": None}
    except NO_ANSWER:
        return {"status": "unreachable", "http_status": None}


async def headers(reach: Reach, host: str, *, names: frozenset[str]) -> dict[str, str]:
    """Return those of the header fields that a host's first page has; {} without answer."""
    for scheme in ("https", "http"):
        try:
            async with reach.turn, asyncio.timeout(reach.deadline):
                head = await _asked_anywhere(
                    reach, "HEAD", read_target(reach, f"{scheme}://{host}/")
                )
        except NO_ANSWER:
            continue
        return {name: value[:200] for name, value in head.fields.items() if name in names}
    return {}


async def _followed(reach: Reach, url: str) -> dict[str, object]:
    first = target = read_target(reach, url)
    for _hop in range(MAX_REDIRECTS + 1):
        head = await _asked(reach, target)
        if not head.location:
            return {"status": _verdict(head.status, first, target), "http_status": head.status}
        target = redirected(reach, target, head)
    raise Unreachable


async def _asked(reach: Reach, target: Target) -> Head:
    """Return what the server says of a page; an error to HEAD is asked again with GET."""
    head = await _asked_anywhere(reach, "HEAD", target)
    if head.status >= _FIRST_ERROR:
        head = await _asked_anywhere(reach, "GET", target, "Range: bytes=0-0")
    return head


async def _asked_anywhere(reach: Reach, method: str, target: Target, *more: str) -> Head:
    addresses: list[IPAddress] = await reach.addresses(target.host, target.port)
    failure: Exception = Unreachable()
    for ip in addresses[:2]:
        try:
            async with asked(reach, method, target, ip, "Accept: */*", *more) as (head, _rest):
                return head
        except OSError as error:
            failure = error
    raise failure


def _verdict(status: int, first: Target, last: Target) -> str:
    if status in _GONE:
        return "gone"
    if status // 100 == 2 or status == _UNSATISFIABLE_RANGE:  # noqa: PLR2004 - success
        return "online" if last.is_same_page(first) else "moved"
    return "unreachable"
