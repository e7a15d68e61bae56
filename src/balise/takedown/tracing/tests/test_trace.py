"""An IP address is traced from data on this machine, with its date and its author's warning."""

import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from balise.takedown.tracing import queries
from balise.takedown.tracing.management.commands.trace import NEEDS_RESOLUTION
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.tracing.tests.makers import NETWORKS_4, NETWORKS_6, write_tables


@pytest.fixture
def networks(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.HOME = tmp_path
    settings.IP_COUNTRY_DATA = tmp_path / "none.mmdb"
    settings.IP_NETWORK_DATA = write_tables(tmp_path / "asn", NETWORKS_4, NETWORKS_6)
    queries.reopen()
    yield settings.IP_NETWORK_DATA
    queries.reopen()


def _package(folder: Path, name: str, version: str) -> None:
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version}))


@pytest.mark.usefixtures("networks")
class TestTraceIp:
    def test_says_the_network_and_whose_it_is(self) -> None:
        trace = queries.trace_ip("20.0.1.1")
        assert (trace.asn, trace.network, trace.country) == (64501, "Example Net", "")

    def test_reads_an_address_in_brackets(self) -> None:
        assert queries.trace_ip("[2a00:1::5]").asn == 64502

    def test_says_nothing_of_a_network_that_is_not_in_the_data(self) -> None:
        trace = queries.trace_ip("20.9.9.9")
        assert (trace.asn, trace.network) == (None, "")

    @pytest.mark.parametrize("ip", ["10.0.0.1", "127.0.0.1", "[::1]", "::ffff:20.0.1.1", "fe80::1"])
    def test_refuses_what_is_not_public(self, ip: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            queries.trace_ip(ip)
        assert caught.value.code == "private-host"

    def test_refuses_what_is_no_address(self) -> None:
        with pytest.raises(AddressRefused) as caught:
            queries.trace_ip("20.0.1")
        assert caught.value.code == "not-an-address"


class TestDates:
    def test_come_from_the_package_and_so_does_the_warning(self, networks: Path) -> None:
        _package(networks, "@ip-location-db/asn", "2.3.2026061719")
        (source,) = queries.trace_ip("20.0.1.1").sources
        assert source.data_date == queries.trace_ip("20.0.1.1").data_date == date(2026, 6, 17)
        assert source.path.endswith("asn-ipv4-num.csv")
        assert source.warning

    def test_come_from_the_file_where_there_is_no_package(self, networks: Path) -> None:
        moment = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
        os.utime(networks / "asn-ipv4-num.csv", (moment, moment))
        (source,) = queries.sources()
        assert (source.data_date, source.warning) == (date(2026, 3, 1), "")


class TestIndex:
    def test_is_packed_once_and_again_when_the_tables_change(self, networks: Path) -> None:
        queries.trace_ip("20.0.1.1")
        place = networks.parent / "networks.index"
        packed = place.stat().st_mtime_ns
        queries.reopen()
        queries.trace_ip("20.0.1.1")
        assert place.stat().st_mtime_ns == packed
        write_tables(networks, [("20.0.0.0", "20.0.0.255", 64510, "Moved")], [])
        queries.reopen()
        assert queries.trace_ip("20.0.0.1").network == "Moved"

    def test_is_packed_again_when_the_file_is_broken(self, networks: Path) -> None:
        (networks.parent / "networks.index").write_bytes(b"nonsense" * 10)
        assert queries.trace_ip("20.0.1.1").asn == 64501

    def test_is_kept_in_memory_where_nothing_may_be_written(
        self, networks: Path, settings: Settings
    ) -> None:
        settings.HOME = networks / "asn-ipv4-num.csv"  # no folder, so no file in it
        assert queries.trace_ip("20.0.1.1").asn == 64501

    def test_is_not_needed(self, networks: Path, settings: Settings) -> None:
        settings.IP_NETWORK_DATA = networks.parent / "nowhere"
        trace = queries.trace_ip("20.0.1.1")
        assert (trace.asn, trace.data_date, trace.sources) == (None, None, ())


class TestCommands:
    def test_trace_writes_one_object_a_line(
        self, networks: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _package(networks, "@ip-location-db/asn", "2.3.2026061719")
        lines = b"20.0.1.1\nhttp://[2a00:1::5]/x\r\nsite.example\n10.0.0.1\n\nbonjour\xff\n"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
        out = io.StringIO()
        call_command("trace", "-", stdout=out)
        first, second, third, *others = map(json.loads, out.getvalue().splitlines())
        assert first == {
            "input": "20.0.1.1",
            "country": "",
            "asn": 64501,
            "network": "Example Net",
            "data_date": "2026-06-17",
        }
        assert (second["input"], second["asn"]) == ("http://[2a00:1::5]/x", 64502)
        assert third == {"input": "site.example", "error": NEEDS_RESOLUTION}
        assert [sorted(other) for other in others] == [["error", "input"]] * 3

    @pytest.mark.usefixtures("networks")
    def test_trace_names_its_sources(self) -> None:
        out = io.StringIO()
        call_command("trace", "--sources", stdout=out)
        assert "asn-ipv4-num.csv" in out.getvalue()

    def test_url_writes_the_canonical_form_or_why_not(self) -> None:
        out = io.StringIO()
        call_command("url", "hxxp://www.bad[.]example/x#y", "\udcff", "--json", stdout=out)
        good, bad = map(json.loads, out.getvalue().splitlines())
        assert good == {
            "input": "hxxp://www.bad[.]example/x#y",
            "canonical": "http://www.bad.example/x",
            "host": "www.bad.example",
            "registrable_domain": "bad.example",
            "changed": ["defanged", "fragment-removed"],
        }
        assert sorted(bad) == ["error", "input"]

    def test_url_is_short_without_json(self) -> None:
        out = io.StringIO()
        call_command("url", "site.example", "https://a.example/b c", "bonjour", stdout=out)
        good, spaces, bad = out.getvalue().splitlines()
        assert good == (
            "site.example\thttps://site.example/\tsite.example\tsite.example\tscheme-added"
        )
        assert spaces.split("\t")[1:] == [
            "https://a.example/b%20c",
            "a.example",
            "a.example",
            "spaces-encoded",
        ]
        assert bad.startswith("bonjour\t")
