"""Save a verdict as it is typed, for the next analyst who takes its content."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.hotline.reports import access
from balise.hotline.reports.actions.claiming import check_turn
from balise.hotline.reports.events import VerdictBegun
from balise.hotline.reports.models import DRAFTED, LINE, Content, VerdictDraft
from balise.hotline.reports.rules.drafting import drafted


def keep_draft(*, content_id: UUID, fields: Mapping[str, str], by: Actor) -> None:
    """Seal a verdict's fields as they are typed, by name; fields that say nothing are no draft.

    That it began, or that a colleague goes on with it, is written down; not each key. Refuses who
    may not save a verdict now (`claiming.check_turn`), and more than one holds (DraftTooLong).
    """
    access.require(by, access.ASSESS)
    kept = drafted(fields)
    with transaction.atomic():
        content = Content.locked(content_id)
        check_turn(content=content, at=now(), by=by)
        if kept:
            _seal(content, kept, by)
        else:
            forget_drafts(content_ids=[content.id], by=by)


def forget_drafts(*, content_ids: Sequence[UUID], by: Actor) -> None:  # noqa: ARG001 - the caller wrote it down
    """Destroy what was typed about contents and not saved, with its keys; the caller says why."""
    found = VerdictDraft.objects.filter(content__in=content_ids)
    if keys := list(found.values_list("id", flat=True)):
        forget(keys)
        found.delete()


def _seal(content: Content, kept: Mapping[str, str], by: Actor) -> None:
    one = VerdictDraft.objects.filter(content=content).first()
    if one is None:
        key = new_key(LINE, uuid4())
        keep(key)
        one = VerdictDraft(id=key.record, content=content)
    else:
        key = key_of_line(LINE, one.id)
    if one.author != by.key:
        record(VerdictBegun(subject=content.id), by=by)
    one.author, one.at = by.key, now()
    one.sealed = key.seal(dict(kept), where=DRAFTED, row=one.id)
    one.save()
