"""Hold notices back until a moment, or until someone lifts it: the police may need to act first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.sending import set_due
from balise.takedown.notices.events import NoticesHeld, NoticesReleased
from balise.takedown.notices.models import Hold, Notice
from balise.takedown.notices.rules.holds import LONGEST_HOLD, HoldReason


class HoldTooLong(Refused, code="hold-too-long"):
    """A hold ends within a month: a victim waits for the removal."""


def hold(
    *,
    line: str,
    subject: UUID,
    until: datetime,
    reason: HoldReason = HoldReason.POLICE,
    notice_id: UUID | None = None,
    by: Actor,
) -> UUID:
    """Let nothing leave about a content, or of one notice of it, until a moment; return the hold.

    A second hold of the same moves its end, and clocks that slept until the old one run as they
    did. Refuses an end that is past, and one that is more than 31 days away unless an authority's
    dossier asks for it.
    """
    access.require(by, access.SEND, line=line)
    at = now()
    is_too_long = by.kind is ActorKind.STAFF and until > at + LONGEST_HOLD
    if until <= at or is_too_long:
        raise HoldTooLong(_("A hold ends in the future, within 31 days."))
    with transaction.atomic():
        notices = _locked(line, subject, notice_id)
        if notice_id is not None and not notices:
            raise Notice.DoesNotExist  # a notice of another content or line
        known = _lasting(line, subject, notice_id).first()
        if known is not None:
            _wake(notices, by)
            known.until, known.reason = until, reason.value
            known.asked_by, known.asked_at = by.key, at
            known.save(update_fields=("until", "reason", "asked_by", "asked_at"))
        else:
            known = Hold.objects.create(
                id=uuid4(),
                line=line,
                subject=subject,
                notice_id=notice_id,
                reason=reason.value,
                asked_by=by.key,
                asked_at=at,
                until=until,
            )
        held = NoticesHeld(
            subject=known.id,
            content=subject,
            for_line=Code(line),
            notice=notice_id,
            reason=Code(reason.value),
            until=until,
        )
        record(held, by=by)
    return known.id


def lift(*, line: str, subject: UUID, notice_id: UUID | None = None, by: Actor) -> int:
    """End the hold of a content or of one notice; return how many there were.

    Clocks that slept because of it are due again when they would have been.
    """
    access.require(by, access.SEND, line=line)
    with transaction.atomic():
        notices = _locked(line, subject, notice_id)
        lifted = _end(list(_lasting(line, subject, notice_id)), by_itself=False, by=by)
        if lifted:
            _wake(notices, by)
    return lifted


def release_expired(*, by: Actor) -> int:
    """End the holds whose moment has come; return how many there were."""
    with transaction.atomic():
        over = Hold.objects.select_for_update(skip_locked=True).filter(
            ended_at__isnull=True, until__lte=now()
        )
        return _end(list(over[:500]), by_itself=True, by=by)


def _locked(line: str, subject: UUID, notice_id: UUID | None) -> list[Notice]:
    """Return the notices that a hold is about, locked before it is."""
    found = Notice.objects.select_for_update(of=("self",)).filter(line=line, subject=subject)
    if notice_id is not None:
        found = found.filter(id=notice_id)
    return list(found.select_related("contact__organisation").order_by("drafted_at", "id"))


def _wake(notices: Sequence[Notice], by: Actor) -> None:
    """Give back their moment to clocks that a hold put to sleep until its end.

    One without a moment has a reminder on the way, or has run out: it is left alone. What another
    hold keeps asleep is put off again when it is looked at.
    """
    asleep = [one for one in notices if one.due_at is not None and one.ran_out_at is None]
    for notice in asleep:
        set_due(notice=notice, customs=queries.customs_for(notice.contact_id), by=by)
    Notice.objects.bulk_update(asleep, ("goal", "due_at"), batch_size=100)


def _lasting(line: str, subject: UUID, notice_id: UUID | None) -> QuerySet[Hold]:
    found = Hold.objects.select_for_update().filter(
        line=line, subject=subject, ended_at__isnull=True
    )
    if notice_id is None:
        return found.filter(notice__isnull=True)
    return found.filter(notice_id=notice_id)


def _end(holds: list[Hold], *, by_itself: bool, by: Actor) -> int:
    for one in holds:
        one.ended_at = min(now(), one.until)
        one.save(update_fields=("ended_at",))
        released = NoticesReleased(
            subject=one.id,
            content=one.subject,
            for_line=Code(one.line),
            notice=one.notice_id,
            by_itself=by_itself,
        )
        record(released, by=by)
    return len(holds)
