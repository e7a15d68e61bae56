"""Parse a mail that came in: who wrote it, or what; which mails it answers; its words.

Whatever is in it was written by strangers: nothing is believed, and no attachment is kept. The
standard library's parser is quadratic in places: this runs in a child with limits (`reading`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import getaddresses
from enum import StrEnum
from html.parser import HTMLParser

from balise.foundation.limited.child import CannotWork

MAX_TEXT_OCTETS = 80_000  # of the part that holds its words
_MAX_PARTS = 60
_MAX_REFERENCES = 40

_MESSAGE_ID = re.compile(r"<([^<>\s@]{1,120})@[^<>\s]{1,253}>")
_POSTMASTERS = ("mailer-daemon", "postmaster")
_ROBOT = re.compile(r"(?:auto|automatic|autoreply|bulk|junk|auto_reply|list)", re.IGNORECASE)
# The parser of the standard library raises all of these on what spammers write.
_UNREADABLE = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


class Nature(StrEnum):
    """Who or what wrote a mail."""

    PERSON = "person"
    ROBOT = "robot"  # out of office, a ticket, a mailing list
    DELIVERED = "delivered"  # a report that a mail arrived
    DELAYED = "delayed"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail that came in, as far as it can be read.

    `answers` are the local parts of the Message-IDs that it refers to, of a report those of the
    mail that it is about. `key` is its own Message-ID, empty where it has none; `to` its
    addressees. `text` is whole, with what it quotes.
    """

    nature: Nature = Nature.PERSON
    key: str = ""
    answers: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    attachment_count: int = 0


def parse(octets: bytes) -> bytes:
    """Return what a mail is and says, as the JSON of a `Mail`; refuse what cannot be parsed."""
    try:
        mail = _read(message_from_bytes(octets, policy=policy.default))
    except _UNREADABLE:
        raise CannotWork("unreadable") from None
    return json.dumps(asdict(mail)).encode()


def _read(mail: EmailMessage | Message) -> Mail:
    parts = list(_parts(mail))
    name, sender = next(iter(_people(mail, "From")), ("", ""))
    nature = _nature(mail, parts, sender=sender)
    refers = [_header(mail, name) for name in ("In-Reply-To", "References")]
    if nature in {Nature.BOUNCE, Nature.DELAYED}:
        refers += [_header(part, "Message-ID") for part in parts if part is not mail]
        refers += _originals(parts)
    ours = dict.fromkeys(
        found for text in refers for found in _MESSAGE_ID.findall(text)[:_MAX_REFERENCES]
    )
    to = (
        address
        for header in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
        for _name, address in _people(mail, header)
    )
    return Mail(
        nature=nature,
        key=_header(mail, "Message-ID").strip()[:250],
        answers=tuple(ours)[:_MAX_REFERENCES],
        to=tuple(dict.fromkeys(to)),
        sender=sender,
        sender_name=name,
        subject=_header(mail, "Subject"),
        text=_text(parts),
        attachment_count=sum(_is_attachment(part) for part in parts),
    )


def _nature(mail: Message, parts: list[Message], *, sender: str) -> Nature:
    report = _report(parts)
    if report is not None or _header(mail, "X-Failed-Recipients"):
        return report or Nature.BOUNCE
    return Nature.ROBOT if _is_robot(mail, sender) else Nature.PERSON


def _is_robot(mail: Message, sender: str) -> bool:
    submitted = _header(mail, "Auto-Submitted").strip().lower()
    return (
        submitted.partition(";")[0] not in {"", "no"}
        or bool(_ROBOT.match(_header(mail, "Precedence").strip()))
        or any(_header(mail, name) for name in ("X-Autoreply", "X-Autorespond"))
        or sender.partition("@")[0].lower() in _POSTMASTERS
        or _header(mail, "Return-Path").strip() == "<>"
    )


def _report(parts: list[Message]) -> Nature | None:
    """Return what a delivery status report (RFC 3464) says, or None where the mail holds none."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        groups = part.get_payload()
        fields = (
            [group for group in groups if isinstance(group, Message)]
            if isinstance(groups, list)
            else []
        )
        actions = {_header(group, "Action").strip().lower() for group in fields}
        statuses = {_header(group, "Status").strip()[:1] for group in fields}
        if "failed" in actions or ("5" in statuses and not actions & {"delayed", "delivered"}):
            return Nature.BOUNCE
        if "delayed" in actions or "4" in statuses:
            return Nature.DELAYED
        return Nature.DELIVERED  # delivered, relayed, expanded
    return None


def _originals(parts: list[Message]) -> Iterator[str]:
    """Yield the headers of the mail that came back, where the report has them as a text."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            head = payload.decode("latin-1") if isinstance(payload, bytes) else ""
            yield from (
                line for line in head.splitlines() if line.lower().startswith("message-id:")
            )


def _parts(mail: Message) -> Iterator[Message]:
    for count, part in enumerate(mail.walk()):
        if count >= _MAX_PARTS:
            return
        yield part


def _text(parts: list[Message]) -> str:
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == wanted and not _is_attachment(part):
                text = _decoded(part)
                return _without_tags(text) if wanted == "text/html" else text
    return ""


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    octets = payload[:MAX_TEXT_OCTETS] if isinstance(payload, bytes) else b""
    try:
        return octets.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        return octets.decode("latin-1")


def _is_attachment(part: Message) -> bool:
    if part.is_multipart() or part.get_content_maintype() in {"message", "multipart"}:
        return False
    return part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"


def _header(mail: Message, name: str) -> str:
    try:
        return _whole(str(mail.get(name, "")).replace("\r", "").replace("\n", " ")[:4_000])
    except _UNREADABLE:
        return ""


def _whole(text: str) -> str:
    """Return a text without half characters, which the parser leaves and nothing can store."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _people(mail: Message, name: str) -> list[tuple[str, str]]:
    """Return (name, address) of those in a header."""
    try:
        found = getaddresses([_whole(str(each)) for each in mail.get_all(name, [])])
    except _UNREADABLE:
        return []
    return [(called, address) for called, address in found if address]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in {"script", "style", "head"}
        if tag in {"br", "p", "div", "tr", "li"}:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "head"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def _without_tags(page: str) -> str:
    words = _Words()
    words.feed(page)
    lines = (" ".join(line.split()) for line in "".join(words.found).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
