"""Is a page still there? Its head alone is asked for: the content must not be fetched."""

import asyncio

from balise.takedown.tracing.rules.public import IPAddress
from balise.takedown.tracing.tracer.failures import NO_ANSWER, Unreachable
from balise.takedown.tracing.tracer.pages import Head, Target, asked, read_target
from balise.takedown.tracing.tracer.reach import Reach


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
