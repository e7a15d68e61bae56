"""A live trace, from a name to whom to tell: real servers on this machine, a real tracer."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from balise.takedown.tracing.doubles.registers import Ports, Zone
from balise.takedown.tracing.management import starting
from balise.takedown.tracing.module import no_register_is_invented
from balise.takedown.tracing.queries import trace_live
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.tracing.rules.live import LiveTrace, Role
from balise.takedown.tracing.tests import hostile
from balise.takedown.tracing.tests.makers import a_tracer_that_says, an_internet, in_a_thread
from balise.takedown.tracing.tracer.__main__ import reach_of

# What a tracer says of a host, but for its addresses.
LOOKED: dict[str, object] = {
    "aliases": [],
    "nameservers": [],
    "mail_servers": [],
    "headers": {},
    "problems": [],
}


def codes(trace: LiveTrace) -> list[str]:
    return [problem.code for problem in trace.problems]


class TestALiveTrace:
    def test_says_where_a_name_is_and_who_stands_on_which_rung(self, internet: Ports) -> None:
        trace = trace_live("https://images.example/album/1")
        assert (trace.host, trace.domain, trace.country) == ("images.example",) * 2 + ("NL",)
        assert [spot.address for spot in trace.spots] == ["192.0.2.10"]
        assert (trace.asn, trace.network, trace.prefix) == (
            64501,
            "Transit Exemple",
            "192.0.2.0/24",
        )
        assert trace.registrar == "Bureau Exemple"
        assert trace.registry == "Registre Exemple"
        assert trace.nameservers == ("ns1.images.example", "ns2.images.example")
        assert trace.mail_servers == ("mail.images.example",)
        assert [(rung.role, rung.name) for rung in trace.ladder] == [
            (Role.HOST, "Images Example"),
            (Role.UPSTREAM, "Transit Exemple"),
            (Role.REGISTRAR, "Bureau Exemple"),
            (Role.REGISTRY, "Registre Exemple"),
        ]
        assert [(role, one.kind, one.address, one.source) for role, one in trace.contacts] == [
            (Role.HOST, "mail", "abuse@images.example", "RDAP 127.0.0.1"),
            (Role.UPSTREAM, "mail", "noc-abuse@transit.example", "RDAP 127.0.0.1"),
            (Role.REGISTRAR, "form", "https://www.bureau.example/abus", "RDAP 127.0.0.1"),
            (Role.REGISTRY, "mail", "abuse@registre.example", "RDAP 127.0.0.1"),
        ]
        assert trace.problems == ()

    def test_has_no_upstream_where_one_holds_and_announces(self, internet: Ports) -> None:
        trace = trace_live("www.forum.example")
        assert trace.aliases == ("forum.example",)
        assert [rung.role for rung in trace.ladder] == [Role.HOST, Role.REGISTRAR, Role.REGISTRY]
        host = trace.rung(Role.HOST)
        assert host is not None
        assert host.handle == "AS64502"

    def test_sees_a_delivery_network_and_says_what_to_ask_it(self, internet: Ports) -> None:
        trace = trace_live("cache.example")
        assert trace.cdn is not None
        assert trace.cdn is not None
        assert trace.cdn.evidence == ("network:AS64511", "name:cache.relais.example")
        assert [rung.role for rung in trace.ladder][:2] == [Role.CDN, Role.HOST]
        host = trace.rung(Role.HOST)
        assert host is not None
        assert host.contacts == ()
        assert len(trace.asks) == 4
        assert codes(trace) == ["host-hidden"]

    def test_of_an_address_has_no_registrar(self, internet: Ports) -> None:
        trace = trace_live("198.51.100.20")
        assert (trace.asn, trace.registrar, trace.nameservers) == (64502, "", ())
        assert [rung.role for rung in trace.ladder] == [Role.HOST]

    @pytest.mark.parametrize(
        "written",
        ["", "nonsense", "127.0.0.1", "http://[::1]/", "10.1.2.3", "localhost", "a.local"],
    )
    def test_of_nobodys_business_is_refused(self, internet: Ports, written: str) -> None:
        with pytest.raises(AddressRefused):
            trace_live(written)


class TestWhatStaysUnknown:
    def test_is_the_same_whatever_is_behind_a_name(self, place: Path, settings: Settings) -> None:
        """T044: no oracle. Nothing there, something private there, no answer: one and the same."""
        records: dict[tuple[str, str], list[list[str]]] = {
            ("private.example", "A"): [["10.0.0.1"]],
            ("mixed.example", "A"): [["192.0.2.1", "127.0.0.1"]],
            ("mapped.example", "AAAA"): [["::ffff:10.0.0.1"]],
            ("failing.example", "A"): [["SERVFAIL"]],
            ("empty.example", "A"): [[]],
        }
        with in_a_thread(lambda: an_internet(place, zone=Zone(records))) as ports:
            settings.TRACER_LOOPBACK = ports.by_name
            hosts = [name for name, _kind in records]
            traces = [trace_live(host) for host in (*hosts, "nobody.example")]
        told = {(trace.spots, trace.country, trace.problems) for trace in traces}
        assert len(told) == 1
        assert "no-public-address" in codes(traces[0])

    def test_is_said_of_each_register(self, place: Path, settings: Settings) -> None:
        silent = hostile.answers(500)
        with in_a_thread(
            lambda: an_internet(place, rdap_behaviour=silent, whois_behaviour=hostile.says(""))
        ) as ports:
            settings.TRACER_LOOPBACK = ports.by_name
            trace = trace_live("images.example")
        assert {problem.about for problem in trace.problems} == {"registrar", "registry", "host"}
        assert set(codes(trace)) == {"no-answer"}
        assert all("127.0.0.1" in one.where or one.where == "WHOIS" for one in trace.problems)
        assert trace.ladder == ()
        assert not trace.is_known
        assert trace.said

    def test_of_the_tor_network_is_asked_of_nobody(self, internet: Ports) -> None:
        trace = trace_live(f"http://{'a' * 56}.onion/x")
        assert codes(trace) == ["tor"]
        assert not trace.is_known

    def test_is_said_where_no_tracer_runs(self, place: Path) -> None:
        trace = trace_live("8.8.8.8")
        assert set(codes(trace)) == {"tracer-silent"}
        assert trace.ladder == () or trace.ladder[0].role is Role.HOST

    @pytest.mark.parametrize(
        "looked",
        [
            {},
            {"addresses": ["10.0.0.1"]},
            {"addresses": ["127.0.0.1", "192.0.2.1"]},
            {"addresses": ["x"]},
            {"addresses": [5]},
            {"addresses": ["192.0.2.1"] * 99},
            {"addresses": ["192.0.2.1"], "more": "x"},
            {"addresses": ["192.0.2.1"], "headers": {"server": 5}},
            {"addresses": ["192.0.2.1"], "problems": [{"about": "A b", "code": "x"}]},
        ],
    )
    def test_is_whatever_a_tracer_that_was_taken_over_makes_up(
        self, place: Path, looked: dict[str, object]
    ) -> None:
        lines = [json.dumps(LOOKED | looked).encode() + b"\n", b'{"registrar": {"name": 5}}\n']
        with a_tracer_that_says(place, *lines):
            trace = trace_live("site.example")
        assert trace.spots == ()
        assert not trace.is_known
        assert trace.contacts == ()

    def test_believes_no_contact_that_cannot_be_one(self, place: Path) -> None:
        looked = LOOKED | {"addresses": ["192.0.2.1"], "aliases": ["not a host", "a.example"]}
        contacts = [
            {"kind": "mail", "address": address, "source": "RDAP\r\n x"}
            for address in (
                "a@b.example",
                "x",
                "http://10.0.0.1/",
                "a@b.example\r\nBcc: c@d.example",
            )
        ]
        said = {"network": {"name": "Net\u202e\x00", "contacts": contacts}}
        lines = [json.dumps(each).encode() + b"\n" for each in (looked, said)]
        with a_tracer_that_says(place, *lines):
            trace = trace_live("site.example")
        assert trace.aliases == ("a.example",)
        assert trace.ladder[0].name == "Net"
        assert [(one.address, one.source) for _, one in trace.contacts] == [
            ("a@b.example", "RDAP x")
        ]


class TestTheCommand:
    def test_prints_one_object_a_line(self, internet: Ports) -> None:
        out = StringIO()
        call_command(
            "trace", "cache.example", "10.0.0.1", "nobody.example", live=True, json=True, stdout=out
        )
        first, refused, unknown = map(json.loads, out.getvalue().splitlines())
        assert first["cdn"] == "exemple"
        assert first["contacts"][0] == {
            "kind": "mail",
            "address": "abuse@relais.example",
            "role": "cdn",
            "source": "RDAP 127.0.0.1",
        }
        assert [rung["role"] for rung in first["ladder"]] == [
            "cdn",
            "host",
            "registrar",
            "registry",
        ]
        assert len(first["ladder"][0]["asks"]) == 4
        assert "data_date" in first
        assert list(refused) == ["input", "error"]
        assert unknown["problems"][0]["code"] == "no-public-address"

    def test_prints_for_people_too(self, internet: Ports) -> None:
        out = StringIO()
        call_command("trace", "images.example", live=True, stdout=out)
        assert "abuse@images.example" in out.getvalue()

    def test_ends_with_an_error_where_no_tracer_answers(self, place: Path) -> None:
        out = StringIO()
        with pytest.raises(CommandError, match="balise tracer"):
            call_command("trace", "8.8.8.8", "10.0.0.1", live=True, json=True, stdout=out)
        silent, refused = map(json.loads, out.getvalue().splitlines())
        assert silent["problems"][0]["code"] == "tracer-silent"
        assert list(refused) == ["input", "error"]

    def test_says_that_a_name_is_traced_live_only(self) -> None:
        out = StringIO()
        call_command("trace", "site.example", json=True, stdout=out)
        assert "--live" in json.loads(out.getvalue())["error"]


class TestARealCentre:
    def test_has_no_registers_of_its_own(self, settings: Settings) -> None:
        settings.TRACER_LOOPBACK = {"dns": 1, "rdap": 2, "whois": 3}
        settings.DEMONSTRATION = False
        (error,) = no_register_is_invented()
        assert error.id == "balise.E411"
        assert "rdap=2" not in " ".join(starting.tracer())
        settings.DEMONSTRATION = True
        assert no_register_is_invented() == []
        assert "dns=1,rdap=2,whois=3" in starting.tracer()

    def test_speaks_of_no_documentation_address(self, settings: Settings) -> None:
        assert settings.DEMONSTRATION is False
        with pytest.raises(AddressRefused):
            trace_live("192.0.2.10")

    def test_reaches_its_own_machine_on_no_port(self) -> None:
        assert reach_of("").own_ports == frozenset()
        assert reach_of("dns=1,rdap=2,whois=3").own_ports == {2, 3}
