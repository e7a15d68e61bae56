"""Read a mail that came in: what kind it is, which of our mails it answers, what it seems to say.

Whatever is in it was written by strangers: nothing here raises, nothing is believed, and no
attachment is kept. A proposal is a guess for a person to confirm; it never acts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import getaddresses
from html.parser import HTMLParser

from balise.takedown.notices.rules.answers import MAX_ANSWER, MailKind, Said
from balise.takedown.notices.rules.phrases import guess

MAX_OCTETS = 5_000_000  # of a mail; what is larger is read no further than its head
_MAX_PARTS = 60
_MAX_REFERENCES = 40

_MESSAGE_ID = re.compile(r"<([^<>\s@]{1,120})@[^<>\s]{1,253}>")
_TOKEN = re.compile(r"\+([a-z0-9]{16,32})@", re.IGNORECASE)
_NUMBER = re.compile(r"\b([NM]-[0-9A-F]{8})\b")
_TICKET = re.compile(
    r"\[\s*[#(]?\s*[A-Z]{0,10}[-#: ]{0,3}\d{3,}[^\]]{0,20}\]"
    r"|\b(?:ticket|case|request|incident|dossier|demande|r[ée]f(?:erence|érence)?)"
    r"\W{0,4}(?:id|no|n°|number|num[ée]ro)?\W{0,4}[A-Z]{0,6}[-_#]?\d{3,}",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|on (?:annual )?leave|away until|absen(?:t|ce)|cong[ée]s|hors du bureau"
    r"|vacation",
    re.IGNORECASE,
)
_QUOTE_BEGINS = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original message|message d'origine|forwarded message)"
    r"|on .{4,120} wrote:\s*$|le .{4,120} a [ée]crit\s?:\s*$|from: .+|de : .+@.+)",
    re.IGNORECASE,
)
_POSTMASTERS = ("mailer-daemon", "postmaster")
_ROBOT = re.compile(r"(?:auto|automatic|autoreply|bulk|junk|auto_reply|list)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A mail that came in, as far as it can be read.

    `answers` are the local parts of the Message-IDs that it refers to, `tokens` the words behind
    the plus sign of our address, `numbers` those of notices (`N-…`) and mails (`M-…`) in its
    subject. `key` is its own Message-ID, empty where it has none.
    """

    kind: MailKind
    key: str = ""
    answers: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""
    text: str = ""
    attachment_count: int = 0


def read_mail(octets: bytes) -> Inbound:
    """Return what a mail is and says; of what cannot be read, an answer without words."""
    try:
        mail = message_from_bytes(octets[:MAX_OCTETS], policy=policy.default)
        return _read(mail)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # The standard library's parser raises all of these on what spammers write.
        return Inbound(kind=MailKind.ANSWER, text="")


def proposal(text: str) -> Said | None:
    """Return what an answer seems to say; None where nothing is recognised."""
    return guess(unquoted(text))


def unquoted(text: str) -> str:
    """Return the words of an answer above what it quotes; all of it where nothing is above."""
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTE_BEGINS.match(line):
            break
        kept.append(line)
    own = "\n".join(kept).strip()
    return own or text.strip()


def _read(mail: EmailMessage | Message) -> Inbound:
    parts = list(_parts(mail))
    text = _text(parts)
    subject = _header(mail, "Subject")
    sender = next(iter(_addresses(mail, "From")), "")
    kind = _kind(mail, parts, sender=sender, subject=subject, text=text)
    refers = [_header(mail, name) for name in ("In-Reply-To", "References")]
    if kind in {MailKind.BOUNCE, MailKind.DELAYED}:
        refers += [_header(part, "Message-ID") for part in parts if part is not mail]
        refers += _originals(parts)
    ours = dict.fromkeys(
        found for text_ in refers for found in _MESSAGE_ID.findall(text_)[:_MAX_REFERENCES]
    )
    to = " ".join(
        address
        for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
        for address in _addresses(mail, name)
    )
    return Inbound(
        kind=kind,
        key=_header(mail, "Message-ID").strip()[:250],
        answers=tuple(ours)[:_MAX_REFERENCES],
        tokens=tuple(dict.fromkeys(token.lower() for token in _TOKEN.findall(to))),
        numbers=tuple(dict.fromkeys(_NUMBER.findall(subject.upper()))),
        sender=sender,
        subject=subject,
        text=unquoted(text)[:MAX_ANSWER],
        attachment_count=sum(_is_attachment(part) for part in parts),
    )


def _kind(mail: Message, parts: list[Message], *, sender: str, subject: str, text: str) -> MailKind:
    report = _report(parts)
    if report is not None or _header(mail, "X-Failed-Recipients"):
        return report or MailKind.BOUNCE
    if not _is_robot(mail, sender):
        return MailKind.ANSWER
    # A robot that says what became of it (a moderation desk) is read by a person all the same.
    said = proposal(text)
    if said is not None and said is not Said.RECEIVED:
        return MailKind.ANSWER
    plain = _NUMBER.sub("", f"{subject}\n{text[:2_000]}")
    is_away = _AWAY.search(subject) or _AWAY.search(text[:400])
    return MailKind.TICKET if _TICKET.search(plain) and not is_away else MailKind.AUTOMATIC


def _is_robot(mail: Message, sender: str) -> bool:
    submitted = _header(mail, "Auto-Submitted").strip().lower()
    return (
        submitted.partition(";")[0] not in {"", "no"}
        or bool(_ROBOT.match(_header(mail, "Precedence").strip()))
        or any(_header(mail, name) for name in ("X-Autoreply", "X-Autorespond"))
        or sender.partition("@")[0].lower() in _POSTMASTERS
        or _header(mail, "Return-Path").strip() == "<>"
    )


def _report(parts: list[Message]) -> MailKind | None:
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
            return MailKind.BOUNCE
        if "delayed" in actions or "4" in statuses:
            return MailKind.DELAYED
        return MailKind.AUTOMATIC  # delivered, relayed, expanded: good to know, nothing to do
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
    octets = payload[: 4 * MAX_ANSWER] if isinstance(payload, bytes) else b""
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
        return str(mail.get(name, "")).replace("\r", "").replace("\n", " ")[:4_000]
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return ""


def _addresses(mail: Message, name: str) -> list[str]:
    try:
        found = getaddresses([str(each) for each in mail.get_all(name, [])])
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return []
    return [address for _called, address in found if address]


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
