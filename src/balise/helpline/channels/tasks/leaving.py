"""Send answers by the way that a person wrote, and say once that their first word came."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, Reply, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering
from balise.helpline.channels.actions.answering import forget_drafts
from balise.helpline.channels.queries import Acknowledgement, Outgoing
from balise.helpline.channels.rules import MESSAGING, MOST_ATTEMPTS, Audience, Way, message_name
from balise.helpline.channels.tasks.posting import NotPosted, post_text

RECEIVED = "helpline/channels/received.txt"


def send_answers(entries: Sequence[Entry]) -> None:
    """Have answers leave that were just written, or are tried again."""
    for entry in entries:
        send_answer.later(message_id=str(entry.facts["message"]))


def acknowledge_first(entries: Sequence[Entry]) -> None:
    """Queue an acknowledgement for people who wrote for the first time."""
    for entry in entries:
        if entry.facts["first"]:
            acknowledge.later(thread_id=entry.subject)


def forget_erased(entries: Sequence[Entry]) -> None:
    """Destroy the keys of what a person erased, and the answer that was being written to it."""
    forget(entry.subject for entry in entries)
    forget_drafts(thread_ids=[entry.subject for entry in entries], by=SYSTEM)


# More than the answer's own attempts: the last ones are for workers that died.
@job(attempts=MOST_ATTEMPTS + 4, outside=True, priority=50, lane=Lane.MAIL)
def send_answer(message_id: str) -> None:
    """Send one answer, if it still waits to be sent."""
    name = UUID(message_id)
    one = queries.outgoing(name)
    if one is None:
        return
    try:
        theirs = _post(one, name) if one.way in MESSAGING else _mail(one, name)
    except MailRefused as refusal:
        if answering.note_not_sent(
            message_id=name, reason=_code(refusal.reason), permanent=refusal.permanent, by=SYSTEM
        ):
            raise
    except NotPosted as refusal:
        if answering.note_not_sent(
            message_id=name, reason=refusal.reason, permanent=refusal.permanent, by=SYSTEM
        ):
            raise
    else:
        known_as = queries.known_as(one.way, one.source, theirs) if theirs else b""
        answering.note_sent(message_id=name, name=known_as, by=SYSTEM)


@job(outside=True, priority=50, lane=Lane.MAIL)
def acknowledge(thread_id: str) -> None:
    """Tell someone, once, that their message came; when it is read; whom to call before."""
    one = queries.to_acknowledge(UUID(thread_id))
    if one is None:
        return
    try:
        if one.way in MESSAGING:
            with translation.override(one.language):
                text = _received(one)
            post_text(one.way, one.source, name=f"received-{thread_id}", to=one.address, text=text)
        else:
            send(
                "helpline/received",
                to=one.address,
                language=one.language,
                context={"subject": one.subject} | _received_context(one),
                message_id=f"received-{thread_id}",
                reply=Reply(sender=settings.HELPLINE_SENDER, answers=one.answers),
            )
    except (MailRefused, NotPosted) as refusal:
        if not refusal.permanent:
            raise
    else:
        is_open = queries.reading_hours().is_open
        answering.note_acknowledged(thread_id=UUID(thread_id), is_open=is_open, by=SYSTEM)


def _mail(one: Outgoing, name: UUID) -> str:
    with translation.override(one.language):
        subject = f"Re: {one.subject}" if one.subject else _subject(one)
    send(
        "helpline/news" if one.is_discreet else "helpline/answer",
        to=one.address,
        language=one.language,
        context={} if one.is_discreet else {"subject": subject, "text": one.text},
        message_id=message_name(name),
        reply=Reply(
            sender=settings.HELPLINE_SENDER,
            answers=() if one.is_discreet else one.answers,
            by_hand=True,
        ),
    )
    return ""


def _post(one: Outgoing, name: UUID) -> str:
    return post_text(one.way, one.source, name=message_name(name), to=one.address, text=one.text)


def _subject(one: Outgoing) -> str:
    if one.way == Way.FORM and one.audience == Audience.YOUNG:
        return translation.pgettext("youth", "An answer to your message")
    return _("An answer to your message")


def _received(one: Acknowledgement) -> str:
    return render_to_string(RECEIVED, _received_context(one)).strip()


def _received_context(one: Acknowledgement) -> dict[str, object]:
    return {
        "centre": settings.CENTRE,
        "hours": queries.reading_hours(),
        "attachments": one.attachments,
        "comes_first": one.comes_first,
        "chat": f"{settings.PUBLIC_ADDRESS}/{one.language[:2]}/talk/",
    }


def _code(reason: str) -> str:
    """Return a mail server's reason as a code: its own words may name someone."""
    return "-".join("".join(c if c.isalnum() or c == "." else " " for c in reason).split())[:60]
