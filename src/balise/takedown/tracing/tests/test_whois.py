"""WHOIS answers in the ways of several registers. All names are invented."""

import pytest
from hypothesis import given, strategies as st

from balise.takedown.tracing.rules import registers as words, whois

SOURCE = "WHOIS whois.example"

THICK = """   Domain Name: SITE.EXAMPLE\r
   Registrar WHOIS Server: whois.registrar.example\r
   Registrar: Registrar Example, Inc.\r
   Registrar IANA ID: 9999\r
   Registrar Abuse Contact Email: Abuse@registrar.example\r
   Name Server: NS1.SITE.EXAMPLE\r
   Name Server: NS2.SITE.EXAMPLE\r
>>> Last update of whois database <<<\r
"""
RIPE = """% This is an invented register.
% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@net.example'

inetnum:        192.0.2.0 - 192.0.2.255
netname:        NET-EXAMPLE
descr:          Example Hosting
country:        nl
"""
ARIN = """NetRange:       198.51.100.0 - 198.51.100.255
CIDR:           198.51.100.0/24
NetName:        CLOUD-EXAMPLE
OrgName:        Cloud Example
Country:        US
OrgAbuseEmail:  abuse@cloud.example
OrgAbuseEmail:  second@cloud.example
"""
DOTTED = """domain............: site.example
Registrar.........: Registrar Example
nserver...........: ns1.site.example [192.0.2.1]
"""


def test_reads_a_registry_in_the_usual_words() -> None:
    reading = whois.read_domain(THICK, source=SOURCE)
    record = reading.record
    assert (record.name, record.handle) == ("Registrar Example, Inc.", "9999")
    assert record.nameservers == ("ns1.site.example", "ns2.site.example")
    assert [one.address for one in record.contacts] == ["abuse@registrar.example"]
    assert reading.problems == ()
    assert whois.registrar_server(THICK) == ("whois.registrar.example", 43)


def test_reads_labels_with_dots() -> None:
    reading = whois.read_domain(DOTTED, source=SOURCE)
    assert reading.record.name == "Registrar Example"
    assert reading.record.nameservers == ("ns1.site.example",)
    assert reading.problems == (words.NO_ABUSE_CONTACT,)


def test_reads_networks_of_two_regions() -> None:
    first = whois.read_network(RIPE, source=SOURCE).record
    assert (first.name, first.country) == ("Example Hosting", "NL")
    assert [one.address for one in first.contacts] == ["abuse@net.example"]
    second = whois.read_network(ARIN, source=SOURCE)
    assert (second.record.name, second.record.prefix) == ("Cloud Example", "198.51.100.0/24")
    assert second.problems == (words.SEVERAL_ABUSE_CONTACTS,)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("refer:        whois.nic.example\n", ("whois.nic.example", 43)),
        ("whois: whois.nic.example", ("whois.nic.example", 43)),
        ("ReferralServer: whois://whois.net.example:4321", ("whois.net.example", 4321)),
        ("ReferralServer: rwhois://x.example:4321", None),
        ("refer: not a host at all", None),
        ("", None),
    ],
)
def test_follows_a_referral(text: str, server: tuple[str, int] | None) -> None:
    assert whois.referral(text) == server


@pytest.mark.parametrize("text", ["", "No match for SITE.EXAMPLE", "<html></html>", "a:b\n" * 9])
def test_says_what_it_does_not_understand(text: str) -> None:
    assert whois.read_domain(text, source=SOURCE).problems == (words.NOT_UNDERSTOOD,)
    assert whois.read_network(text, source=SOURCE).problems == (words.NOT_UNDERSTOOD,)


@given(text=st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    whois.read_domain(text, source=SOURCE)
    whois.read_network(text, source=SOURCE)
    whois.referral(text)


def test_reads_no_further_than_it_must() -> None:
    assert whois.read_domain("x: y\n" * 100_000, source=SOURCE).record.name == ""
    whois.read_network("Registrar" + "." * 60_000 + ": x", source=SOURCE)
