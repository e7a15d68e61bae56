"""Three registers: DNS (UDP and TCP), RDAP (HTTP), WHOIS (TCP), with behaviours to swap."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from balise.takedown.tracing.doubles import world

type Behaviour = Callable[[str, asyncio.StreamWriter], Awaitable[None]]

_LOOPBACK = "127.0.0.1"
_ATTEMPTS = 20


@dataclass
class Double:
    """A server of ours: its port, what it was asked, and how it answers."""

    behaviour: Behaviour
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{_LOOPBACK}:{self.port}/"


@asynccontextmanager
async def serving(double: Double, *, end_of_question: bytes) -> AsyncIterator[Double]:
    """Serve a double on loopback; the buffer is small, so that little leaves unread."""

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            question = (await reader.readuntil(end_of_question)).decode("latin-1")
            double.asked.append(question.partition("\r\n")[0])
            await double.behaviour(question, writer)
            await writer.drain()
        with suppress(OSError):
            writer.close()

    listening = socket.create_server((_LOOPBACK, double.port))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    double.port = listening.getsockname()[1]
    running = await asyncio.start_server(hear, sock=listening)
    try:
        yield double
    finally:
        running.close()


def rdap(behaviour: Behaviour | None = None, *, port: int = 0) -> Double:
    """Return an RDAP server; without a behaviour it answers what the invented world holds."""
    return Double(behaviour or answers_well, port)


def whois(behaviour: Behaviour | None = None, *, port: int = 0) -> Double:
    """Return a WHOIS server; without a behaviour it knows what the invented world holds."""
    double = Double(says_nothing, port)
    double.behaviour = behaviour or tells_well(double)
    return double


async def says_nothing(_question: str, _writer: asyncio.StreamWriter) -> None:
    """End without a word."""


async def answers_well(question: str, writer: asyncio.StreamWriter) -> None:
    """Answer as a good RDAP server does: JSON, or 404 for what is not known."""
    kind, _slash, thing = question.split(" ")[1].strip("/").partition("/")
    found = found_by_rdap(kind, thing)
    status = "200 OK" if found is not None else "404 Not Found"
    body = json.dumps(found or {"errorCode": 404}).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/rdap+json\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def found_by_rdap(kind: str, thing: str) -> Mapping[str, object] | None:
    """Return what the invented world says of a domain, an address or a system; None if nothing."""
    if kind == "domain":
        if thing == "example":
            return world.registry_answer()
        site = next((site for site in world.SITES if site.domain == thing), None)
        return world.domain_answer(site) if site else None
    if kind == "ip":
        ip = ip_address(thing)
        net = next((net for net in world.NETS if ip in ip_network(net.prefix)), None)
        return world.network_answer(net) if net else None
    if kind == "autnum" and thing.isdecimal() and int(thing) in world.SYSTEMS:
        return world.system_answer(int(thing))
    return None


def tells_well(double: Double) -> Behaviour:
    """Return the behaviour of a WHOIS server that refers every suffix and number to itself."""

    async def tell(question: str, writer: asyncio.StreamWriter) -> None:
        asked = question.strip()
        site = next((site for site in world.SITES if site.domain == asked), None)
        if site is not None:
            number, address = world.REGISTRARS[site.registrar]
            writer.write(
                f"Domain Name: {site.domain.upper()}\r\nRegistrar: {site.registrar}\r\n"
                f"Registrar IANA ID: {number}\r\nRegistrar Abuse Contact Email: {address}\r\n"
                f"Name Server: NS1.{site.domain.upper()}\r\n".encode()
            )
        else:
            writer.write(f"refer: {_LOOPBACK}:{double.port}\r\n".encode())

    return tell


class _Names(asyncio.DatagramProtocol):
    def __init__(self, zone: "Zone") -> None:
        self.zone = zone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        said = self.zone.answer(data, longest=512)
        if said and isinstance(self.transport, asyncio.DatagramTransport):
            self.transport.sendto(said, addr)


@dataclass
class Zone:
    """What our DNS knows: (name, kind) → lists of records that answer in turn, the last repeated.

    `CNAME other.example` as a record makes an alias, which the next records belong to; a list
    `["SERVFAIL"]` is a server that fails, `["SILENCE"]` one that says nothing.
    """

    records: dict[tuple[str, str], list[list[str]]]
    asked: list[str] = field(default_factory=list)

    def answer(self, data: bytes, *, longest: int) -> bytes:
        """Return the answer to a question, cut off (TC) where it is longer than `longest`."""
        try:
            query = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return b""
        name = query.question[0].name.to_text(omit_final_dot=True).lower()
        kind = query.question[0].rdtype.name
        self.asked.append(f"{kind} {name}")
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        queued = self.records.get((name, kind))
        if queued == [["SILENCE"]]:
            return b""
        if queued is None and not any(known == name for known, _ in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif queued == [["SERVFAIL"]]:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif queued:
            _fill(response, name, kind, queued.pop(0) if len(queued) > 1 else queued[0])
        try:
            return response.to_wire(max_size=longest)
        except dns.exception.TooBig:
            response.answer.clear()
            response.flags |= dns.flags.TC
            return response.to_wire()


def _fill(response: dns.message.Message, name: str, kind: str, records: list[str]) -> None:
    for record in records:
        if record.startswith("CNAME "):
            alias = record.removeprefix("CNAME ") + "."
            response.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", "CNAME", alias))
            name = alias.rstrip(".")
        else:
            response.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", kind, record))


def invented_zone() -> Zone:
    """Return the names of the invented world."""
    records: dict[tuple[str, str], list[list[str]]] = {}
    for site in world.SITES:
        aliased = [f"CNAME {site.alias}"] if site.alias else []
        records[(site.domain, "A")] = [[*aliased, site.address]]
        records[(site.domain, "NS")] = [[f"ns1.{site.domain}.", f"ns2.{site.domain}."]]
        records[(site.domain, "MX")] = [[f"10 mail.{site.domain}."]]
        records[(f"www.{site.domain}", "A")] = [[f"CNAME {site.domain}", site.address]]
    return Zone(records)


@asynccontextmanager
async def naming(zone: Zone, *, port: int = 0) -> AsyncIterator[tuple[str, int]]:
    """Serve a zone by UDP and, for what is too long for it, by TCP on the same port."""

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            (size,) = struct.unpack("!H", await reader.readexactly(2))
            said = zone.answer(await reader.readexactly(size), longest=65_535)
            writer.write(struct.pack("!H", len(said)) + said)
            await writer.drain()
        writer.close()

    by_udp, by_tcp = _both(port)
    place: tuple[str, int] = by_udp.getsockname()
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Names(zone), sock=by_udp
    )
    listening = await asyncio.start_server(hear, sock=by_tcp)
    try:
        yield place
    finally:
        listening.close()
        transport.close()
        await asyncio.sleep(0)  # the socket itself is closed in the loop's next turn


def _both(port: int) -> tuple[socket.socket, socket.socket]:
    """Return a UDP and a TCP socket on one port; a free one may be free for one of them only."""
    failure: OSError | None = None
    for _attempt in range(_ATTEMPTS if port == 0 else 1):
        by_udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            by_udp.bind((_LOOPBACK, port))
            return by_udp, socket.create_server((_LOOPBACK, by_udp.getsockname()[1]))
        except OSError as error:
            by_udp.close()
            failure = error
    raise failure or OSError(port)


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three registers listen, as the tracer and the settings are told."""

    dns: int
    rdap: int
    whois: int

    @property
    def by_name(self) -> dict[str, int]:
        """The ports as the setting `TRACER_LOOPBACK` holds them."""
        return {"dns": self.dns, "rdap": self.rdap, "whois": self.whois}


@asynccontextmanager
async def registers(
    *,
    rdap_double: Double | None = None,
    whois_double: Double | None = None,
    zone: Zone | None = None,
    ports: Ports | None = None,
) -> AsyncIterator[Ports]:
    """Serve all three, on free ports unless told."""
    of_rdap, of_whois = rdap_double or rdap(), whois_double or whois()
    if ports is not None:
        of_rdap.port, of_whois.port = ports.rdap, ports.whois
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(
            naming(zone or invented_zone(), port=ports.dns if ports else 0)
        )
        await stack.enter_async_context(serving(of_rdap, end_of_question=b"\r\n\r\n"))
        await stack.enter_async_context(serving(of_whois, end_of_question=b"\r\n"))
        yield Ports(place[1], of_rdap.port, of_whois.port)
