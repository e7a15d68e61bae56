"""A URL is read in its parts, and what leads to this machine is known."""

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from balise.foundation.url import UrlUnreadable, is_this_machine, join_web, read_url, web_host


def test_a_url_has_its_parts() -> None:
    read = read_url("imaps://ann%40centre:p%2Fw@MAIL.example:1143/INBOX?after=delete#end")
    assert (read.scheme, read.host, read.port) == ("imaps", "mail.example", 1143)
    assert (read.user, read.password, read.path) == ("ann@centre", "p/w", "/INBOX")
    assert read.options == {"after": "delete"}
    assert read.fragment == "end"
    assert "p/w" not in repr(read)


def test_what_is_not_said_is_empty() -> None:
    read = read_url("https://[2001:db8::1]")
    assert (read.host, read.named, read.port) == ("2001:db8::1", "[2001:db8::1]", None)
    assert (read.user, read.password, read.path, dict(read.options)) == ("", "", "", {})


@pytest.mark.parametrize(
    "text", ["http://[::1", "http://a:port/", "http://a:70000/", "http://a/?b"]
)
def test_what_is_none_is_refused_without_its_words(text: str) -> None:
    with pytest.raises(UrlUnreadable) as refused:
        read_url(text)
    assert text not in str(refused.value)


def test_the_host_of_a_web_address_alone() -> None:
    texts = ["HTTPS://A.example:1/b", "ftp://a.example", "http://[::1", "https:///b", "a.example"]
    assert [web_host(text) for text in texts] == ["a.example", "", "", "", ""]


def test_a_reference_leads_on_from_its_page() -> None:
    assert join_web("https://a.example/b/c", "../d?e") == "https://a.example/d?e"


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UrlUnreadable):
        read_url(text)
    assert is_this_machine(text) in {True, False}


@pytest.mark.parametrize(
    ("name", "is_here"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("127.8.9.1:80", True),
        ("::1", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("localhost.centre.example", False),
        ("127.0.0.1.centre.example", False),
        ("centre.example", False),
        ("192.0.2.1", False),
        ("*", False),
        (".localhost", False),
        ("", False),
    ],
)
def test_only_loopback_is_this_machine(name: str, is_here: bool) -> None:
    assert is_this_machine(name) is is_here
