"""A URL in its parts, as a setting or someone else wrote it; and which host is this machine.

What people report is read elsewhere (`takedown/tracing/rules/addresses`): this forgives nothing.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit


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
        parts = urlsplit(text)
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


def is_this_machine(host: str) -> bool:
    """Return whether a host is this machine: localhost, 127.0.0.0/8 or ::1, its port beside it."""
    names = [host]
    with suppress(ValueError):
        names.append(urlsplit(f"//{host}").hostname or "")
    return any(name == "localhost" or _is_loopback(name) for name in names)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
