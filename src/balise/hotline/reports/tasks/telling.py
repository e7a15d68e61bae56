"""Tell partners that a report of theirs changed: a signed POST, until it is taken.

The address is an administrator's word, so it is not trusted further than the public internet: the
connection goes to the very address that was found public, follows nothing and reads nothing back.
"""

import socket
from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from django.conf import settings

from balise.foundation.accounts.queries import webhook_of
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.hotline.reports.queries.partners import partners_of
from balise.hotline.reports.rules import webhooks
from balise.takedown.tracing.rules.public import is_public

_SECONDS = 5.0


class NotTaken(RuntimeError):
    """The partner's server did not take the message; it is tried again later."""


def tell_partners(entries: Sequence[Entry]) -> None:
    """Have each partner told whose report speaks of a content that changed."""
    for entry in entries:
        kind = entry.event.removeprefix("hotline.")
        for partner, report in partners_of(entry.subject):
            tell.later(
                partner=partner, report=report, content=entry.subject, entry=entry.pk, kind=kind
            )


@job(attempts=8, outside=True)
def tell(partner: str, report: str, content: str, entry: int, kind: str) -> None:
    """Send one message; raise NotTaken until the partner's server answers with a 2xx."""
    webhook = webhook_of(UUID(partner))
    if webhook is None:
        return
    at = Entry.objects.values_list("at", flat=True).get(id=entry)
    body = webhooks.message(
        event_id=entry, kind=kind, report=UUID(report), content=UUID(content), at=at
    )
    _post(webhook.address, webhook.secret, body, at=now())


def _post(address: str, secret: str, body: bytes, *, at: datetime) -> None:
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = _vetted(host, port, scheme=parts.scheme)
    shown = f"[{found}]" if ":" in found else found
    pinned = parts._replace(netloc=f"{shown}:{port}").geturl()
    headers = {
        "Content-Type": "application/json",
        "Host": parts.netloc.rpartition("@")[2],
        webhooks.SIGNATURE: webhooks.signature(secret, body=body, at=at),
    }
    try:
        with (
            httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                pinned,
                content=body,
                headers=headers,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            status = answer.status_code
    except httpx.HTTPError as error:
        raise NotTaken(type(error).__name__) from None
    if not httpx.codes.is_success(status):
        raise NotTaken(f"HTTP {status}")


def _vetted(host: str, port: int, *, scheme: str) -> str:
    """Return the IP address to connect to; refuse what is not public, or not encrypted."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotTaken("the host is unknown") from None
    addresses = [ip_address(str(answer[4][0])) for answer in answers]
    if settings.DEMONSTRATION and all(address.is_loopback for address in addresses):
        return str(addresses[0])
    if scheme != "https" or not addresses or not all(map(is_public, addresses)):
        raise NotTaken("only public https addresses are told")
    return str(addresses[0])
