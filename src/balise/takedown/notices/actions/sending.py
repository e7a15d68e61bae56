"""Decide that a notice leaves: with others to the same recipient, at once, or by hand."""

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, zone
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.refusals import Refused
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.law.rules import Offence
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.events import (
    CustomsSet,
    HostIntroduced,
    NoticeQueued,
    NoticeSent,
    NoticeSentAgain,
)
from balise.takedown.notices.models import Introduction, Mailing, Notice, OwnCustoms
from balise.takedown.notices.rules.clocks import Stop, starts_at
from balise.takedown.notices.rules.customs import MOST_ITEMS, Customs
from balise.takedown.notices.rules.ladder import Rung, Step
from balise.takedown.notices.rules.letters import check_complete
from balise.takedown.notices.rules.states import NoticeState, check_step

# What a notice that was sent changes of its row.
SENT_FIELDS = (
    *("state", "sent_at", "basis", "failure", "counts_from", "round_from"),
    *("goal", "due_at", "leave_at", "reminder_count"),
)


class HeldBack(Refused, code="held-back"):
    """The police, or someone of the centre, asked that nothing leaves about this content yet."""


def send(*, notice_id: UUID, at_once: bool = False, by: Actor) -> None:
    """Put a complete notice on its way; it leaves with others to the same recipient.

    `at_once` waits neither for others nor for the day. A notice that is held leaves when the hold
    ends. Refuses what lacks one of the law's four elements (NoticeIncomplete), a contact that is no
    longer approved, and a contact that takes no mail (`note_sent_by_hand`).
    """
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("send", notice.stands)
        if not notice.contact.is_open or notice.contact.contact_kind.by_hand:
            raise NobodyToTell(
                _("This contact point does not receive e-mail, or is no longer approved.")
            )
        check_complete(queries.score_of(notice, queries.letter_of(notice)).elements)
        at = now()
        leaving = queries.customs_for(notice.contact_id).leaving(notice.how_urgent)
        first = queries.first_to_leave_with(notice, after=at)
        notice.state, notice.failure, notice.mailing = NoticeState.QUEUED.value, "", None
        notice.leave_at = at if at_once else leaving.at(at, zone=zone(), others=first)
        notice.queued_by, notice.queued_at = by.key, at
        # What came back was sent once: its moment is in the journal.
        notice.sent_at = None
        notice.save(
            update_fields=(
                *("state", "failure", "mailing", "leave_at"),
                *("queued_by", "queued_at", "sent_at"),
            )
        )
        queued = NoticeQueued(**notice.facts, urgency=notice.how_urgent, at_once=at_once)
        record(queued, by=by)


def note_sent_by_hand(*, notice_id: UUID, by: Actor) -> None:
    """Take note that someone put the notice into the host's form, word for word."""
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("send-by-hand", notice.stands)
        if not notice.contact.is_open or not notice.contact.contact_kind.by_hand:
            raise NobodyToTell(_("This contact point receives e-mail, or is no longer approved."))
        if queries.hold_of(notice, at=now()) is not None:
            raise HeldBack(_("Nothing is sent about this content for now: it is on hold."))
        check_complete(queries.score_of(notice, queries.letter_of(notice)).elements)
        notice.queued_by, notice.queued_at = by.key, now()
        notice.save(update_fields=("queued_by", "queued_at"))
        note_sent(notices=[notice], by_hand=True, by=by)


def note_sent_by_api(*, notice_id: UUID, by: Actor) -> None:
    """Take note that the host's own API took the notice; whoever called it has sent all of it."""
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("send-by-hand", notice.stands)
        if notice.contact.contact_kind is not ContactKind.API:
            raise NobodyToTell(_("This contact point has no API."))
        notice.queued_by, notice.queued_at = by.key, now()
        notice.save(update_fields=("queued_by", "queued_at"))
        note_sent(notices=[notice], by=by)


def note_sent(
    *, notices: Iterable[Notice], mailing: Mailing | None = None, by_hand: bool = False, by: Actor
) -> None:
    """Start the clocks of notices to one contact that reached it just now.

    A recipient that was never addressed is introduced by that, and its clock starts later.
    """
    reached = list(notices)
    if not reached:
        return
    at = now()
    contact = reached[0].contact
    customs = queries.customs_for(contact.id)
    introduction, is_new = Introduction.objects.get_or_create(
        organisation_id=contact.organisation_id,
        defaults={"informed_at": at, "mailing": mailing},
    )
    begins = starts_at(at, informed_at=introduction.informed_at, ahead=customs.ahead)
    facts: list[Event] = []
    if is_new:
        introduced = HostIntroduced(subject=contact.organisation_id, for_line=Code(reached[0].line))
        facts.append(introduced)
    for notice in reached:
        was_sent_before = notice.counts_from is not None
        notice.state, notice.sent_at, notice.failure = NoticeState.SENT.value, at, ""
        notice.basis = contact.basis
        notice.counts_from = notice.round_from = begins
        notice.leave_at, notice.reminder_count = None, 0
        _owe(notice, customs, ())  # what stopped an earlier clock stops no new one
        facts.append(
            NoticeSentAgain(**notice.facts)
            if was_sent_before
            else sent_fact(
                notice=notice, offence=queries.offence_of(notice), by_hand=by_hand, by=by
            )
        )
    Notice.objects.bulk_update(reached, SENT_FIELDS, batch_size=100)
    record_many(facts, by=by)


def set_due(*, notice: Notice, customs: Customs, by: Actor) -> None:  # noqa: ARG001 - an action names its actor
    """Set, unsaved, what a recipient owes next and until when (`goal`, `due_at`)."""
    _owe(notice, customs, queries.stops_of(notice.id))


def set_proposed(*, notice: Notice, by: Actor) -> Step | None:  # noqa: ARG001 - an action names its actor
    """Set, unsaved, that its time is up and whom to tell next (`ran_out_at`, `proposed`, `due_at`).

    Returns the step; None at the top of the ladder.
    """
    step = queries.proposed_step(notice)
    notice.ran_out_at, notice.due_at = now(), None
    notice.proposed = step.rung.value if step is not None else ""
    return step


def _owe(notice: Notice, customs: Customs, stops: tuple[Stop, ...]) -> None:
    owed = queries.expected(notice, queries.targets_of(notice, customs), stops)
    notice.goal = owed.goal.value if owed is not None else ""
    notice.due_at = owed.due_at if owed is not None else None


def sent_fact(
    *,
    notice: Notice,
    offence: Offence,
    by_hand: bool,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> NoticeSent:
    """Return the fact that a notice has reached its host; `offence` is `offence_of` it."""
    return NoticeSent(
        **notice.facts,
        country=Code(notice.country),
        dsa_category=Code(offence.dsa_category),
        dsa_keyword=Code(offence.dsa_keyword),
        urgency=notice.how_urgent,
        rung=notice.on_rung,
        basis=Code(notice.basis),
        by_hand=by_hand,
    )


# Give one contact customs of its own: how its notices are grouped, when they leave, who climbs.


class CustomsFaulty(Refused, code="customs-faulty"):
    """A number is out of bounds, or a quiet has no end."""


def set_customs(  # noqa: PLR0913 - all that a contact may have of its own
    *,
    contact_id: UUID,
    group_minutes: int | None = None,
    most_items: int | None = None,
    most_reminders: int | None = None,
    quiet_begins: time | None = None,
    quiet_ends: time | None = None,
    always_open: bool = False,
    climbs_alone: Iterable[Rung] = (),
    by: Actor,
) -> None:
    """Set what one contact has of its own; what is None is the country's again."""
    access.require_ability(by, access.SET_CUSTOMS)
    if most_items is not None and not 1 <= most_items <= MOST_ITEMS:
        raise CustomsFaulty(
            _("An e-mail contains from 1 to %(most)d notices.") % {"most": MOST_ITEMS}
        )
    if (quiet_begins is None) != (quiet_ends is None):
        raise CustomsFaulty(_("Enter the start and the end of the quiet hours."))
    with transaction.atomic():
        OwnCustoms.objects.update_or_create(
            contact_id=contact_id,
            defaults={
                "group_minutes": group_minutes,
                "most_items": most_items,
                "most_reminders": most_reminders,
                "quiet_begins": quiet_begins,
                "quiet_ends": quiet_ends,
                "always_open": always_open,
                "climbs_alone": sorted(rung.value for rung in climbs_alone),
                "set_by": by.key,
                "set_at": now(),
            },
        )
        record(CustomsSet(subject=contact_id), by=by)
