"""Strangers' servers can neither lead the tracer inside, nor hold it, nor fill it."""

import asyncio
import itertools
import time
from ipaddress import ip_address

import pytest

from balise.takedown.tracing.doubles.registers import Behaviour
from balise.takedown.tracing.rules.looks import Answer, Look, Place
from balise.takedown.tracing.rules.public import IPAddress
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tracer.failures import NotAllowed, Unreachable, Vanished
from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.protocol import answer
from balise.takedown.tracing.tracer.reach import Reach
from balise.takedown.tracing.tracer.revisiting import revisit

OURS = ip_address("127.0.0.1")
FORBIDDEN = "127.0.0.2"


def only_ours(ip: IPAddress) -> bool:
    return ip == OURS


def lenient(*ports: int, nameserver: tuple[str, int] | None = None) -> Reach:
    """A reach that ends at 127.0.0.1, so that a stranger's server can be ours."""
    names = Names(server=nameserver)
    return Reach(is_allowed=only_ours, ports=frozenset(ports), names=names, deadline=0.6)


def of_the_public(nameserver: tuple[str, int] = ("127.0.0.1", 9)) -> Reach:
    """The real rules, with names from a server of ours; port 9 is nobody's."""
    return Reach(names=Names(server=nameserver))


def check_against(behaviour: Behaviour, path: str = "/page") -> tuple[Look, hostile.Server]:
    async def run() -> tuple[Look, hostile.Server]:
        async with hostile.server(behaviour) as seen:
            url = f"http://127.0.0.1:{seen.port}{path}"
            return await revisit(lenient(seen.port), url), seen

    return asyncio.run(run())


class TestRevisit:
    @pytest.mark.parametrize("status", [200, 206, 416, 404, 410, 451, 401, 403, 429, 500, 503])
    def test_reads_what_the_server_says(self, status: int) -> None:
        found, _ = check_against(hostile.answers(status))
        assert found == Look(answer=Answer.ANSWERED, http_status=status, addresses=(OURS,))

    def test_asks_for_the_head_only(self) -> None:
        _, seen = check_against(hostile.answers(200))
        assert seen.methods == ["HEAD"]
        assert "accept-encoding: identity" in seen.heads[0].lower()

    def test_asks_for_one_byte_where_the_head_is_an_error(self) -> None:
        async def behave(head: str, writer: asyncio.StreamWriter) -> None:
            status = 405 if head.startswith("HEAD") else 206
            writer.write(f"HTTP/1.1 {status} Word\r\n\r\n".encode())

        found, seen = check_against(behave)
        assert found.http_status == 206
        assert seen.methods == ["HEAD", "GET"]
        assert "Range: bytes=0-0" in seen.heads[1]

    def test_passes_over_provisional_answers(self) -> None:
        text = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
        found, _ = check_against(hostile.says(text))
        assert found.http_status == 200

    def test_takes_a_site_that_tidies_its_address_as_the_same(self) -> None:
        async def behave(head: str, writer: asyncio.StreamWriter) -> None:
            tidy = head.startswith("HEAD /page/ ")
            redirect = "HTTP/1.1 301 Word\r\nLocation: /page/\r\n\r\n"
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n" if tidy else redirect.encode())

        found = check_against(behave)[0]
        assert (found.place, found.leads_to) == (Place.SAME, "")

    def test_says_when_a_page_leads_elsewhere(self) -> None:
        async def behave(head: str, writer: asyncio.StreamWriter) -> None:
            home = head.startswith("HEAD / ")
            redirect = "HTTP/1.1 302 Word\r\nLocation: /\r\n\r\n"
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n" if home else redirect.encode())

        found, seen = check_against(behave)
        assert (found.place, found.leads_to) == (Place.HOME, f"http://127.0.0.1:{seen.port}/")


class TestRedirects:
    def test_stop_after_three(self) -> None:
        found, seen = check_against(hostile.answers(302, "Location: /page"))
        assert found.answer is Answer.SILENT
        assert seen.connections == 4

    @pytest.mark.parametrize(
        "location",
        [
            "file:///etc/passwd",
            "gopher://site.example/",
            "ftp://site.example/",
            "javascript:alert(1)",
            "http://127.0.0.1:1/",
            "http://127.0.0.2/",
            "http://10.0.0.1/",
            "http://2130706434/",
            "http://[::1]/",
            "http://[::ffff:7f00:2]/",
            "http://localhost/",
            "//printer.local/",
            "http://169.254.169.254/latest/meta-data/",
        ],
    )
    def test_are_vetted_again(self, location: str) -> None:
        found, seen = check_against(hostile.answers(302, f"Location: {location}"))
        assert found.answer is Answer.REFUSED
        assert seen.connections == 1

    def test_never_reach_a_forbidden_server(self) -> None:
        async def run() -> tuple[object, int]:
            async with hostile.server(hostile.answers(200), host=FORBIDDEN) as inside:
                to_inside = hostile.answers(307, f"Location: http://{FORBIDDEN}:{inside.port}/")
                async with hostile.server(to_inside) as outside:
                    reach = lenient(inside.port, outside.port)
                    found = await revisit(reach, f"http://127.0.0.1:{outside.port}/")
                return found.answer, inside.connections

        assert asyncio.run(run()) == (Answer.REFUSED, 0)


class TestHostileServers:
    @pytest.mark.parametrize(
        "behaviour",
        [
            hostile.drips,
            hostile.keeps_silent,
            hostile.says("<html>no status: HTTP/0.9"),
            hostile.says("HTTP/1.1 abc\r\n\r\n"),
            hostile.says("HTTP/1.1 200 OK"),
            hostile.says("HTTP/2 200\r\n\r\n"),
            hostile.says("HTTP/1.1 100 Continue\r\n\r\n" * 10),
            hostile.says(""),
            hostile.answers(302, "Location: http://"),
            hostile.answers(302, "Location: http://[::"),
        ],
    )
    def test_are_given_up_in_time(self, behaviour: Behaviour) -> None:
        start = time.monotonic()
        found, _ = check_against(behaviour)
        assert found.answer is Answer.SILENT
        assert time.monotonic() - start < 30

    @pytest.mark.parametrize(
        ("start", "endless", "answered"),
        [
            ("HTTP/1.1 200 OK\r\n", b"X-Header: again\r\n" * 500, False),
            ("HTTP/1.1 200 OK\r\nX: ", b"a" * 8_000, False),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", b"a" * 8_000, True),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", b"\x1f\x8b\0" * 3_000, True),
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>a " * 2_000, True),
        ],
    )
    def test_cannot_fill_the_tracer(self, start: str, endless: bytes, answered: bool) -> None:
        left: list[int] = []
        found, _ = check_against(hostile.pours(start, endless, left))
        assert (found.answer is Answer.ANSWERED) == answered
        assert (
            max(left) < 400_000
        )  # 64 KB read; the rest is what two kernels and TCP keep under way

    def test_are_left_when_they_speak_no_tls(self) -> None:
        async def run() -> Look:
            async with hostile.server(hostile.answers(200)) as seen:
                return await revisit(lenient(seen.port), f"https://127.0.0.1:{seen.port}/")

        assert asyncio.run(run()).answer is Answer.SILENT


class TestNames:
    @staticmethod
    def verdict_on(zone: dict[tuple[str, str], list[list[str]]]) -> tuple[object, int, list[str]]:
        """Return the verdict on http://site.example/, connects to 127.0.0.2, and the questions."""
        asked: list[str] = []

        async def run() -> tuple[object, int, list[str]]:
            async with (
                hostile.names(zone, asked) as nameserver,
                hostile.server(hostile.answers(200)) as outside,
                hostile.server(hostile.answers(200), FORBIDDEN, outside.port) as inside,
            ):
                reach = lenient(outside.port, nameserver=nameserver)
                found = await revisit(reach, f"http://site.example:{outside.port}/")
                return found.answer, inside.connections, asked

        return asyncio.run(run())

    def test_that_change_their_answer_change_nothing(self) -> None:
        zone = {("site.example", "A"): [["127.0.0.1"], [FORBIDDEN]]}
        assert self.verdict_on(zone) == (
            Answer.ANSWERED,
            0,
            ["A site.example", "AAAA site.example"],
        )

    @pytest.mark.parametrize(
        "zone",
        [
            {("site.example", "A"): [[FORBIDDEN]]},
            {("site.example", "A"): [["127.0.0.1", FORBIDDEN]]},
            {("site.example", "A"): [["127.0.0.1"]], ("site.example", "AAAA"): [["::1"]]},
            {("site.example", "A"): [["CNAME inside.example", "10.0.0.1"]]},
            {("site.example", "AAAA"): [["::ffff:127.0.0.1"]]},
        ],
    )
    def test_with_one_private_address_are_refused(
        self, zone: dict[tuple[str, str], list[list[str]]]
    ) -> None:
        assert self.verdict_on(zone)[:2] == (Answer.REFUSED, 0)

    def test_that_exist_no_more_are_gone(self) -> None:
        assert self.verdict_on({})[0] is Answer.NAME_GONE

    def test_that_no_server_answers_for_are_unreachable(self) -> None:
        assert self.verdict_on({("site.example", "A"): [["SERVFAIL"]]})[0] is Answer.SILENT

    def test_resolve_to_public_addresses_only(self) -> None:
        async def run(records: list[str]) -> list[IPAddress]:
            async with hostile.names({("site.example", "A"): [records]}) as nameserver:
                return await of_the_public(nameserver).addresses("site.example", 443)

        assert asyncio.run(run(["8.8.8.8"])) == [ip_address("8.8.8.8")]
        with pytest.raises(NotAllowed):
            asyncio.run(run(["8.8.8.8", "192.168.0.1"]))
        with pytest.raises(Vanished):
            asyncio.run(run([]))

    def test_of_tor_and_of_homes_are_not_asked_for(self) -> None:
        for host in ("abc.onion", "printer.local", "localhost", "intranet"):
            with pytest.raises(NotAllowed):
                asyncio.run(of_the_public().addresses(host, 443))

    def test_that_nobody_serves_are_unreachable(self) -> None:
        with pytest.raises(Unreachable):
            asyncio.run(of_the_public().addresses("site.example", 443))


_RANGES = """0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.8.9.1
169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.254 192.0.0.192 192.0.2.7 192.88.99.1 192.168.0.1
192.168.255.1 198.18.0.1 198.19.255.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 168.63.129.16""".split()  # noqa: SIM905 - read more easily


def _spellings(ip: str) -> list[str]:
    number = int(ip_address(ip))
    parts = [int(part) for part in ip.split(".")]
    high, low = number >> 16, number & 0xFFFF
    return [
        ip,
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(map(hex, parts)),
        ".".join(f"0{part:o}" for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{low}",
        ip.translate(str.maketrans("0123456789.", "０１２３４５６７８９。")),
        f"{ip}.",
        f"[::ffff:{high:x}:{low:x}]",
        f"[::{high:x}:{low:x}]",
        f"[64:ff9b::{high:x}:{low:x}]",
        f"[64:ff9b:1::{high:x}:{low:x}]",
        f"[2002:{high:x}:{low:x}::1]",
        f"[2001:0:{high:x}:{low:x}::]",
    ]


_OTHERS = """[::] [::1] [fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [2001:db8::1] [3fff::1]
[100::1] [5f00::1] localhost LOCALHOST. a.localhost x.local x.internal intranet x.lan
x.home.arpa""".split()  # noqa: SIM905
_FORMS = """http://{0}/ https://{0}/ http://site.example@{0}/ http://u:p@{0}/ http:\\\\{0}\\x
http://{0}:80/ http://{0}#@site.example/ http://{0}?@site.example/ http:/{0} http:{0} HTTP:///{0}/
http://{0}\t/ \x01http://{0}/""".split(" ")  # noqa: SIM905


def test_no_spelling_of_a_private_address_is_ever_connected_to() -> None:
    hosts = list(itertools.chain(*map(_spellings, _RANGES))) + _OTHERS
    forms = [form for part in _FORMS for form in part.split("\n")]
    urls = [form.format(host) for host, form in itertools.product(hosts, forms)]
    assert len(urls) > 5_000

    async def run() -> set[Answer]:
        reach = of_the_public()
        checks = await asyncio.gather(*(revisit(reach, url) for url in urls))
        return {each.answer for each in checks}

    start = time.process_time()
    assert asyncio.run(run()) <= {Answer.REFUSED, Answer.SILENT}
    assert time.process_time() - start < 30


class TestTheProtocol:
    @pytest.mark.parametrize(
        "line",
        [
            b"",
            b"nonsense",
            b"\xff\xfe",
            b"[]",
            b'{"do": "run"}',
            b'{"do": "check"}',
            b"[" * 5_000,
            b'{"do": "resolve", "host": 5}',
            b'{"do": "resolve", "host": "localhost"}',
            b'{"do": "check", "urls": ' + str(["x"] * 101).replace("'", '"').encode() + b"}",
        ],
    )
    def test_answers_nonsense_with_an_error(self, line: bytes) -> None:
        assert list(asyncio.run(answer(Reach(), line))) == ["error"]

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "nonsense",
            "mailto:x@site.example",
            "http://",
            "\ud800",
            "http://site.example:22/",
            "http://[::",
            "http://x\0.example/",
        ],
    )
    def test_checks_what_is_no_page_without_failing(self, url: str) -> None:
        found = asyncio.run(revisit(of_the_public(), url))
        assert found.answer in {Answer.REFUSED, Answer.SILENT}
