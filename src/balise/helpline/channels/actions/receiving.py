"""Take in what someone writes, by whichever way, each message once."""

import hashlib
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import (
    RecordKey,
    keep,
    key_of_line,
    key_of_receipt,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.mail.parsing import Mail, Nature
from balise.foundation.mail.reading import unquoted
from balise.foundation.refusals import Refused
from balise.helpline.channels import access, queries
from balise.helpline.channels.actions.answering import Words, let_wait, note_bounced, write
from balise.helpline.channels.events import MessagePassedOver
from balise.helpline.channels.models import ADDRESSED, LINE, Message, Thread
from balise.helpline.channels.rules import (
    Audience,
    CorrespondenceState,
    Safety,
    Side,
    Way,
    cut_words,
    messages_named,
    read_subject,
    read_words,
)
from balise.helpline.channels.rules.messaging.neutral import LONGEST_NAME, Incoming, is_whole
from balise.helpline.queue.queries.rows import locked_before
from balise.helpline.queue.rules import WaitKind


class AddressWrong(Refused, code="address-wrong"):
    pass


def begin(
    *,
    token: Receipt,
    message_id: UUID,
    text: str,
    audience: Audience,
    email: str = "",
    safety: Safety = Safety.SHARED,
    language: str = "",
    by: Actor = ANYONE,
) -> None:
    """Keep what someone writes by the form, under a code that opens it. Anyone may.

    Sent again under the same code it is there once. With an address an answer also goes there; to
    a mailbox that others may read goes only that there is one.
    """
    words = Words(text=read_words(text))
    address = email.strip()
    if address:
        _check_address(address)
    key = new_key(LINE, uuid4())
    moment = now()
    try:
        with transaction.atomic():
            thread = Thread(
                id=key.record,
                way=Way.FORM,
                token_key=receipt_index(token),
                audience=audience,
                language=language,
                is_sent=bool(address),
                is_discreet=bool(address) and safety is not Safety.ALONE,
                begun_at=moment,
                last_at=moment,
            )
            if address:
                thread.correspondent = queries.correspondent_key(Way.FORM, "", address)
                _seal_address(thread, key, address=address)
            thread.save(force_insert=True)
            keep(key, receipt=token)
            _add(thread, message_id, words, key=key, first=True, by=by)
    except IntegrityError:  # the same page sent twice
        if not queries.is_known(token):
            raise


def write_again(*, token: Receipt, message_id: UUID, text: str, by: Actor = ANYONE) -> None:
    """Add to what one wrote, as the bearer of its code; the same `message_id` again is the same."""
    words = Words(text=read_words(text))
    thread_id = queries.by_token(token)
    key = key_of_receipt(thread_id, token)
    with transaction.atomic():
        thread = _locked(thread_id)
        if Message.objects.filter(id=message_id).exists():
            return
        _add(thread, message_id, words, key=key, first=False, by=by)


def take_mail(*, mail: Mail, octets: bytes, by: Actor = SYSTEM) -> None:
    """Take in one mail: a person's waits for a listener, a bounce fails its answer.

    What a robot wrote is passed over, so that two robots never write to each other. The same
    Message-ID again changes nothing.
    """
    if mail.nature is Nature.BOUNCE:
        for message_id in messages_named(mail.answers):
            note_bounced(message_id=message_id, by=by)
        return
    if mail.nature is not Nature.PERSON or not _is_person(mail.sender):
        nature = "no-address" if mail.nature is Nature.PERSON else mail.nature.value
        with transaction.atomic():
            record(MessagePassedOver(subject=uuid4(), nature=Code(nature)), by=by)
        return
    name = mail.key or hashlib.sha256(octets).hexdigest()
    own = unquoted(mail.text) if mail.answers else mail.text
    text, is_cut = cut_words(own)
    whole, _more = cut_words(mail.text)
    words = Words(
        text=text,
        subject=read_subject(mail.subject),
        quoted=whole if whole != text and not is_cut else "",
        name=mail.key,
        known_as=queries.known_as(Way.E_MAIL, "", name),
        attachments=mail.attachment_count,
        is_cut=is_cut,
    )
    someone = queries.correspondent_key(Way.E_MAIL, "", mail.sender)
    answered = Message.objects.filter(
        id__in=messages_named(mail.answers), thread__correspondent=someone
    ).exclude(thread__state=CorrespondenceState.ERASED)
    known = answered.values_list("thread", flat=True).first() or _latest(
        Way.E_MAIL, someone, state=CorrespondenceState.OPEN
    )
    _take(
        words,
        known,
        Thread(way=Way.E_MAIL, correspondent=someone, language=settings.LANGUAGE_CODE),
        {"address": mail.sender, "name": mail.sender_name[:LONGEST_NAME], "subject": words.subject},
        by,
    )


def take_message(*, given: Incoming, way: Way, source: str, by: Actor) -> bool:
    """Take in one message of a messaging provider; False for one that is known, or is none.

    Someone who writes again continues the same thread, as long as it is kept.
    """
    access.require(by, access.BRING)
    if not is_whole(given):
        return False
    text, is_cut = cut_words(given.text)
    words = Words(
        text=text,
        name=given.name,
        known_as=queries.known_as(way, source, given.name),
        attachments=given.attachments,
        is_cut=is_cut,
    )
    if not text and not given.attachments:
        return False
    someone = queries.correspondent_key(way, source, given.sender)
    language = given.language or settings.LANGUAGE_CODE
    return _take(
        words,
        _latest(way, someone),
        Thread(way=way, source=source, correspondent=someone, language=language[:10]),
        {"address": given.sender, "name": given.sender_name[:LONGEST_NAME]},
        by,
    )


def _take(
    words: Words, known: UUID | None, new: Thread, address: dict[str, str], by: Actor
) -> bool:
    """Add words to a known thread, or begin the new one with them; False for known words."""
    if Message.objects.filter(known_as=words.known_as).exists():
        return False
    try:
        with transaction.atomic():
            thread = _locked(known) if known else _begun(new, address)
            key = key_of_line(LINE, thread.id) if thread.way == Way.FORM else None
            _add(thread, uuid4(), words, key=key, first=known is None, by=by)
    except IntegrityError:  # brought twice at this very moment
        if not Message.objects.filter(known_as=words.known_as).exists():
            raise
        return False
    return True


def _locked(thread_id: UUID) -> Thread:
    """Return a thread, locked after its place in the queue, where it is about to wait."""
    return locked_before(WaitKind.MESSAGE, thread_id, Thread.locked)[0]


def _begun(thread: Thread, address: dict[str, str]) -> Thread:
    key, moment = new_key(LINE, uuid4()), now()
    thread.id, thread.is_sent = key.record, True
    thread.begun_at = thread.last_at = moment
    _seal_address(thread, key, **address)
    thread.save(force_insert=True)
    keep(key)
    return thread


def _add(
    thread: Thread,
    message_id: UUID,
    words: Words,
    *,
    key: RecordKey | None,
    first: bool,
    by: Actor,
) -> None:
    moment = write(
        thread=thread, message_id=message_id, side=Side.PERSON, words=words, key=key, by=by
    )
    let_wait(thread=thread, words=words, first=first, moment=moment, by=by)


def _latest(way: Way, someone: bytes, *, state: CorrespondenceState | None = None) -> UUID | None:
    found = Thread.objects.filter(way=way, correspondent=someone).exclude(
        state=CorrespondenceState.ERASED
    )
    if state is not None:
        found = found.filter(state=state)
    return found.order_by("-last_at").values_list("id", flat=True).first()


def _seal_address(thread: Thread, key: RecordKey, **address: str) -> None:
    thread.sealed = key.seal(
        {name: value for name, value in address.items() if value}, where=ADDRESSED, row=thread.id
    )


def _is_person(address: str) -> bool:
    """Return whether an address is one to answer to, and none of our own."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    ours = {settings.MAIL_SENDER.casefold(), settings.HELPLINE_SENDER.casefold()}
    return address.casefold() not in ours


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise AddressWrong(_("Write it like this: name@example.org")) from None
