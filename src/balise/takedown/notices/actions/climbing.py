"""Climb the ladder: tell whoever stands above a recipient that did not act."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.foundation.journal.book import record
from balise.takedown.directory import queries as directory
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import drafting, sending
from balise.takedown.notices.actions.drafting import AlreadyNotified, NobodyToTell
from balise.takedown.notices.actions.mailing import write
from balise.takedown.notices.actions.sending import set_due, set_proposed
from balise.takedown.notices.events import ClockRanOut, RungClimbed, RungDeclined, RungKnown
from balise.takedown.notices.models import KnownRung, Mailing, Notice, Told
from balise.takedown.notices.rules.clocks import Goal
from balise.takedown.notices.rules.customs import Customs, mails, next_open
from balise.takedown.notices.rules.ladder import NotARung, Rung, Step, Way, check_above
from balise.takedown.notices.rules.letters import NoticeIncomplete
from balise.takedown.notices.rules.mails import MailingKind, MailingState
from balise.takedown.notices.rules.states import check_step

_CLIMBED = ("ran_out_at", "proposed", "goal", "due_at", "round_from")


def climb(*, notice_id: UUID, rung: Rung, contact_id: UUID | None = None, by: Actor) -> UUID | None:
    """Tell a rung above: draft its own notice and return its id, or note that it is told by hand.

    A rung that takes notices needs a contact: the one that is known there, unless given. Nothing is
    sent: whoever climbs reads the draft first. Refuses (NotARung) a rung that is not above or was
    told already.
    """
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("climb", notice.stands)
        step = _step(notice, rung)
        if step.way is Way.HAND:
            _tell_by_hand(notice, rung, by)
            following = None
        else:
            known = contact_id or queries.known_rungs(notice).get(rung)
            if known is None:
                raise NobodyToTell(_("Choose a contact point that two people have approved."))
            following = drafting.draft_after(notice=notice, rung=rung, contact_id=known, by=by)
        _settle(notice)
        record(RungClimbed(**notice.facts, rung=rung, notice=following), by=by)
    return following


def stay(*, notice_id: UUID, by: Actor) -> None:
    """Decide to wait rather than to climb: the recipient's clock starts once more.

    Refuses a recipient of which nothing is expected any more (`leave_at_that`).
    """
    with transaction.atomic():
        notice = _declined(notice_id, "wait", by)
        notice.round_from = now()
        set_due(notice=notice, customs=queries.customs_for(notice.contact_id), by=by)
        notice.save(update_fields=_CLIMBED)


def leave_at_that(*, notice_id: UUID, by: Actor) -> None:
    """Decide that nobody else is told for now about what a recipient refused or left unanswered.

    The next rung can still be told. Refuses a recipient whose clock runs (`stay`).
    """
    with transaction.atomic():
        _declined(notice_id, "leave-at-that", by)


def know_rung(*, notice_id: UUID, rung: Rung, contact_id: UUID, by: Actor) -> None:
    """Write down which contact of the directory stands on a rung above a notice.

    Refuses (NotARung) a rung that is not above, was told already or is told by hand, and
    (NobodyToTell, AlreadyNotified) a contact that is not approved or is told by this notice.
    """
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        if _step(notice, rung).way is Way.HAND:
            raise NotARung(_("This step is done by hand: it needs no contact point."))
        contact = directory.contact(contact_id)
        if contact is None or not contact.is_open:
            raise NobodyToTell(_("Choose a contact point that two people have approved."))
        if contact.id == notice.contact_id:
            raise AlreadyNotified(_("This notice is already for this contact point."))
        KnownRung.objects.update_or_create(
            notice=notice, rung=rung.value, defaults={"contact": contact}
        )
        record(RungKnown(**notice.facts, rung=rung), by=by)


def note_retraction_told(*, told_id: UUID, by: Actor) -> None:
    """Take note that whoever was told by hand knows that the notice was taken back."""
    with transaction.atomic():
        access.require_ability(by, access.SEND)
        told = Told.locked(told_id)
        access.require(by, access.SEND, line=told.notice.line)
        if told.retraction_due_at is not None and told.retracted_at is None:
            told.retracted_at = now()
            told.save(update_fields=("retracted_at",))


def climb_alone(*, notice: Notice, step: Step, contact_id: UUID, by: Actor) -> None:
    """Climb because a policy says so, in the open transaction: draft and send.

    What cannot be sent stays a proposal for a person.
    """
    try:
        with transaction.atomic():
            following = drafting.draft_after(
                notice=notice, rung=step.rung, contact_id=contact_id, by=by
            )
            sending.send(notice_id=following, by=by)
    except (NobodyToTell, AlreadyNotified, NoticeIncomplete):
        return
    _settle(notice)
    record(RungClimbed(**notice.facts, rung=step.rung, notice=following), by=by)


def _declined(notice_id: UUID, step: str, by: Actor) -> Notice:
    """Return a locked notice without its proposal, in the open transaction."""
    notice = access.locked(Notice, notice_id, access.SEND, by=by)
    rung = notice.proposed_rung
    if rung is None:
        raise NotARung(_("No step is proposed for this notice."))
    check_step(step, notice.stands)
    _settle(notice)
    record(RungDeclined(**notice.facts, rung=rung), by=by)
    return notice


def _step(notice: Notice, rung: Rung) -> Step:
    ladder = queries.customs_for(notice.contact_id).ladder
    told = queries.told_rungs(notice)
    return check_above(ladder, rung=rung, above_rung=notice.on_rung, told=told)


def _tell_by_hand(notice: Notice, rung: Rung, by: Actor) -> None:
    try:
        with transaction.atomic():
            Told.objects.create(notice=notice, rung=rung.value, told_by=by.key, told_at=now())
    except IntegrityError:
        raise NotARung(
            _("This step was done already, or does not come after the last one.")
        ) from None


def _settle(notice: Notice) -> None:
    """Take a proposal from the desk; the recipient below may still act."""
    notice.ran_out_at, notice.proposed = None, ""
    notice.save(update_fields=_CLIMBED)


# What happens when a clock has run out: a reminder, once a day and merged; then the next rung.


def look_at_due(*, contact_id: UUID, by: Actor) -> list[UUID]:
    """Deal with a recipient's clocks that have run out; return the mails that remind it.

    One mail a day for all that may still be reminded, in no night and on no holiday but of what is
    urgent. What was reminded often enough, and what cannot be reminded by mail, gets its next rung
    proposed; where a policy says so and a contact is known, that rung is climbed at once.
    """
    with transaction.atomic():
        at = now()
        due = list(
            Notice.objects.select_for_update(of=("self",))
            .filter(contact_id=contact_id, due_at__lte=at)
            .select_related("contact__organisation")
            .order_by("due_at", "id")
        )
        if not due:
            return []
        held = queries.holds_of_each(due, at=at)
        for one in due:
            if one.id in held:
                _put_off(one, held[one.id].until)
        due = [one for one in due if one.id not in held]
        customs = queries.customs_for(contact_id)
        remindable = [one for one in due if _may_be_reminded(one, customs)]
        for one in due:
            if one not in remindable:
                _run_out(one, by)
        return _remind(remindable, customs, by)


def _may_be_reminded(notice: Notice, customs: Customs) -> bool:
    contact = notice.contact
    return (
        notice.reminder_count < customs.most_reminders
        and contact.is_open
        and not contact.contact_kind.by_hand
    )


def _remind(notices: Sequence[Notice], customs: Customs, by: Actor) -> list[UUID]:
    if not notices:
        return []
    may_go_at = _may_go_at(notices, customs)
    if may_go_at > now():
        for one in notices:
            _put_off(one, may_go_at)
        return []
    # One line's notices only: a mail belongs to one line. The other line's turn comes tomorrow.
    line = notices[0].line
    ours = [one for one in notices if one.line == line]
    tomorrow = _opens_tomorrow(ours, customs)
    for one in notices:
        if one.line != line:
            _put_off(one, tomorrow)
    first, *rest = mails(ours, most=customs.most_items)
    for group in rest:
        for one in group:
            _put_off(one, tomorrow)
    Notice.objects.filter(id__in=[one.id for one in first]).update(due_at=None)
    kind, contact_id = MailingKind.REMINDER, notices[0].contact_id
    return [write(line=line, contact_id=contact_id, kind=kind, notices=first, by=by).id]


def _may_go_at(notices: Sequence[Notice], customs: Customs) -> datetime:
    """Return when a recipient may be reminded: not twice on a day of the centre's zone."""
    at = now()
    reminders = Mailing.objects.filter(
        contact=notices[0].contact_id, kind=MailingKind.REMINDER
    ).exclude(state=MailingState.FAILED)
    if reminders.filter(created_at__gte=_morning(0)).exists():
        return _opens_tomorrow(notices, customs)
    is_urgent = any(one.how_urgent in customs.lets_through for one in notices)
    return at if is_urgent else next_open(at, customs.quiet, zone())


def _opens_tomorrow(notices: Sequence[Notice], customs: Customs) -> datetime:
    is_urgent = any(one.how_urgent in customs.lets_through for one in notices)
    morning = _morning(1)
    return morning if is_urgent else next_open(morning, customs.quiet, zone())


def _morning(days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=days), time.min, tzinfo=zone())


def _put_off(notice: Notice, until: datetime) -> None:
    notice.due_at = until
    notice.save(update_fields=("due_at",))


def _run_out(notice: Notice, by: Actor) -> None:
    step = set_proposed(notice=notice, by=by)
    notice.save(update_fields=("ran_out_at", "due_at", "proposed"))
    ran_out = ClockRanOut(
        **notice.facts,
        goal=notice.expects or Goal.GONE,
        proposed=step.rung if step is not None else None,
    )
    record(ran_out, by=by)
    known = queries.known_rungs(notice)
    if step is not None and step.automatic and step.way is Way.NOTICE and step.rung in known:
        climb_alone(notice=notice, step=step, contact_id=known[step.rung], by=by)
