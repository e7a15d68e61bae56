"""What a mail that came in says of a notice: what kind it is, which of our mails it answers.

A proposal is a guess for a person to confirm; it never acts.
"""

import re
from dataclasses import dataclass

from balise.foundation.mail.parsing import Mail, Nature
from balise.foundation.mail.reading import unquoted
from balise.takedown.notices.rules.answers import MAX_ANSWER, MailKind, Said
from balise.takedown.notices.rules.phrases import guess

_TOKEN = re.compile(r"\+([a-z0-9]{16,32})@", re.IGNORECASE)
_NUMBER = re.compile(r"\b([NM]-[0-9A-F]{8})\b")
_TICKET = re.compile(
    r"\[\s*(?:[#(]\s*)?[A-Z]{0,10}[-#: ]{0,3}\d{3,}[^\]]{0,20}\]"
    r"|\b(?:ticket|case|request|incident|dossier|demande|r[ée]f(?:erence|érence)?)"
    r"\W{0,4}(?:id|no|n°|number|num[ée]ro)?\W{0,4}[A-Z]{0,6}[-_#]?\d{3}",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|on (?:annual )?leave|away until|absen(?:t|ce)|cong[ée]s|hors du bureau"
    r"|vacation",
    re.IGNORECASE,
)


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


def inbound_of(mail: Mail) -> Inbound:
    """Return what a mail says of our notices."""
    tokens = _TOKEN.findall(" ".join(mail.to))
    return Inbound(
        kind=_kind(mail),
        key=mail.key,
        answers=mail.answers,
        tokens=tuple(dict.fromkeys(token.lower() for token in tokens)),
        numbers=tuple(dict.fromkeys(_NUMBER.findall(mail.subject.upper()))),
        sender=mail.sender,
        subject=mail.subject,
        text=unquoted(mail.text)[:MAX_ANSWER],
        attachment_count=mail.attachment_count,
    )


def proposal(text: str) -> Said | None:
    """Return what an answer seems to say; None where nothing is recognised."""
    return guess(unquoted(text))


def _kind(mail: Mail) -> MailKind:
    match mail.nature:
        case Nature.PERSON:
            return MailKind.ANSWER
        case Nature.BOUNCE:
            return MailKind.BOUNCE
        case Nature.DELAYED:
            return MailKind.DELAYED
        case Nature.DELIVERED:  # good to know, nothing to do
            return MailKind.AUTOMATIC
    # A robot that says what became of it (a moderation desk) is read by a person all the same.
    said = proposal(mail.text)
    if said is not None and said is not Said.RECEIVED:
        return MailKind.ANSWER
    plain = _NUMBER.sub("", f"{mail.subject}\n{mail.text[:2_000]}")
    is_away = _AWAY.search(mail.subject) or _AWAY.search(mail.text[:400])
    return MailKind.TICKET if _TICKET.search(plain) and not is_away else MailKind.AUTOMATIC
