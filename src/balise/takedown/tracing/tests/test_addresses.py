"""Whatever a person pastes, an address comes out or a refusal that says what to do."""

import time
from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given, strategies as st
from tests.walks import of_each

from balise.takedown.tracing.rules.addresses import CHANGES, REFUSALS, AddressRefused, read_address
from balise.takedown.tracing.rules.pages import parents, registered_domain, registrable_domain
from balise.takedown.tracing.rules.public import is_public
from balise.takedown.tracing.rules.written import apart


class TestReadAddress:
    @pytest.mark.parametrize(
        ("written", "canonical"),
        [
            ("https://site.example/page?a=1", "https://site.example/page?a=1"),
            ("HTTP://Site.EXAMPLE:80/a/../b", "http://site.example/b"),
            ("https://site.example:8443/", "https://site.example:8443/"),
            ("https://site.example/42_(dominoes)", "https://site.example/42_(dominoes)"),
            ("https://site.example/a[.]b", "https://site.example/a[.]b"),
            ("https://site.example\\a", "https://site.example/a"),
            ("http://0x08.0x08.0x08.0x08/", "http://8.8.8.8/"),
            ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
            ("https://web.example/save/https://site.example/x", None),
        ],
    )
    def test_gives_the_form_that_browsers_give(self, written: str, canonical: str | None) -> None:
        assert read_address(written).canonical == (canonical or written)

    @pytest.mark.parametrize(
        ("written", "canonical", "changed"),
        [
            ("hxxp://bad.example/x", "http://bad.example/x", ["defanged"]),
            ("hXXps[:]//bad[.]example/a[.]html", "https://bad.example/a.html", ["defanged"]),
            ("hxxps[://]bad(.)example", "https://bad.example/", ["defanged"]),
            ("https://bad[dot]example/x", "https://bad.example/x", ["defanged"]),
            ("bad dot example/x", "https://bad.example/x", ["defanged", "scheme-added"]),
            ("exemple.fr/x", "https://exemple.fr/x", ["scheme-added"]),
            ("www.exemple.fr", "https://www.exemple.fr/", ["scheme-added"]),
            ("exemple.fr:8080/x", "https://exemple.fr:8080/x", ["scheme-added"]),
            ("8.8.8.8/x", "https://8.8.8.8/x", ["scheme-added"]),
            ("« https://site.example/x »", "https://site.example/x", ["text-removed"]),
            ("<https://site.example/x>", "https://site.example/x", ["text-removed"]),
            ("\u200e https://site.example/x\u200f\n", "https://site.example/x", []),
            (
                "Regarde ça : https://site.example/x?igsh=1 ! 😀",
                "https://site.example/x?igsh=1",
                ["text-removed"],
            ),
            ("Vu sur site.example/x.", "https://site.example/x", ["text-removed", "scheme-added"]),
            ("(voir https://site.example/a_(b))", "https://site.example/a_(b)", ["text-removed"]),
            ("https://ann:pw@site.example/", "https://site.example/", ["credentials-removed"]),
            ("https://site.example/#top", "https://site.example/", ["fragment-removed"]),
            ("https://site.example./x", "https://site.example/x", ["dot-removed"]),
            ("https://exа.example/", "https://xn--ex-8kc.example/", ["idn"]),
            ("http://abcdefghij234567.onion/", "http://abcdefghij234567.onion/", ["onion"]),
        ],
    )
    def test_understands_what_people_paste_and_says_so(
        self, written: str, canonical: str, changed: list[str]
    ) -> None:
        address = read_address(written)
        assert (address.canonical, list(address.changed)) == (canonical, changed)
        assert set(changed) <= CHANGES.keys()

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("", "empty"),
            (" \u200e\n", "empty"),
            ("bonjour", "not-an-address"),
            ("photo.jpg", "not-an-address"),
            ("https://", "not-an-address"),
            ("https://a..b.example/", "not-an-address"),
            ("https://a%28.%29b.example/", "not-an-address"),
            ("http://[fe80::1%25eth0]/", "not-an-address"),
            ("https://a.example https://b.example", "several"),
            ("javascript:alert('https://site.example/')", "script"),
            ("data:text/html,https://site.example/", "script"),
            ("file:///home/photo.jpg", "local-file"),
            ("C:\\photo.jpg", "local-file"),
            ("mailto:ann@site.example", "e-mail"),
            ("ann@site.example", "e-mail"),
            ("ftp://site.example/x", "not-web"),
            ("magnet:?xt=urn:x", "not-web"),
            ("new-thing://site.example/x", "not-web"),
            ("https://" + "a" * 64 + ".example/", "host-too-long"),
            ("https://" + "a." * 130 + "example/", "host-too-long"),
            ("https://site.example/" + "a" * 65_536, "too-long"),
            ("https://site.example/" + "é" * 40_000, "too-long"),
            ("https://site.example/\0", "unreadable"),
            ("https://site.example/\ud800", "unreadable"),
        ],
    )
    def test_refuses_what_is_no_page_and_says_what_to_do(self, written: str, code: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address(written)
        assert caught.value.code == code
        assert caught.value.message == str(REFUSALS[code])

    @pytest.mark.parametrize("form", ["http://{}/", "https://x@{}:8080/a", "hxxp://{}\\a"])
    @of_each(
        "host",
        [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "017700000001",
            "0x7f.1",
            "0",
            "0.0.0.0",  # noqa: S104 - read, not bound
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "168.63.129.16",
            "192.88.99.1",
            "１２７.0.0.1",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:8.8.8.8]",
            "[64:ff9b::8.8.8.8]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "[2002:7f00:1::1]",
            "[3fff::1]",
            "[100::1]",
            "[::8.8.8.8]",
            "localhost",
            "a.localhost",
            "localhost.",
            "printer.local",
            "nas.lan",
            "srv.corp",
            "x.internal",
            "router.home.arpa",
            "intranet",
            "x.test",
            "x.invalid",
            "1.0.0.127.in-addr.arpa",
        ],
    )
    def test_refuses_every_host_that_only_works_inside(self, host: str, form: str) -> None:
        with pytest.raises(AddressRefused) as caught:
            read_address(form.format(host))
        assert caught.value.code == "private-host"

    @given(st.text())
    def test_never_fails_otherwise(self, text: str) -> None:
        for written in (text, f"https://{text}", f"hxxp://a[.]{text}", f"https://a.example/{text}"):
            try:
                address = read_address(written)
            except AddressRefused:
                continue
            again = read_address(address.canonical)
            assert again.canonical == address.canonical
            assert (again.host, again.scheme) == (address.host, address.scheme)

    @given(st.text(alphabet="h[({.:/\\ dotp)}]x@a#%1-\u202e\u200b\t\ud800\0é😀", max_size=40))
    def test_reads_its_own_canonical_form_unchanged(self, text: str) -> None:
        for written in (text, f"hxxp://{text}", f"http://{text}.example/{text}"):
            try:
                canonical = read_address(written).canonical
            except AddressRefused:
                continue
            assert read_address(canonical).canonical == canonical

    @pytest.mark.parametrize(
        "hostile",
        [
            "[" * 60_000,
            "a." * 30_000,
            "(" + " dot " * 12_000,
            "h" * 65_000,
            "http:" * 13_000,
            "a:" * 30_000,
            "https://" + "[.]" * 20_000,
            "x." * 20_000 + ")" * 20_000,
            "https://a.example/ " + ")" * 60_000,
            "https://a.example/" + " " * 60_000 + "x",
            "https://a.example/" + " ," * 30_000,
            "https://a.example/" + " et " * 15_000,
        ],
    )
    def test_stays_quick_on_text_made_to_be_slow(self, hostile: str) -> None:
        start = time.process_time()
        with suppress(AddressRefused):
            read_address(hostile)
        apart(hostile)
        assert time.process_time() - start < 0.5


class TestRegistrableDomain:
    @pytest.mark.parametrize(
        ("host", "domain"),
        [
            ("www.site.example", "site.example"),
            ("a.b.gouv.fr", "b.gouv.fr"),
            ("www.site.co.uk", "site.co.uk"),
            ("someone.github.io", "someone.github.io"),
            ("a.someone.github.io", "someone.github.io"),
            ("github.io", "github.io"),
            ("a.b.c.kawasaki.jp", "b.c.kawasaki.jp"),
            ("a.city.kawasaki.jp", "city.kawasaki.jp"),
            ("www.ck", "www.ck"),
            ("a.b.ck", "a.b.ck"),
            ("com", "com"),
        ],
    )
    def test_is_the_name_below_the_public_suffix(self, host: str, domain: str) -> None:
        assert registrable_domain(host) == domain

    @pytest.mark.parametrize(
        ("host", "domain"),
        [
            ("a.someone.github.io", "github.io"),
            ("www.site.co.uk", "site.co.uk"),
            ("www.site.example", "site.example"),
            ("a.city.kawasaki.jp", "city.kawasaki.jp"),
        ],
    )
    def test_of_a_registry_passes_over_what_is_private(self, host: str, domain: str) -> None:
        assert registered_domain(host) == domain

    def test_agrees_with_the_library_it_takes_the_list_from(self) -> None:
        from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - only this test reads it

        peer = PublicSuffixList()
        for suffix in ("fr", "co.uk", "blogspot.com", "kobe.jp", "xn--p1ai", "nonesuch"):
            for host in (suffix, f"a.{suffix}", f"b.a.{suffix}", f"c.b.a.{suffix}"):
                assert registrable_domain(host) == (peer.privatesuffix(host) or host)

    def test_has_parents_up_to_the_top_level(self) -> None:
        assert list(parents("a.b.example")) == ["a.b.example", "b.example"]


class TestIsPublic:
    @pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "223.255.255.255", "2606:4700::1111"])
    def test_holds_for_addresses_that_the_internet_routes(self, ip: str) -> None:
        assert is_public(ip_address(ip))

    @given(st.ip_addresses())
    def test_never_lets_through_what_python_calls_private(self, ip: object) -> None:
        address = ip_address(str(ip))
        assert not is_public(address) or (address.is_global and not address.is_multicast)
