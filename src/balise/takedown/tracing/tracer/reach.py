"""What may be connected to, and the connection itself: always to an address that was vetted."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address

from balise.takedown.tracing.rules.public import (
    IPAddress,
    ip_of,
    is_documentation,
    is_public,
    is_special_name,
)
from balise.takedown.tracing.tracer.failures import NotAllowed
from balise.takedown.tracing.tracer.names import Names

DEADLINE_SECONDS = 5.0
MAX_BYTES = 65_536
MAX_AT_ONCE = 128
AGENT = "Mozilla/5.0 (compatible)"
WEB_PORTS = frozenset({80, 443})
WHOIS_PORT = 43

_THIS_MACHINE = frozenset({ip_address("127.0.0.1"), ip_address("::1")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which addresses and ports. Tests give other rules here; a real centre cannot.

    `own_ports` are ports of this machine on which servers of our own play the registers, in a
    demonstration alone; documentation addresses may then be spoken of, and are never connected to.
    """

    is_allowed: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = WEB_PORTS
    own_ports: frozenset[int] = frozenset()
    names: Names = field(default_factory=Names)
    deadline: float = DEADLINE_SECONDS
    agent: str = AGENT
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_AT_ONCE))

    def may_use(self, port: int) -> bool:
        """Return whether a port of the web may be connected to anywhere."""
        return port in self.ports or port in self.own_ports

    def may_connect(self, ip: IPAddress, port: int) -> bool:
        """Return whether one address and port may be connected to."""
        if ip in _THIS_MACHINE and port in self.own_ports:
            return True
        return self.is_allowed(ip) and (port in self.ports or port == WHOIS_PORT)

    async def addresses(self, host: str, port: int) -> list[IPAddress]:
        """Return a host's addresses, all of them allowed; one that is not condemns them all."""
        found = await self._found(host)
        if not all(self.may_connect(ip, port) for ip in found):
            raise NotAllowed
        return found

    async def spoken_of(self, host: str) -> list[IPAddress]:
        """Return a host's addresses for a trace, which connects to none of them."""
        found = await self._found(host)
        if not all(
            self.is_allowed(ip) or (self.own_ports and is_documentation(ip)) for ip in found
        ):
            raise NotAllowed
        return found

    async def _found(self, host: str) -> list[IPAddress]:
        literal = ip_of(host)
        if literal is not None:
            return [literal]
        if is_special_name(host) or host.endswith(".onion"):
            raise NotAllowed
        return await self.names.addresses(host)

    async def connected(
        self, ip: IPAddress, port: int, *, server_name: str = ""
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to one address that was vetted, by TLS if a server name is given.

        Neither the kernel nor the reader (which holds twice its limit) takes in more.
        """
        if not self.may_connect(ip, port):
            raise NotAllowed
        family = socket.AF_INET6 if ip.version == 6 else socket.AF_INET  # noqa: PLR2004
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MAX_BYTES // 2)
            line.setblocking(False)
            await asyncio.get_running_loop().sock_connect(line, (str(ip), port))
        except BaseException:
            line.close()
            raise
        return await asyncio.open_connection(
            sock=line,
            limit=MAX_BYTES // 2,
            ssl=self.tls if server_name else None,
            server_hostname=server_name or None,
        )
