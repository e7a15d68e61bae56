"""Read a notice that came as a mail (RFC 5322): its head says who sent it, its text the rest."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from balise.takedown.notices.rules.completeness import Stated, is_email
from balise.takedown.notices.rules.reading.plain import read_text
from balise.takedown.notices.rules.reading.structured import is_name

_HEAD = re.compile(r"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\s*\n")
_FROM = re.compile(r"^From:[^\n]*@", re.IGNORECASE | re.MULTILINE)
_MACHINE = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster)@", re.IGNORECASE)


def is_mail(text: str) -> bool:
    """Return whether a text begins with a mail's head."""
    head = _HEAD.match(text.replace("\r\n", "\n").lstrip("\n"))
    return head is not None and _FROM.search(head[0]) is not None


def read_mail(content: bytes, text: str) -> Stated:
    """Return what a mail states. Its sender notifies, unless its text names somebody else."""
    raw = content if content[:1] not in {b"\xff", b"\xfe"} else text.encode()
    mail = message_from_bytes(raw.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=default)
    name, email = _sender(mail)
    stated = read_text(_body(mail), subject=str(mail.get("Subject", "")))
    return replace(stated, name=stated.name or name, email=stated.email or email)


def text_of_html(html: str) -> str:
    """Return the text of a page, a line for each block."""
    reader = _Text()
    reader.feed(html)
    return "".join(reader.pieces)


def _sender(mail: EmailMessage) -> tuple[str, str]:
    for header in ("Reply-To", "From"):
        try:
            value = mail[header]
        except (HeaderParseError, ValueError, IndexError):
            continue
        if not isinstance(value, AddressHeader):
            continue
        for address in value.addresses:
            email = address.addr_spec
            if is_email(email) and not _MACHINE.match(email):
                name = address.display_name
                return (name if is_name(name) else ""), email
    return "", ""


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, KeyError):  # an unknown charset or a part that is no text
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return ""
    return text_of_html(content) if part.get_content_subtype() == "html" else content


class _Text(HTMLParser):
    """Collects the text of a page; links give their address."""

    _BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "table", "ul", "ol"})
    _SILENT = frozenset({"script", "style", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        if tag in self._BLOCKS:
            self.pieces.append("\n")
        link = dict(attrs).get("href") or ""
        if tag == "a" and link.startswith("http"):
            self.pieces.append(f" {link} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT and self._silent:
            self._silent -= 1
        if tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
