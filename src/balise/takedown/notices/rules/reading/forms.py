"""Tell in which form a notice came, and read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

import orjson
from django.utils.translation import gettext as _

from balise.foundation import strict_json
from balise.foundation.refusals import Refused
from balise.takedown.notices.rules.completeness import Stated, is_email
from balise.takedown.notices.rules.reading import plain, structured
from balise.takedown.notices.rules.reading.plain import read_text
from balise.takedown.notices.rules.reading.structured import is_name, read_object

# Read a notice that came as a mail (RFC 5322): its head says who sent it, its text the rest.


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


MAX_BYTES = 5_000_000
OUR_FORMAT = "balise-notice/1"


class Form(StrEnum):
    """The form in which a notice came."""

    OURS = "balise"
    JSON = "json"
    XARF = "xarf"
    CLOUDFLARE = "cloudflare"
    MAIL = "mail"
    TEXT = "text"


class NoticeUnreadable(Refused, code="notice-unreadable"):
    """What was given is no notice that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Read:
    """A notice as it was read: its form, and what it states."""

    form: Form
    stated: Stated


def read_notices(
    content: bytes, *, name: str = "", omittable: frozenset[str] = frozenset()
) -> list[Read]:
    """Return the notices that a file holds: one, or each of a JSON list.

    `name` is the file's name, for its ending. `omittable` are the codes of offences whose notice
    may leave out who notifies. Refuses what is empty, too long, binary, or broken JSON
    (NoticeUnreadable).
    """
    text = _text(content)
    ending = name.rpartition(".")[2].lower()
    start = text.lstrip()[:1]
    if ending == "json" or start == "{" or (start == "[" and re.match(r"\s*\[\s*[{\"\]]", text)):
        return _objects(text, omittable)
    if ending == "eml" or is_mail(text):
        return [Read(Form.MAIL, read_mail(content, text))]
    return [Read(Form.TEXT, plain.read_text(text))]


def _objects(text: str, omittable: frozenset[str]) -> list[Read]:
    try:
        value = strict_json.loads(text)
    except strict_json.KeyTwice as twice:
        told = _("This JSON has the key “%(key)s” twice in one object.")
        raise NoticeUnreadable(told % {"key": twice.key[:40]}) from None
    except orjson.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):  # noqa: PLR2004
            raise NoticeUnreadable(_("This is not valid JSON.")) from None
        return [read for line in lines for read in _objects(line, omittable)]
    notices = value if isinstance(value, list) else [value]
    if not notices or not all(isinstance(each, Mapping) and each for each in notices):
        raise NoticeUnreadable(
            _("This JSON contains no notice: an object with named fields is needed.")
        )
    return [_object(each, omittable) for each in notices]


def _object(notice: Mapping[str, Any], omittable: frozenset[str]) -> Read:
    if structured.is_xarf(notice):
        return Read(Form.XARF, structured.read_xarf(notice))
    if structured.is_cloudflare(notice):
        return Read(Form.CLOUDFLARE, structured.read_cloudflare(notice))
    is_ours = str(notice.get("format", "")).startswith("balise-notice/")
    return Read(Form.OURS if is_ours else Form.JSON, read_object(notice, omittable=omittable))


def _text(content: bytes) -> str:
    """Return a file's text: UTF-8 or UTF-16 by its mark, else Western European."""
    if len(content) > MAX_BYTES:
        raise NoticeUnreadable(_("The file is too large: 5 MB at most."))
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = content.decode("utf-16", "replace")
    elif b"\0" in content or content[:5] == b"%PDF-":
        raise NoticeUnreadable(
            _("This is not text: give the notice as JSON, e-mail or plain text.")
        )
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if not text.strip():
        raise NoticeUnreadable(_("The file is empty."))
    return text
