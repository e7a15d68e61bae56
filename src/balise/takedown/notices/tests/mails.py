"""Mails as hosts, robots and mail servers write them."""

from email.message import EmailMessage
from textwrap import dedent

from balise.foundation.mail.reading import read_mail as read_any_mail
from balise.foundation.mail.tests import makers
from balise.takedown.notices.rules.inbound import Inbound, inbound_of

DOMAIN = "centre.example"


def read_mail(octets: bytes) -> Inbound:
    """Return what a mail says of our notices, read as the mailbox reads it."""
    return inbound_of(read_any_mail(octets))


def read_here(octets: bytes) -> Inbound:
    """Return the same without a process of its own: for tests that read very many."""
    return inbound_of(makers.read_here(octets))


def make_mail(
    *,
    subject: str = "Re: notice",
    text: str = "Hello.",
    sender: str = "Abuse desk <desk@host.example>",
    **headers: str,
) -> bytes:
    """Return a plain mail with these headers."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["Subject"] = subject
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def make_bounce(
    original: str, *, action: str = "failed", status: str = "5.1.1", whole: bool = True
) -> bytes:
    """Return a delivery status report (RFC 3464) about a mail with this Message-ID's first part."""
    media_type = "message/rfc822" if whole else "text/rfc822-headers"
    return (
        dedent(
            f"""\
            From: MAILER-DAEMON@mx.example
            Subject: Delivery status
            Message-ID: <report.of.{original}@mx.example>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="part"

            --part
            Content-Type: text/plain

            This mail could not be delivered.

            --part
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; abuse@host.example
            Action: {action}
            Status: {status}

            --part
            Content-Type: {media_type}

            Message-ID: <{original}@{DOMAIN}>
            Subject: Notice of illegal content

            --part--
            """
        )
        .replace("\n", "\r\n")
        .encode()
    )
