"""Let notices leave in mails, each mail once, whatever stops in between.

A mail cannot be taken back, so nothing is ever sent on a guess. `handed_at` is committed before the
server is spoken to and emptied when it is known what became of the mail. A worker that finds it set
sends nothing: the mail is in doubt, and a person looks.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.envelope import JSON
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.sending import note_sent, set_due, set_proposed
from balise.takedown.notices.events import (
    HostIntroduced,
    MailFailed,
    MailTriedAgain,
    NoticeFailed,
    NoticeReminded,
)
from balise.takedown.notices.models import Introduction, Mailing, MailingItem, Notice
from balise.takedown.notices.queries import Composed
from balise.takedown.notices.rules.customs import Customs, mails
from balise.takedown.notices.rules.mails import (
    ABOUT_NOTICES,
    TOKEN_LENGTH,
    TOKEN_LETTERS,
    MailingKind,
    MailingState,
)
from balise.takedown.notices.rules.states import STOPPED, WAITING, Failure, NoticeState

# Longer than any server takes to answer; after it a mail that was handed over is in doubt.
HANDED_FOR_AT_MOST = timedelta(minutes=10)
MAX_ATTEMPTS = 8


class BeingSent(RuntimeError):
    """Another worker handed it to a server, or died doing so: look again later."""


def gather(*, contact_id: UUID, line: str, by: Actor) -> list[UUID]:
    """Put the notices that wait for one recipient into mails, and return the mails' ids.

    None before the first of them may leave; then all go that nothing holds back. Where the
    recipient was never addressed and some notices must wait for that, it is informed first.
    """
    with transaction.atomic():
        waiting = list(
            Notice.objects.select_for_update(of=("self",))
            .filter(
                contact_id=contact_id, line=line, state=NoticeState.QUEUED, mailing__isnull=True
            )
            .select_related("contact__organisation")
            .order_by("leave_at", "id")
        )
        at = now()
        held = queries.holds_of_each(waiting, at=at)
        free = [one for one in waiting if one.id not in held]
        if not any(one.leave_at is not None and one.leave_at <= at for one in free):
            return []
        customs = queries.customs_for(contact_id)
        host = free[0].contact.organisation
        made, free = _after_introduction(free, customs, by)
        is_introduced = Introduction.objects.filter(organisation=host).exists()
        most = min(customs.most_items, host.max_locations or customs.most_items)
        for group in mails(free, most=most):
            mailing = write(
                line=line,
                contact_id=contact_id,
                kind=MailingKind.NOTICES,
                notices=group,
                introduces=not is_introduced,
                by=by,
            )
            Notice.objects.filter(id__in=[one.id for one in group]).update(mailing=mailing)
            is_introduced = True
            made.append(mailing.id)
    return made


def write(
    *,
    line: str,
    contact_id: UUID | None,
    kind: MailingKind,
    notices: Iterable[Notice],
    introduces: bool = False,
    words: dict[str, JSON] | None = None,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Mailing:
    """Write a mail about notices in the open transaction; `words` is what a person wrote for it."""
    mailing = Mailing(
        id=uuid4(),
        line=line,
        contact_id=contact_id,
        kind=kind.value,
        introduces=introduces,
        token="".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH)),
        created_at=now(),
    )
    if words:
        key = new_key(line, mailing.id)
        mailing.sealed = key.seal(words, where=queries.MAILING_SEALED, row=mailing.id)
        keep(key)
    mailing.save(force_insert=True)
    MailingItem.objects.bulk_create(MailingItem(mailing=mailing, notice=one) for one in notices)
    return mailing


def hand_over(*, mailing_id: UUID, by: Actor) -> Composed | None:
    """Claim a mail for one attempt to send it, and return it with its words; None: do not send.

    None where it is not waiting to be sent, and where it is in doubt or can no longer be sent (this
    is written down). Raises BeingSent while another worker may be at it. The caller then speaks to
    the server and calls `note_taken` or `note_not_taken`.
    """
    with transaction.atomic():
        mailing = Mailing.locked(mailing_id)
        if mailing.stands is not MailingState.WAITING:
            return None
        if mailing.handed_at is not None:
            if now() - mailing.handed_at <= HANDED_FOR_AT_MOST:
                raise BeingSent
            _fail(mailing, Failure.IN_DOUBT, by)
            return None
        notices = _still_to_go(mailing, by)
        if mailing.mailing_kind in ABOUT_NOTICES and not notices:
            mailing.delete()
            return None
        if mailing.contact is not None and not mailing.contact.is_open:
            _fail(mailing, Failure.CONTACT_CLOSED, by)
            return None
        composed = queries.compose(mailing, notices)
        if composed is None:
            _fail(mailing, Failure.FORGOTTEN, by)
            return None
        mailing.handed_at, mailing.attempts = now(), mailing.attempts + 1
        mailing.save(update_fields=("handed_at", "attempts"))
    return composed


def note_taken(*, mailing_id: UUID, by: Actor) -> None:
    """Take note that the mail server of the recipient accepted what was handed over."""
    with transaction.atomic():
        mailing = Mailing.locked(mailing_id)
        if mailing.handed_at is None:
            return
        mailing.state, mailing.sent_at = MailingState.SENT.value, now()
        mailing.handed_at, mailing.failure = None, ""
        mailing.save(update_fields=("state", "sent_at", "handed_at", "failure"))
        match mailing.mailing_kind:
            case MailingKind.NOTICES:
                note_sent(notices=_locked(mailing, NoticeState.QUEUED), mailing=mailing, by=by)
            case MailingKind.REMINDER:
                _note_reminded(mailing, by)
            case MailingKind.INTRODUCTION:
                _note_introduced(mailing, by)
            case _:
                pass  # the notices changed when it was written


def note_not_taken(*, mailing_id: UUID, why: Failure, by: Actor) -> bool:
    """Take note that nothing was sent, or that nobody knows; return whether to try again.

    Only a server that could not be reached is tried again. One that refused this mail would refuse
    it again, and one that fell silent on the way may have taken it.
    """
    with transaction.atomic():
        mailing = Mailing.locked(mailing_id)
        if mailing.handed_at is None:
            return False
        mailing.handed_at = None
        if why is Failure.UNREACHABLE and mailing.attempts < MAX_ATTEMPTS:
            mailing.save(update_fields=("handed_at",))
            return True
        _fail(mailing, why, by)
    return False


def lock(*, notices: QuerySet[Notice], by: Actor) -> tuple[list[Notice], set[UUID]]:  # noqa: ARG001 - an action names its actor
    """Lock notices to be taken back, in the open transaction, after the mails that they are in.

    Returns them, and which are at a mail server this moment, or were put into a mail meanwhile:
    those cannot be taken back now. Whoever sends locks the mail first as well.
    """
    inside = notices.filter(mailing__isnull=False).values("mailing_id")
    mails_locked = set(
        Mailing.objects.select_for_update()
        .filter(id__in=inside)
        .order_by("id")
        .values_list("id", flat=True)
    )
    locked = list(
        notices.select_for_update(of=("self",))
        .select_related("contact__organisation", "mailing")
        .order_by("drafted_at", "id")
    )
    leaving = {
        one.id
        for one in locked
        if one.is_at_a_server or (one.mailing_id is not None and one.mailing_id not in mails_locked)
    }
    return locked, leaving


def try_again(*, mailing_id: UUID, by: Actor) -> None:
    """Have a mail sent that did not leave: a reply, a retraction, a ruling, a first contact.

    Notices are sent again each for itself. One that left meanwhile changes nothing.
    """
    with transaction.atomic():
        mailing = access.locked(Mailing, mailing_id, access.SEND, by=by)
        if mailing.stands is MailingState.FAILED and mailing.mailing_kind not in ABOUT_NOTICES:
            mailing.state, mailing.failure = MailingState.WAITING.value, ""
            mailing.attempts, mailing.handed_at = 0, None
            mailing.save(update_fields=("state", "failure", "attempts", "handed_at"))
            record(MailTriedAgain(subject=mailing.id, for_line=Code(mailing.line)), by=by)


def _after_introduction(
    free: list[Notice], customs: Customs, by: Actor
) -> tuple[list[UUID], list[Notice]]:
    """Inform a recipient first where that is asked; return its mail, and who need not wait."""
    waits = [one for one in free if one.how_urgent in customs.waits_first]
    if not waits:
        return [], free
    others = [one for one in free if one.how_urgent not in customs.waits_first]
    line, contact = free[0].line, free[0].contact
    known = Introduction.objects.filter(organisation=contact.organisation).first()
    if known is not None:
        opens_at = known.informed_at + customs.ahead
        if opens_at <= now():
            return [], free
        Notice.objects.filter(id__in=[one.id for one in waits]).update(leave_at=opens_at)
        return [], others
    # One that failed is a person's to send again, not ours to write once more each minute.
    pending = Mailing.objects.filter(
        contact__organisation=contact.organisation, kind=MailingKind.INTRODUCTION
    )
    if pending.exclude(state=MailingState.SENT).exists():
        return [], others
    kind = MailingKind.INTRODUCTION
    return [write(line=line, contact_id=contact.id, kind=kind, notices=(), by=by).id], others


def _still_to_go(mailing: Mailing, by: Actor) -> list[Notice]:
    """Return the notices that a mail still speaks of; take out those that stay or are erased."""
    notices = queries.notices_in(mailing)
    if mailing.mailing_kind not in ABOUT_NOTICES:
        return notices
    held = queries.holds_of_each(notices, at=now())
    is_reminder = mailing.mailing_kind is MailingKind.REMINDER
    wanted = WAITING - STOPPED if is_reminder else frozenset({NoticeState.QUEUED})
    stay = [one for one in notices if one.stands not in wanted or one.id in held]
    erased = [one for one in notices if one not in stay and one.is_forgotten]
    taken_out = {one.id for one in (*stay, *erased)}
    if taken_out:
        mailing.items.filter(notice_id__in=taken_out).delete()
        if is_reminder:  # its clock was stopped to be reminded: once the hold ends, it is due again
            for one in stay:
                if one.id in held and one.stands in wanted:
                    Notice.objects.filter(id=one.id).update(due_at=held[one.id].until)
        else:
            Notice.objects.filter(id__in=taken_out).update(mailing=None)
            _fail_notices(erased, Failure.FORGOTTEN, by)
    return [one for one in notices if one.id not in taken_out]


def _locked(mailing: Mailing, *states: NoticeState) -> list[Notice]:
    found = Notice.objects.select_for_update(of=("self",)).filter(
        mentions__mailing=mailing, state__in=states
    )
    return list(found.select_related("contact__organisation").order_by("drafted_at", "id"))


def _note_reminded(mailing: Mailing, by: Actor) -> None:
    at = now()
    reminded = _locked(mailing, *(WAITING - STOPPED))
    for notice in reminded:
        if notice.stands is NoticeState.SENT:
            notice.state = NoticeState.REMINDED.value
        notice.reminder_count += 1
        notice.reminded_at = notice.round_from = at
        set_due(notice=notice, customs=queries.customs_for(notice.contact_id), by=by)
    fields = ("state", "reminder_count", "reminded_at", "round_from", "goal", "due_at")
    Notice.objects.bulk_update(reminded, fields, batch_size=100)
    record_many((NoticeReminded(**notice.facts) for notice in reminded), by=by)


def _note_introduced(mailing: Mailing, by: Actor) -> None:
    if mailing.contact is None:
        return
    organisation = mailing.contact.organisation
    known, is_new = Introduction.objects.get_or_create(
        organisation=organisation, defaults={"informed_at": now(), "mailing": mailing}
    )
    if is_new:
        record(HostIntroduced(subject=organisation.id, for_line=Code(mailing.line)), by=by)
    waiting = Notice.objects.filter(state=NoticeState.QUEUED, mailing__isnull=True)
    to_it = waiting.filter(contact__organisation=organisation)
    for contact_id in list(to_it.values_list("contact_id", flat=True).distinct()):
        customs = queries.customs_for(contact_id)
        waiting.filter(
            contact=contact_id, urgency__in=[urgency.value for urgency in customs.waits_first]
        ).update(leave_at=known.informed_at + customs.ahead)


def _fail(mailing: Mailing, why: Failure, by: Actor) -> None:
    """Write a failure down: its notices wait for a person; those that were sent stay sent."""
    mailing.state, mailing.failure, mailing.handed_at = MailingState.FAILED.value, why.value, None
    mailing.save(update_fields=("state", "failure", "handed_at"))
    if mailing.mailing_kind is MailingKind.NOTICES:
        _fail_notices(_locked(mailing, NoticeState.QUEUED), why, by)
    elif mailing.mailing_kind is MailingKind.REMINDER:
        _fail_reminded(_locked(mailing, *(WAITING - STOPPED)), why, by)
    else:
        failed = MailFailed(subject=mailing.id, for_line=Code(mailing.line), failure=why)
        record(failed, by=by)


def _fail_reminded(notices: Sequence[Notice], why: Failure, by: Actor) -> None:
    """Propose whom to tell next about notices whose reminder did not arrive."""
    for notice in notices:
        notice.failure = why.value
        set_proposed(notice=notice, by=by)
    Notice.objects.bulk_update(
        notices, ("failure", "ran_out_at", "due_at", "proposed"), batch_size=100
    )
    record_many((NoticeFailed(**one.facts, failure=why) for one in notices), by=by)


def _fail_notices(notices: Sequence[Notice], why: Failure, by: Actor) -> None:
    Notice.objects.filter(id__in=[one.id for one in notices]).update(
        state=NoticeState.FAILED, failure=why.value, due_at=None, leave_at=None
    )
    record_many((NoticeFailed(**one.facts, failure=why) for one in notices), by=by)
