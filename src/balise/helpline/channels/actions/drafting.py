"""Save an answer as it is typed, for the next person who has the thread."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.helpline.channels import access
from balise.helpline.channels.events import AnswerBegun
from balise.helpline.channels.models import DRAFTED, LINE, Draft, Message, Thread
from balise.helpline.channels.rules import LONGEST_DRAFT, CorrespondenceState, TooLong
from balise.helpline.queue.queries import check_holds


def keep_draft(*, thread_id: UUID, text: str, message_id: UUID, by: Actor) -> None:
    """Seal an answer as it is typed, as the listener who has the thread; no text is no draft.

    That it began is written down, not each key. `message_id` is the answer's: once it is sent, the
    draft is deleted. Refuses (TooLong) over 100,000 characters.
    """
    access.require(by, access.WORK)
    words = text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()
    if len(words) > LONGEST_DRAFT:
        raise TooLong(_("8,000 characters at most. Send the rest in a second message."))
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        check_holds(thread.id, by=by)
        if (
            thread.state == CorrespondenceState.ERASED
            or Message.objects.filter(id=message_id).exists()
        ):
            return
        if not words.strip():
            forget_drafts(thread_ids=[thread.id], by=by)
            return
        _seal(thread, words, by)


def forget_drafts(*, thread_ids: Sequence[UUID], by: Actor) -> None:  # noqa: ARG001 - the caller wrote it down
    """Destroy what was typed in some threads and not sent, with its keys; the caller says why."""
    found = Draft.objects.filter(thread__in=thread_ids)
    forget(found.values_list("id", flat=True))
    found.delete()


def _seal(thread: Thread, words: str, by: Actor) -> None:
    one = Draft.objects.filter(thread=thread).first()
    if one is None:
        key = new_key(LINE, uuid4())
        keep(key)
        one = Draft(id=key.record, thread=thread)
    else:
        key = key_of_line(LINE, one.id)
    if one.author != by.key:
        record(AnswerBegun(subject=thread.id), by=by)
    one.author, one.at = by.key, now()
    one.sealed = key.seal({"text": words}, where=DRAFTED, row=one.id)
    one.save()
