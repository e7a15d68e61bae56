"""Look at a host: where its name leads, by which aliases, and the few headers that tell a relay."""

import asyncio

from balise.takedown.tracing.rules.public import ip_of
from balise.takedown.tracing.rules.registers import NO_ANSWER as SILENT
from balise.takedown.tracing.tracer import checking
from balise.takedown.tracing.tracer.failures import NO_ANSWER
from balise.takedown.tracing.tracer.reach import Reach

MOST_ADDRESSES = 16
MOST_HEADERS = 40


async def look(
    reach: Reach, host: str, *, domain: str, headers: frozenset[str]
) -> dict[str, object]:
    """Return a host's addresses, aliases, name and mail servers, and the headers asked for.

    One address that may not be touched condemns them all, and looks as a name that leads nowhere.
    """
    problems: list[dict[str, str]] = []
    try:
        addresses = [str(ip) for ip in await reach.spoken_of(host)][:MOST_ADDRESSES]
    except NO_ANSWER:
        addresses = []
        problems.append({"about": "names", "code": "no-public-address", "where": ""})
    aliases: tuple[str, ...] = ()
    of_names: tuple[str, ...] = ()
    of_mail: tuple[str, ...] = ()
    if ip_of(host) is None and addresses:
        aliases = await reach.names.aliases(host)
    if domain:
        of_names, of_mail = await reach.names.servers(domain)
        if not of_names:
            problems.append({"about": "names", "code": SILENT, "where": ""})
    said = await _headers(reach, host, headers) if addresses else {}
    return {
        "addresses": addresses,
        "aliases": aliases,
        "nameservers": of_names,
        "mail_servers": of_mail,
        "headers": said,
        "problems": problems,
    }


async def _headers(reach: Reach, host: str, names: frozenset[str]) -> dict[str, str]:
    wanted = frozenset(sorted(names)[:MOST_HEADERS])
    try:
        async with asyncio.timeout(reach.deadline):
            return await checking.headers(reach, host, names=wanted)
    except TimeoutError:
        return {}
