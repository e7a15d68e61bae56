"""Questions of other programs, read in a child with limits: a package is a stranger's archive."""

from typing import Any, Final

import orjson
from django.utils.translation import gettext as _

from balise.awareness.questions.rules.imports import (
    MOST_QUESTIONS,
    FileFaulty,
    Imported,
    LeftOut,
    Why,
    gift,
    qti,
)
from balise.foundation import apart
from balise.foundation.limited.calling import Limits
from balise.foundation.limited.child import CannotWork

_LIMITS: Final = Limits(processor=10, memory=500_000_000, time=60.0, answer=12_000_000)


def read(octets: bytes, *, language: str) -> Imported:
    """Return the questions of a file in GIFT or QTI 2.2. Raises FileFaulty where it has none."""
    try:
        told = apart.answered(work, language.encode() + b"\n" + octets, limits=_LIMITS)
    except apart.Unreadable as fault:
        raise FileFaulty(_why(fault.code)) from None
    left_out = tuple(LeftOut(_where(each), Why(each["why"])) for each in told["left_out"])
    return Imported(tuple(told["rows"]), left_out)


def _where(left: dict[str, Any]) -> str:
    if not left["line"]:
        return str(left["where"])
    name = f" ({left['where']})" if left["where"] else ""
    return _("line %(line)d") % {"line": left["line"]} + name


def _why(code: str) -> str:
    said = {
        "text": _("The file is not text in UTF-8."),
        "no-gift": _("This file has no question in GIFT."),
        "no-qti": _("This file has no item in QTI 2.2."),
        "too-many": _("This file has more than %(most)d questions.") % {"most": MOST_QUESTIONS},
        "unpacked": _("This file is longer than 5 MB once it is unpacked."),
        "package": _("This file cannot be unpacked."),
    }
    return said.get(code) or _("The file cannot be read within our limits.")


def work(octets: bytes) -> bytes:
    """Return the questions of a file as JSON; the first line tells their language."""
    language, _line, sent = octets.partition(b"\n")
    if sent.lstrip().startswith((b"PK", b"<")):
        found = qti.read(sent, language=language.decode())
    else:
        found = gift.read(_text(sent), language=language.decode())
    left = [
        {"where": each.where, "line": each.line, "why": each.why.value} for each in found.left_out
    ]
    return orjson.dumps({"rows": found.rows, "left_out": left})


def _text(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        raise CannotWork("text") from None
