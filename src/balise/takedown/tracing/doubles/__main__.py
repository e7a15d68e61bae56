"""Serve the invented registers on the ports given: `dns=1,rdap=2,whois=3`."""

import asyncio
import sys

from balise.takedown.tracing.doubles.registers import Ports, registers


async def serve(written: str) -> None:
    """Serve until the process is told to stop."""
    named = (one.partition("=") for one in written.split(","))
    ports = {name: int(port) for name, _is, port in named}
    async with registers(ports=Ports(ports["dns"], ports["rdap"], ports["whois"])):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
