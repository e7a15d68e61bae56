"""One mail to one person, from a template, in their language.

    mail/<line>/<name>.txt     the subject, an empty line, the text
    mail/<line>/<name>.html    the same text as a page; optional

Nothing here retries: `MailRefused` tells the task whether another attempt makes sense.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import MIMEPart
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any, cast

from anymail.exceptions import AnymailAPIError, AnymailError
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.validators import validate_email
from django.template import Context, TemplateDoesNotExist
from django.template.base import Template
from django.template.loader import get_template
from django.utils import translation

_MESSAGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,119}")
_FULL_ID = re.compile(r"<[^<>\s@]{1,120}@[^<>\s]{1,253}>")
_NO_BREAK = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_ENHANCED_CODE = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")
_LONGEST_NAME = 150

# Answers that speak of our own account with the server (RFC 4954): the administrator must fix it.
_OUR_ACCOUNT = frozenset({530, 534, 535, 538})
_MENDABLE_STATUS = frozenset({401, 402, 403, 407, 408, 425, 429})


class MailRefused(Exception):
    """The mail did not go out. `permanent` says that the same mail never will.

    The message holds codes only: no address, no text.
    """

    def __init__(self, reason: str, *, permanent: bool) -> None:
        self.reason = reason
        self.permanent = permanent
        super().__init__(f"{reason} ({'for good' if permanent else 'for now'})")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; `parameters` are those of its media type, such as a charset."""

    name: str
    content: bytes
    media_type: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail that goes on with a thread.

    `answers` are the Message-IDs of the thread, the oldest first, ours as `send` is given them;
    what is no Message-ID is left out. `sender` replaces the centre's own address; `by_hand` says
    that a person wrote it.
    """

    sender: str = ""
    answers: Sequence[str] = ()
    by_hand: bool = False


def send(
    template: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    message_id: str,
    attachments: Sequence[Attachment] = (),
    reply_to: Sequence[str] = (),
    reply: Reply | None = None,
) -> str:
    """Send one mail and return its Message-ID, with angle brackets; raise `MailRefused` otherwise.

    `template` is `<line>/<name>`. `message_id` is the part before the @: give the same for the same
    mail, so that a second attempt after a doubtful first one is recognised as the same mail.
    """
    _check_addresses([to, *reply_to])
    with translation.override(language):
        subject, text = _subject_and_text(template, context)
        page = _page(template, context)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=(reply.sender if reply else "") or settings.MAIL_SENDER,
        to=[to],
        reply_to=list(reply_to),
        headers={
            "Message-ID": _full_id(message_id),
            "Content-Language": language,
            **_headers(reply),
        },
    )
    if page is not None:
        message.attach_alternative(page, "text/html")
    for attachment in attachments:
        _check_attachment(attachment)
        _attach(message, attachment)
    _hand_over(message)
    return _full_id(message_id)


def _subject_and_text(template: str, context: Mapping[str, object]) -> tuple[str, str]:
    # A text is not a page: an apostrophe must not arrive as &#x27;.
    found = cast("Template", cast("Any", get_template(f"mail/{template}.txt")).template)
    rendered = found.render(Context(dict(context), autoescape=False))
    subject, _, rest = rendered.lstrip().partition("\n")
    empty, _, text = rest.partition("\n")
    # French writes no-break spaces before a colon; in a header they are spaces like another.
    subject = _NO_BREAK.sub(" ", subject.strip())
    if not subject.isprintable() or empty.strip():
        raise MailRefused("the subject is not one line", permanent=True)
    if not subject or not text.strip():
        raise MailRefused("a mail has a subject and a text", permanent=True)
    return subject, text.strip() + "\n"


def _page(template: str, context: Mapping[str, object]) -> str | None:
    try:
        found = get_template(f"mail/{template}.html")
    except TemplateDoesNotExist:
        return None
    return found.render(dict(context))


def _full_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise MailRefused("a Message-ID is letters, digits and . _ + -", permanent=True)
    return f"<{message_id}@{settings.MAIL_SENDER.rpartition('@')[2]}>"


def _headers(reply: Reply | None) -> dict[str, str]:
    # RFC 3834: no out-of-office answers, and no robots that answer each other.
    if reply is None:
        return {"Auto-Submitted": "auto-generated"}
    ids = [each if each.startswith("<") else _full_id(each) for each in reply.answers]
    found = [each for each in ids if _FULL_ID.fullmatch(each)]
    thread = {"In-Reply-To": found[-1], "References": " ".join(found)} if found else {}
    return thread if reply.by_hand else {"Auto-Submitted": "auto-replied", **thread}


def _check_addresses(addresses: Sequence[str]) -> None:
    try:
        for address in addresses:
            validate_email(address)
    except ValidationError:
        raise MailRefused("an address is none", permanent=True) from None


def _check_attachment(attachment: Attachment) -> None:
    name = attachment.name
    if not (name.isprintable() and 0 < len(name) <= _LONGEST_NAME) or {"/", "\\"} & set(name):
        raise MailRefused("an attachment's name is none", permanent=True)
    if not _MEDIA_TYPE.fullmatch(attachment.media_type):
        raise MailRefused("an attachment's media type is none", permanent=True)


def _attach(message: EmailMultiAlternatives, attachment: Attachment) -> None:
    if not attachment.parameters:
        message.attach(attachment.name, attachment.content, attachment.media_type)
        return
    kind, _, subtype = attachment.media_type.partition("/")
    part = MIMEPart()
    part.set_content(
        attachment.content,
        kind,
        subtype,
        disposition="attachment",
        filename=attachment.name,
        params=dict(attachment.parameters),
    )
    message.attach(part)


def _hand_over(message: EmailMultiAlternatives) -> None:
    refusal: MailRefused | None = None
    mailer = mailers.default
    try:
        mailer.send_messages([message])
    except (SMTPException, AnymailError, OSError, ValueError) as error:
        # The error names the recipient: it must not hang on to the refusal and reach a log.
        refusal = _refusal_for(error)
    finally:
        with suppress(SMTPException, OSError):
            mailer.close()  # a connection that failed halfway is left open otherwise
    if refusal is not None:
        raise refusal


def _refusal_for(error: Exception) -> MailRefused:
    match error:
        case SMTPRecipientsRefused(recipients=recipients):
            return _answered(*next(iter(recipients.values())))
        case SMTPSenderRefused() | SMTPDataError():
            return _answered(error.smtp_code, error.smtp_error)
        case SMTPResponseException():  # greeting, HELO, sign-in: not about this mail
            return MailRefused(f"the mail server answers {error.smtp_code}", permanent=False)
        case AnymailAPIError(status_code=int(status)):
            permanent = 400 <= status < 500 and status not in _MENDABLE_STATUS  # noqa: PLR2004
            return MailRefused(f"the mail provider answers {status}", permanent=permanent)
        case SMTPException() | OSError() | AnymailAPIError():
            return MailRefused(f"no mail server: {type(error).__name__}", permanent=False)
        case _:  # ValueError and Anymail's own: this mail cannot be written as it is
            return MailRefused(f"unsendable: {type(error).__name__}", permanent=True)


def _answered(code: int, answer: bytes | str) -> MailRefused:
    octets = answer.encode() if isinstance(answer, str) else answer
    enhanced = _ENHANCED_CODE.match(octets)
    reason = f"{code} {enhanced.group().decode()}" if enhanced else str(code)
    return MailRefused(reason, permanent=500 <= code < 600 and code not in _OUR_ACCOUNT)  # noqa: PLR2004
