"""Start the tracer: its socket, in a demonstration the ports of our own registers, and its name."""

import asyncio
import resource
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from balise.takedown.tracing.tracer.names import Names
from balise.takedown.tracing.tracer.protocol import open_door, serve
from balise.takedown.tracing.tracer.reach import Reach


def reach_of(written: str) -> Reach:
    """Return what may be reached: the public internet and, by `dns=1,rdap=2,whois=3`, our own."""
    if not written:
        return Reach()
    named = (one.partition("=") for one in written.split(","))
    ports = {name: int(port) for name, _is, port in named}
    return Reach(
        own_ports=frozenset({ports["rdap"], ports["whois"]}),
        names=Names(invented=("127.0.0.1", ports["dns"])),
    )


def main(arguments: Sequence[str]) -> None:
    """Serve on the socket named; this process can write no file and leave no core."""
    place, ports, agent = (*arguments, "", "")[:3]
    reach = reach_of(ports)
    if agent and agent.isascii() and agent.isprintable():
        reach = replace(reach, agent=agent)
    door = open_door(Path(place))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asyncio.run(serve(reach, door))


if __name__ == "__main__":
    main(sys.argv[1:])
