"""Addresses that an operator types to say where to listen."""

from argparse import ArgumentTypeError
from typing import NamedTuple

PORTS = range(1, 65536)


class Address(NamedTuple):
    """A host and a port to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """Return the address in `HOST:PORT`, `[IPV6]:PORT` or `PORT`; argparse shows the error."""
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) in PORTS):
        raise ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return Address(host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port))
