"""Read a mail that came in, whatever strangers put in it.

Its head is cut to size before it is parsed, and a child with limits parses it: the standard
library's parser takes hours over some headers of 100 kB, and a worker that waits for it does
nothing else. A mail that cannot be read so is set aside (`inbox`), never tried again.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.limited.calling import Answered, Died, Limits, OverLimit, Refused, call
from balise.foundation.mail.events import MailSetAside
from balise.foundation.mail.models import SetAside
from balise.foundation.mail.parsing import Mail, Nature, parse
from balise.foundation.mail.receiving import Arrived, take_new

MAX_OCTETS: Final = 5_000_000  # of a mail; what is larger is read no further
MAX_HEADER: Final = 8_192  # octets of one header, its folded lines included
MAX_HEAD: Final = 65_536  # octets of all headers that are read

# Some 20 times what an ordinary mail of five million octets needs: see docs/measurements.md.
_LIMITS: Final = Limits(processor=2, memory=300_000_000, time=30.0, answer=2_000_000)

# Headers about the sender, and about how to read the rest: half of one would say something else.
_WHOLE: Final = frozenset(
    {
        b"content-transfer-encoding",
        b"content-type",
        b"from",
        b"in-reply-to",
        b"message-id",
        b"return-path",
    }
)
# What may be long and can be cut: the first of a list are those that count.
_CUT: Final = frozenset(
    {
        b"auto-submitted",
        b"cc",
        b"content-disposition",
        b"delivered-to",
        b"envelope-to",
        b"mime-version",
        b"precedence",
        b"references",
        b"subject",
        b"to",
        b"x-autoreply",
        b"x-autorespond",
        b"x-failed-recipients",
        b"x-original-to",
    }
)
_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n?|\n)?")
# What the parser takes for a line of the head; the first other line begins the body.
_OF_HEAD: Final = re.compile(rb"From |[\x21-\x39\x3b-\x7e]*:|[\t ]")
_QUOTE_BEGINS: Final = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original message|message d'origine|forwarded message)"
    r"|on .{4,120} wrote:\s*$|le .{4,120} a [ée]crit\s?:\s*$|from: .+|de : .+@.+)",
    re.IGNORECASE,
)


class MailUnreadable(Exception):
    """A mail that can never be read; `reason` is a code, and quotes nothing of it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read_mail(octets: bytes) -> Mail:
    """Return what a mail is and says; raise `MailUnreadable` for one that cannot be read.

    Raises OSError where no child can be started: then the same mail may be read later.
    """
    match call(parse, with_short_head(octets[:MAX_OCTETS]), limits=_LIMITS):
        case Answered(answer):
            return _mail(json.loads(answer))
        case Refused(code):
            raise MailUnreadable(code)
        case OverLimit(limit):
            raise MailUnreadable(limit.value)
        case Died():
            raise MailUnreadable("died")


def with_short_head(octets: bytes) -> bytes:
    """Return a mail whose head holds what is read of it, none of it longer than MAX_HEADER.

    What we do not read is left out, however long; a list is cut. Refuses a header that must be
    whole and is longer, and a head that is longer than MAX_HEAD all the same.
    """
    kept: list[bytes] = []
    size = end = 0
    for name, header, end in _headers(octets):  # noqa: B007 - where the body begins
        if name not in _WHOLE and name not in _CUT:
            continue
        if len(header) > MAX_HEADER and name in _WHOLE:
            raise MailUnreadable("header-too-long")
        kept.append(_cut(header))
        size += len(kept[-1])
        if size > MAX_HEAD:
            raise MailUnreadable("head-too-long")
    return b"".join(kept) + octets[end:]


def unquoted(text: str) -> str:
    """Return the words of an answer above what it quotes; all of it where nothing is above."""
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTE_BEGINS.match(line):
            break
        kept.append(line)
    own = "\n".join(kept).strip()
    return own or text.strip()


def _headers(octets: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield each header's name in lower case, the header with its folded lines, and its end."""
    name, begins, ends = b"", 0, 0
    for line in _LINE.finditer(octets):
        is_of_head = _OF_HEAD.match(octets, line.start(), line.end()) is not None
        if is_of_head and line.group()[:1] in {b" ", b"\t"}:
            ends = line.end()
            continue
        if ends > begins:
            yield name, octets[begins:ends], ends
        if not is_of_head:
            return
        begins, ends = line.span()
        name = octets[begins : begins + 64].partition(b":")[0].strip().lower()


def _cut(header: bytes) -> bytes:
    if len(header) <= MAX_HEADER:
        return header
    return header[:MAX_HEADER].rstrip(b"\r\n") + b"\r\n"


def _mail(said: dict[str, Any]) -> Mail:
    lists = {name: tuple(said[name]) for name in ("answers", "to")}
    return Mail(**{**said, **lists, "nature": Nature(said["nature"])})


# Read a mailbox's new mails, and set aside those that cannot be read.


type Keep = Callable[[Mail, bytes], object]

_SHOWN = 200


def read_inbox(mailbox: str, url: str, *, keep: Keep, at_most: int) -> int:
    """Hand each new mail to `keep`, read and as it came; return how many were taken in.

    `mailbox` names it on pages and in the journal, a code. One that cannot be read is set aside:
    it is marked and stays there, a row and a fact say so, and it is not fetched again. Raises
    `MailboxAway`, and what `keep` raised once the others are kept.
    """

    def take(arrived: Arrived) -> bool:
        try:
            mail = read_mail(arrived.octets)
        except MailUnreadable as unreadable:
            _set_aside(mailbox, arrived, unreadable.reason)
            return False
        keep(mail, arrived.octets)
        return True

    return take_new(url, keep=take, passes_over=partial(_is_aside, mailbox), at_most=at_most)


def set_aside() -> list[SetAside]:
    """Return the mails that could not be read, the latest first."""
    return list(SetAside.objects.order_by("-at")[:_SHOWN])


def _is_aside(mailbox: str, validity: int, uid: int) -> bool:
    return SetAside.objects.filter(mailbox=mailbox, validity=validity, uid=uid).exists()


def _set_aside(mailbox: str, arrived: Arrived, reason: str) -> None:
    row = SetAside(
        id=uuid4(),
        mailbox=mailbox,
        validity=arrived.validity,
        uid=arrived.uid,
        reason=reason,
        size=len(arrived.octets),
        at=now(),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        record(MailSetAside(subject=row.id, mailbox=Code(mailbox), reason=Code(reason)), by=SYSTEM)
