"""Hostile registers can neither lead the tracer inside, nor hold it, nor fill it (T040–T044)."""

import asyncio
import time
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import pytest

from balise.takedown.tracing.doubles import world
from balise.takedown.tracing.doubles.registers import (
    Behaviour,
    Double,
    Zone,
    naming,
    rdap,
    serving,
    whois,
)
from balise.takedown.tracing.rules.registers import Problem, Record
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tracer.documents import fetch
from balise.takedown.tracing.tracer.failures import NotAllowed, NotUnderstood, TooLong, Unreachable
from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.reach import MAX_BYTES, Reach
from balise.takedown.tracing.tracer.registers import Question, look_up

DOMAIN = "images.example"
CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DESK = "https://www.bureau.example/abus"


@dataclass
class Asked:
    """What came of one question, and what the registers saw."""

    found: dict[str, Any]
    seconds: float
    rdap: list[str] = field(default_factory=list)
    whois: list[str] = field(default_factory=list)

    @property
    def registrar(self) -> Record:
        record = self.found["registrar"]
        assert isinstance(record, Record)
        return record

    @property
    def problems(self) -> list[str]:
        """The codes that are about the registrar."""
        problems: list[Problem] = self.found["problems"]
        return [one.code for one in problems if one.about == "registrar"]


def reach_of(*doubles: Double, deadline: float = 0.6) -> Reach:
    return Reach(own_ports=frozenset(one.port for one in doubles), deadline=deadline)


def ask(
    of_rdap: Behaviour | None = None,
    of_whois: Behaviour | None = None,
    *,
    domain: str = DOMAIN,
) -> Asked:
    """Ask our registers, each behaving as told, for a domain."""

    async def run() -> Asked:
        first, second = rdap(of_rdap), whois(of_whois)
        async with (
            serving(first, end_of_question=b"\r\n\r\n"),
            serving(second, end_of_question=b"\r\n"),
        ):
            question = Question(
                domain=domain,
                domain_servers=(first.url,),
                root=first.url,
                whois=("127.0.0.1", second.port),
            )
            start = time.monotonic()
            found = await look_up(reach_of(first, second), question)
            return Asked(found, time.monotonic() - start, first.asked, second.asked)

    return asyncio.run(run())


class TestRdapFirst:
    def test_a_good_answer_is_enough(self) -> None:
        asked = ask()
        assert asked.registrar.name == "Bureau Exemple"
        assert [one.address for one in asked.registrar.contacts] == [DESK]
        assert asked.found["registry"].name == "Registre Exemple"
        assert asked.whois == []
        assert asked.problems == []

    def test_whois_is_asked_where_rdap_is_silent_and_that_is_said(self) -> None:
        asked = ask(hostile.answers(503))
        assert [one.address for one in asked.registrar.contacts] == [DESK]
        assert asked.registrar.contacts[0].source == "WHOIS 127.0.0.1"
        assert asked.problems == ["no-answer", "whois-only"]
        assert asked.whois == ["example", DOMAIN]

    def test_whois_is_asked_where_rdap_gives_nobody_to_write_to(self) -> None:
        bare = world.domain_answer(world.SITES[0]) | {"entities": [{"roles": ["registrar"]}]}
        asked = ask(hostile.gives(bare))
        assert [one.address for one in asked.registrar.contacts] == [DESK]
        assert asked.problems == ["whois-only"]

    def test_nobody_is_put_in_the_place_of_nobody(self) -> None:
        bare = {"objectClassName": "domain", "entities": [{"roles": ["registrar"]}]}
        silent = hostile.says("Domain Name: IMAGES.EXAMPLE\r\nRegistrar: Bureau Exemple\r\n")
        asked = ask(hostile.gives(bare), silent)
        assert asked.registrar.contacts == ()
        assert "no-register" in asked.problems  # the root of WHOIS refers to nobody
        assert asked.problems[-1] == "no-abuse-contact"

    def test_a_name_that_is_not_registered_is_not_looked_for_elsewhere(self) -> None:
        asked = ask(domain="nobody.example")
        assert asked.problems == ["not-registered"]
        assert asked.whois == []

    def test_the_registrars_own_register_is_asked_once(self) -> None:
        bare = {"objectClassName": "domain", "entities": [{"roles": ["registrar"]}]}
        port: list[int] = []

        async def behave(question: str, writer: asyncio.StreamWriter) -> None:
            path = question.split(" ")[1]
            link = {
                "rel": "related",
                "type": "application/rdap+json",
                "href": f"http://127.0.0.1:{port[0]}/registrar{path}",
            }
            full = world.domain_answer(world.SITES[0]) if path.startswith("/registrar") else bare
            await hostile.gives({**full, "links": [link]})(question, writer)

        async def run() -> tuple[dict[str, Any], list[str]]:
            double = rdap(behave)
            async with serving(double, end_of_question=b"\r\n\r\n"):
                port.append(double.port)
                question = Question(domain=DOMAIN, domain_servers=(double.url,))
                return await look_up(reach_of(double), question), double.asked

        found, asked = asyncio.run(run())
        assert [one.address for one in found["registrar"].contacts] == [DESK]
        assert asked == [
            f"GET /domain/{DOMAIN} HTTP/1.1",
            f"GET /registrar/domain/{DOMAIN} HTTP/1.1",
        ]


class TestHostileRegisters:
    @pytest.mark.parametrize(
        ("behaviour", "code"),
        [
            (hostile.drips, "no-answer"),
            (hostile.keeps_silent, "no-answer"),
            (hostile.says(""), "no-answer"),
            (hostile.says("<html>HTTP/0.9"), "no-answer"),
            (hostile.answers(429), "no-answer"),
            (hostile.answers(200, "Content-Length: 5"), "no-answer"),
            (hostile.answers(200, "Content-Length: 10000000000"), "too-long"),
            (hostile.answers(200, "Content-Encoding: gzip"), "not-understood"),
            (hostile.answers(200, "Transfer-Encoding: chunked"), "no-answer"),
            (
                hostile.says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                "not-understood",
            ),
            (
                hostile.says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"),
                "too-long",
            ),
            (hostile.gives_text("nonsense"), "not-understood"),
            (hostile.gives_text("[" * 60_000), "not-understood"),
            (hostile.gives_text('{"a":' * 9_000), "not-understood"),
            (hostile.gives_text("{" + " " * MAX_BYTES + "}"), "too-long"),
            (hostile.gives([]), "not-understood"),
            (hostile.gives({"objectClassName": "autnum"}), "not-understood"),
            (hostile.answers(302, "Location: http://10.0.0.1/"), "no-answer"),
            (hostile.answers(302, "Location: file:///etc/passwd"), "no-answer"),
            (hostile.answers(302, "Location: http://169.254.169.254/latest/"), "no-answer"),
            (hostile.answers(302, "Location: http://localhost/"), "no-answer"),
            (hostile.answers(302, "Location: http://[::ffff:127.0.0.1]/"), "no-answer"),
            (hostile.answers(302, "Location: http://[64:ff9b::7f00:1]/"), "no-answer"),
            (hostile.answers(302, "Location: http://[2002:7f00:1::]/"), "no-answer"),
            (hostile.answers(302, "Location: http://127.0.0.1:22/"), "no-answer"),
            (hostile.answers(302, "Location: http://["), "no-answer"),
            (hostile.answers(302, "Location: /again"), "no-answer"),
        ],
    )
    def test_are_given_up_in_time_and_whois_asked(self, behaviour: Behaviour, code: str) -> None:
        asked = ask(behaviour)
        assert asked.problems == [code, "whois-only"]
        assert asked.seconds < 2
        assert len(asked.rdap) <= 8  # two questions, three redirects each

    @pytest.mark.parametrize(
        "behaviour",
        [hostile.drips, hostile.keeps_silent, hostile.says(""), hostile.says("\0" * 500)],
    )
    def test_of_whois_are_given_up_in_time(self, behaviour: Behaviour) -> None:
        asked = ask(hostile.answers(503), behaviour)
        assert asked.registrar == Record()
        assert asked.seconds < 2

    def test_cannot_fill_the_tracer(self) -> None:
        for start, endless in (
            ("HTTP/1.1 200 OK\r\n\r\n", b"a" * 8_000),
            ("HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"10\r\n" + b"x" * 16 + b"\r\n",
            ),
        ):
            left: list[int] = []
            asked = ask(hostile.pours(start, endless, left))
            assert set(asked.problems[:-1]) <= {"too-long", "no-answer"}
            assert max(left) < 400_000  # 64 KB read, the rest under way in two kernels
        left = []
        asked = ask(hostile.answers(503), hostile.pours("", b"% comment\r\n" * 500, left))
        assert asked.problems == ["no-answer", "too-long"]
        assert max(left) < 400_000

    def test_refer_to_nothing_inside(self) -> None:
        for place in ("127.0.0.1:22", "10.0.0.1", "localhost", "169.254.169.254", "2130706433"):
            asked = ask(hostile.answers(503), hostile.says(f"whois: {place}\r\n"))
            assert asked.registrar == Record()
            assert asked.problems == ["no-answer", "no-answer"]
            assert asked.whois == ["example"]

    def test_refer_to_each_other_no_further_than_twice(self) -> None:
        port: list[int] = []

        async def behave(_question: str, writer: asyncio.StreamWriter) -> None:
            writer.write(
                f"refer: 127.0.0.1:{port[0]}\r\nRegistrar: X\r\n"
                f"Registrar WHOIS Server: 127.0.0.1:{port[0]}\r\n".encode()
            )

        async def run() -> list[str]:
            double = whois(behave)
            async with serving(double, end_of_question=b"\r\n"):
                port.append(double.port)
                await look_up(
                    reach_of(double), Question(domain=DOMAIN, whois=("127.0.0.1", double.port))
                )
                return double.asked

        assert asyncio.run(run()) == ["example", DOMAIN]


class TestReach:
    """A real centre's rules: no setting opens them."""

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/",
            "http://127.0.0.1:8432/",
            "http://[::1]/",
            "http://10.0.0.1/",
            "http://192.0.2.1/",
            "http://[::ffff:8.8.8.8]/",
            "http://[64:ff9b::808:808]/",
            "http://[2002:808:808::1]/",
            "http://8.8.8.8:8443/",
            "http://8.8.8.8:43/",
            "ftp://8.8.8.8/",
        ],
    )
    def test_refuses_before_it_connects(self, url: str) -> None:
        with pytest.raises(NotAllowed):
            asyncio.run(fetch(Reach(), url))

    def test_own_ports_open_this_machine_and_no_other(self) -> None:
        reach = Reach(own_ports=frozenset({8432}))
        assert reach.may_connect(ip_address("127.0.0.1"), 8432)
        assert not reach.may_connect(ip_address("127.0.0.1"), 80)
        for other in ("127.0.0.2", "10.0.0.1", "::ffff:127.0.0.1", "192.0.2.1", "8.8.8.8"):
            assert not reach.may_connect(ip_address(other), 8432)

    def test_names_are_vetted_whole_and_once(self) -> None:
        """T041: rebinding, and one private address among public ones."""

        async def run(records: list[list[str]]) -> list[str]:
            zone = Zone({("rdap.example", "A"): records})
            async with naming(zone) as place:
                reach = Reach(
                    is_allowed=lambda ip: str(ip) == "127.0.0.1",
                    ports=frozenset({9}),
                    names=Names(server=place),
                )
                found = await reach.addresses("rdap.example", 9)
                assert zone.asked == ["A rdap.example", "AAAA rdap.example"]
                return list(map(str, found))

        assert asyncio.run(run([["127.0.0.1"], ["127.0.0.2"]])) == ["127.0.0.1"]
        with pytest.raises(NotAllowed):
            asyncio.run(run([["127.0.0.1", "10.0.0.1"]]))

    def test_documentation_addresses_may_be_spoken_of_in_a_demonstration_only(self) -> None:
        asked = "192.0.2.10"
        assert asyncio.run(Reach(own_ports=frozenset({1})).spoken_of(asked)) == [ip_address(asked)]
        with pytest.raises(NotAllowed):
            asyncio.run(Reach().spoken_of(asked))
        with pytest.raises(NotAllowed):
            asyncio.run(Reach(own_ports=frozenset({1})).addresses(asked, 80))


class TestADocument:
    def fetched(self, behaviour: Behaviour, *, most: int = MAX_BYTES) -> bytes:
        async def run() -> bytes:
            double = rdap(behaviour)
            async with serving(double, end_of_question=b"\r\n\r\n"):
                return (await fetch(reach_of(double), double.url, most=most)).body

        return asyncio.run(run())

    def test_is_read_however_it_is_framed(self) -> None:
        head = "HTTP/1.1 200 OK\r\n"
        chunked = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
        for text in ("\r\nabcde", "Content-Length: 5\r\n\r\nabcdeMORE", chunked):
            assert self.fetched(hostile.says(head + text)) == b"abcde"

    def test_is_whole_or_nothing(self) -> None:
        with pytest.raises(TooLong):
            self.fetched(hostile.says("HTTP/1.1 200 OK\r\n\r\nabcdef"), most=5)
        with pytest.raises(EOFError):
            self.fetched(hostile.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"))
        with pytest.raises(NotUnderstood):
            self.fetched(hostile.answers(200, "Content-Encoding: br"))
        with pytest.raises(Unreachable):
            self.fetched(hostile.answers(301, "Location: /"))


@pytest.mark.parametrize(
    "asked",
    [
        {"domain": "a b"},
        {"domain": "x.example\r\nDELETE"},
        {"domain": "../ip/1"},
        {"domain": "é.example"},
        {"address": "not an address"},
        {"address": "1.1.1.1/24"},
    ],
)
def test_what_may_not_stand_in_a_question_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Question(**asked)
