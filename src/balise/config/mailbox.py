"""The demonstration's post office: a real SMTP server on the loopback that keeps what it is given.

`python -m balise.config.mailbox PORT FOLDER`; each mail becomes a file, in the order of arrival.
"""

import asyncio
import os
import signal
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
SIZE_LIMIT = 20 * 1024 * 1024  # bytes of one mail


class Keeper:
    """Keeps each mail as a file and says one line about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        file = self.folder / f"{time.time_ns()}.eml"
        unfinished = file.with_suffix(".part")
        unfinished.write_bytes(content)
        unfinished.rename(file)
        subject = message_from_bytes(content, policy=policy.default)["Subject"]
        recipients = ", ".join(envelope.rcpt_tos)
        sys.stdout.write(f"mail from {envelope.mail_from} to {recipients}: {subject}\n")
        sys.stdout.flush()
        return "250 Kept"


async def keep(port: int, folder: Path) -> None:
    """Take mail on a port of the loopback until the process is told to stop."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(
            keeper,
            hostname="localhost",
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            loop=loop,
        ),
        HOST,
        port,
    )
    async with server:
        await stop.wait()


if __name__ == "__main__":
    os.umask(0o077)
    asyncio.run(keep(int(sys.argv[1]), Path(sys.argv[2])))
