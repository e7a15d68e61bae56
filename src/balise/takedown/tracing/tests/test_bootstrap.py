"""Which register answers for what, by IANA's files (RFC 9224)."""

import json
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from balise.takedown.tracing.doubles.registers import Behaviour, Double
from balise.takedown.tracing.queries.live import bootstrap
from balise.takedown.tracing.rules.bootstrap import BootstrapFaulty, read_bootstrap
from balise.takedown.tracing.tests.hostile import answers, gives, gives_text
from balise.takedown.tracing.tests.makers import an_internet, in_a_thread

DNS = {
    "publication": "2026-11-01T00:00:00Z",
    "services": [
        [["example", "sub.example"], ["http://clear.example/", "https://rdap.example/"]],
        [["co.example"], ["https://deeper.example/"]],
    ],
}


def test_the_longest_suffix_counts_and_https_comes_first() -> None:
    read = read_bootstrap(DNS)
    assert read.for_domain("site.example") == ("https://rdap.example/", "http://clear.example/")
    assert read.for_domain("site.co.example") == ("https://deeper.example/",)
    assert read.for_domain("site.other") == ()


def test_the_longest_prefix_counts() -> None:
    services = [
        [["192.0.0.0/8"], ["https://a.example/"]],
        [["192.0.2.0/24"], ["https://b.example/"]],
    ]
    read = read_bootstrap(
        {"services": [*services, [["nonsense", "2001:db8::/32"], ["https://c.example/"]]]}
    )
    assert read.for_address(ip_address("192.0.2.1")) == ("https://b.example/",)
    assert read.for_address(ip_address("192.0.3.1")) == ("https://a.example/",)
    assert read.for_address(ip_address("2001:db8::1")) == ("https://c.example/",)
    assert read.for_address(ip_address("198.51.100.1")) == ()


def test_ranges_of_numbers_include_both_ends() -> None:
    read = read_bootstrap({"services": [[["64496-64500", "64511", "x-y"], ["https://a.example/"]]]})
    assert [bool(read.for_system(asn)) for asn in (64495, 64496, 64500, 64501, 64511)] == [
        False,
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "written",
    [
        None,
        [],
        {},
        {"services": {}},
        {"services": []},
        {"services": [[["example"], ["ftp://x.example/", "https://", 5, "https://[::"]]]},
        {"services": ["x", [5], [["a"]], [["a"], "b"]]},
    ],
)
def test_what_is_no_bootstrap_file_is_refused(written: Any) -> None:
    with pytest.raises(BootstrapFaulty):
        read_bootstrap(written)


class TestKeepingThem:
    @pytest.fixture
    def home(self, tmp_path: Path, settings: Settings) -> Path:
        settings.HOME = tmp_path
        return tmp_path

    def fetched(self, place: Path, settings: Settings, behaviour: Behaviour) -> bool:
        """Return whether the file is known once the address answers so."""
        double = Double(behaviour)
        with in_a_thread(lambda: an_internet(place, rdap_double=double)):
            settings.RDAP_BOOTSTRAP = double.url
            return bool(bootstrap("dns").services)

    def test_a_folder_is_read_as_it_is(self, tmp_path: Path, settings: Settings) -> None:
        settings.RDAP_BOOTSTRAP = str(tmp_path)
        assert bootstrap("dns").services == ()
        (tmp_path / "dns.json").write_text(json.dumps(DNS))
        assert bootstrap("dns").for_domain("x.example")

    def test_an_address_is_asked_and_the_file_kept(
        self, home: Path, place: Path, settings: Settings
    ) -> None:
        assert self.fetched(place, settings, gives(DNS))
        kept = json.loads((home / "rdap/dns.json").read_text())
        assert kept["services"][1] == [["co.example"], ["https://deeper.example/"]]
        # Fresh: nobody is asked again, and nobody answers any more.
        assert bootstrap("dns").for_domain("x.example")

    def test_one_longer_than_strangers_may_write_is_read(
        self, home: Path, place: Path, settings: Settings
    ) -> None:
        many = [[[f"x{n}"], [f"https://rdap{n}.example/"]] for n in range(4_000)]
        assert self.fetched(place, settings, gives({"services": many}))

    @pytest.mark.parametrize(
        "behaviour", [answers(500), gives_text("nonsense"), gives({"services": []}), gives([])]
    )
    def test_nonsense_leaves_what_was_there(
        self, home: Path, place: Path, settings: Settings, behaviour: Behaviour
    ) -> None:
        assert not self.fetched(place, settings, behaviour)
        assert not (home / "rdap/dns.json").exists()

    def test_an_old_file_is_better_than_none(
        self, home: Path, place: Path, settings: Settings
    ) -> None:
        (home / "rdap").mkdir()
        (home / "rdap/dns.json").write_text(json.dumps(DNS))
        old = (home / "rdap/dns.json").stat().st_mtime - 10 * 86_400
        import os  # noqa: PLC0415

        os.utime(home / "rdap/dns.json", (old, old))
        assert self.fetched(place, settings, answers(500))
