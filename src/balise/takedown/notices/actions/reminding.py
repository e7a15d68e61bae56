"""What happens when a clock has run out: a reminder, once a day and merged; then the next rung."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.foundation.journal.book import record
from balise.takedown.notices import queries
from balise.takedown.notices.actions.climbing import climb_alone
from balise.takedown.notices.actions.mailing import write
from balise.takedown.notices.actions.sending import set_proposed
from balise.takedown.notices.events import ClockRanOut
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.rules.customs import Customs
from balise.takedown.notices.rules.grouping import mails
from balise.takedown.notices.rules.ladder import Way
from balise.takedown.notices.rules.mails import MailingKind, MailingState
from balise.takedown.notices.rules.quiet import next_open
from balise.takedown.notices.rules.urgency import Goal


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
