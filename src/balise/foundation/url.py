"""The one place where URLs are read: in parts as written, or as browsers do; who is this machine.

`read_url` forgives nothing, `split_url` changes nothing; what people report is read, and stored, as
the URL standard says (`parse_web`). The tracer reads here: no settings, no table and no key.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import can_ada

PORTS: Final = {"http": 80, "https": 443}

split_url = urlsplit  # in parts as written (RFC 3986); raises ValueError, for a port once asked
parse_web: Callable[[str], Any] = can_ada.parse  # as browsers read it (WHATWG); raises ValueError


class UrlUnreadable(ValueError):
    """A text is no URL. The message never repeats it: it may hold a password."""


@dataclass(frozen=True, slots=True)
class Url:
    """A URL; what it does not say is empty.

    `host` is in small letters, without the brackets of IPv6; `place` is host and port as written,
    with the user. `options` are those behind the question mark.
    """

    scheme: str
    place: str = field(repr=False)
    host: str
    port: int | None
    user: str
    password: str = field(repr=False)
    path: str
    options: Mapping[str, str] = field(repr=False)
    fragment: str

    @property
    def named(self) -> str:
        """The host as a URL names it: IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host


def read_url(text: str) -> Url:
    """Return a URL in its parts, user and password decoded; raise UrlUnreadable."""
    try:
        parts = split_url(text)
        return Url(
            scheme=parts.scheme,
            place=parts.netloc,
            host=parts.hostname or "",
            port=parts.port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            path=parts.path,
            options=dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))),
            fragment=parts.fragment,
        )
    except ValueError:
        raise UrlUnreadable("it cannot be read as an address") from None


def web_host(text: str) -> str:
    """Return the host of an address of http or https, in small letters; "" for any other text."""
    with suppress(ValueError):
        parts = split_url(text)
        return (parts.scheme in PORTS and parts.hostname) or ""
    return ""


def join_web(base: str, reference: str) -> str:
    """Return where a reference on a page leads (WHATWG). Raises ValueError.

    can_ada joins nothing, and ada_url alone would read some names as others than those stored.
    """
    import ada_url  # noqa: PLC0415 - slow to load, and the tracer alone joins

    return str(ada_url.join_url(base, reference))


def is_this_machine(host: str) -> bool:
    """Return whether a host is this machine: localhost, 127.0.0.0/8 or ::1, its port beside it."""
    names = [host]
    with suppress(ValueError):
        names.append(split_url(f"//{host}").hostname or "")
    return any(name == "localhost" or _is_loopback(name) for name in names)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
