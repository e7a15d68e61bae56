"""A mail server of one's own on the loopback, that answers as it is told; mails read here."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from balise.foundation.mail import reading
from balise.foundation.mail.parsing import Mail, parse


@dataclass
class Postmaster:
    """Keeps what arrives. `recipient_answer` and `content_answer` are SMTP answers."""

    recipient_answer: str = "250 OK"
    content_answer: str = "250 Kept"
    hangs: bool = False
    drops: bool = False
    kept: list[bytes] = field(default_factory=list)
    url: str = ""

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(octets, policy=policy.default) for octets in self.kept]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.hangs:
            await asyncio.sleep(3)
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.drops:
            assert server.transport is not None
            server.transport.close()
        if self.content_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.kept.append(envelope.content)
        return self.content_answer


class _AnyPort(Controller):
    """Takes the port that the kernel gives."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def a_mail_server(postmaster: Postmaster) -> Iterator[str]:
    """Run a mail server and give its address, as `BALISE_MAIL` would name it."""
    controller = _AnyPort(postmaster, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}?timeout=1"
    finally:
        controller.stop()


def read_here(octets: bytes) -> Mail:
    """Read a mail as `read_mail` does, but in this process: for tests that read very many."""
    return reading._mail(json.loads(parse(reading.with_short_head(octets))))
