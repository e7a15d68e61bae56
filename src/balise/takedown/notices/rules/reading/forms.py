"""Tell in which form a notice came, and read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from django.utils.translation import gettext as _

from balise.foundation import strict_json
from balise.foundation.refusals import Refused
from balise.takedown.notices.rules.completeness import Stated
from balise.takedown.notices.rules.reading import exchanged, plain
from balise.takedown.notices.rules.reading.mails import is_mail, read_mail
from balise.takedown.notices.rules.reading.structured import read_object

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
    if exchanged.is_xarf(notice):
        return Read(Form.XARF, exchanged.read_xarf(notice))
    if exchanged.is_cloudflare(notice):
        return Read(Form.CLOUDFLARE, exchanged.read_cloudflare(notice))
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
