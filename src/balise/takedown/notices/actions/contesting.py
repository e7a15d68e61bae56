"""Someone objects to a notice; a second person decides; if it was wrong, everyone is told."""

from collections.abc import Collection
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, keep, key_of_line, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.clocking import end_pauses
from balise.takedown.notices.actions.mailing import lock, write
from balise.takedown.notices.events import (
    ContestRead,
    ContestRuled,
    NoticeContested,
    NoticeRetracted,
    NoticeWithdrawn,
)
from balise.takedown.notices.models import Contest, Notice, Told
from balise.takedown.notices.queries import CONTEST_REASONS, CONTEST_SEALED, Grounds
from balise.takedown.notices.rules.customs import mails
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.redress import (
    AlreadyContested,
    AlreadyRuled,
    Contester,
    Ruling,
    check_other_eyes,
    read_grounds,
)
from balise.takedown.notices.rules.states import (
    OPEN,
    NoticeState,
    check_contestable,
    check_not_being_sent,
)

# Whatever strangers may object to one notice; more is a flood.
MOST_CONTESTS = 50
_CLOSED = (
    "state",
    "closed_at",
    "closed_by",
    "goal",
    "due_at",
    "ran_out_at",
    "proposed",
    "leave_at",
)


class NoAddress(Refused, code="no-address"):
    """What was given to answer to is no mail address."""


def contest(
    *,
    notice_id: UUID,
    contester: Contester,
    grounds: str,
    via: Via,
    language: str = "fr",
    answer_to: str = "",
    by: Actor,
) -> UUID:
    """Keep an objection to a notice that a host has, or may have, and return its id.

    Anyone may object by the link of the notice (`Via.PAGE`); staff note what came by mail or by
    hand. `answer_to` is where the reasons go; a host without one is told at its contact. Refuses
    grounds that say nothing, and a second objection of the host or the author while one waits.
    """
    words = read_grounds(grounds)
    address = answer_to.strip()
    _check_address(address)
    if by.kind is not ActorKind.PUBLIC:
        access.require_ability(by, access.RECORD)
    notice = find(Notice.objects.select_related("contact__organisation"), id=notice_id)
    if by.kind is not ActorKind.PUBLIC:
        access.require(by, access.RECORD, line=notice.line)
    check_contestable(notice.stands, has_arrived=notice.id in queries.arrived([notice]))
    if notice.contests.count() >= MOST_CONTESTS:
        raise AlreadyContested(_("This notice has been contested very often. Please write to us."))
    objection = Contest(
        id=uuid4(),
        line=notice.line,
        notice=notice,
        contester=contester.value,
        via=via.value,
        language=language,
        received_at=now(),
        noted_by=by.key,
    )
    key = new_key(notice.line, objection.id)
    payload = {"grounds": words, "answer_to": address}
    objection.sealed = key.seal(payload, where=CONTEST_SEALED, row=objection.id)
    try:
        with transaction.atomic():
            objection.save(force_insert=True)
            keep(key)
            contested = NoticeContested(
                **notice.facts, contest=objection.id, contester=contester, via=via
            )
            record(contested, by=by)
    except IntegrityError:
        raise AlreadyContested(
            _("We already have your objection to this notice: someone is reviewing it.")
        ) from None
    return objection.id


def read_contest(*, contest_id: UUID, by: Actor) -> Grounds | None:
    """Open what an objection says, and write down who read it; None where it has been erased."""
    with transaction.atomic():
        objection = access.found(Contest, contest_id, access.READ, by=by)
        try:
            grounds = queries.grounds_of(objection)
        except KeyForgotten:
            return None
        record(ContestRead(**objection.notice.facts, contest=objection.id), by=by)
    return grounds


def rule(*, contest_id: UUID, ruling: Ruling, reasons: str, by: Actor) -> None:
    """Decide an objection, as someone who had no hand in the notice; tell whoever must know.

    Upheld: every notice about the same content is taken back, whoever got one is told, and whoever
    objected. Rejected: the reasons go to whoever objected. Refuses (SameEyes) who wrote, sent,
    climbed or closed a notice about the content, or noted the objection themselves.
    """
    words = read_grounds(reasons)
    with transaction.atomic():
        objection = access.locked(Contest, contest_id, access.JUDGE, by=by)
        if objection.came_of_it is not None:
            raise AlreadyRuled(_("Already decided."))
        notice = objection.notice
        about = Notice.objects.filter(line=notice.line, subject=notice.subject)
        ladder, leaving = lock(notices=about, by=by)
        check_other_eyes(judge=by.key, first=queries.hands_in(objection))
        key = key_of_line(objection.line, objection.id)
        sealed = key.seal({"reasons": words}, where=CONTEST_REASONS, row=objection.id)
        objection.ruling, objection.reasons = ruling.value, sealed
        objection.ruled_by, objection.ruled_at = by.key, now()
        objection.save(update_fields=("ruling", "reasons", "ruled_by", "ruled_at"))
        if ruling is Ruling.UPHELD:
            _take_back(ladder, leaving, by)
        _tell_contester(objection, words, by)
        waited = objection.ruled_at - objection.received_at
        ruled = ContestRuled(
            **notice.facts,
            contest=objection.id,
            contester=objection.contested_by,
            ruling=ruling,
            seconds=max(0, int(waited.total_seconds())),
        )
        record(ruled, by=by)


def take_back_about(*, line: str, subject: UUID, by: Actor) -> None:
    """Take back every notice about a content whose verdict its line found wrong itself.

    Their clocks stop; whoever got one is told in a text of its own. Refuses while one is at a mail
    server. It is for a line's own action, which asks two people.
    """
    access.require(by, access.RECORD, line=line)
    with transaction.atomic():
        about = Notice.objects.filter(line=line, subject=subject)
        ladder, leaving = lock(notices=about, by=by)
        _take_back(ladder, leaving, by, kind=MailingKind.CORRECTION)


def _take_back(
    ladder: list[Notice],
    leaving: Collection[UUID],
    by: Actor,
    *,
    kind: MailingKind = MailingKind.RETRACTION,
) -> None:
    """Take back every notice about a content, and tell each contact that got one, in one mail.

    One that was withdrawn after it was sent, and one of which nobody knows whether it left, may be
    with a host all the same.
    """
    at = now()
    arrived = queries.arrived(ladder)
    to_tell: dict[UUID, list[Notice]] = {}
    for notice in ladder:
        reached = notice.id in arrived
        if notice.stands is NoticeState.RETRACTED or (not reached and notice.stands not in OPEN):
            continue
        check_not_being_sent(is_handed_over=notice.id in leaving)
        end_pauses(notice=notice, at=at, by=by)
        notice.state = (NoticeState.RETRACTED if reached else NoticeState.WITHDRAWN).value
        notice.closed_at, notice.closed_by = notice.closed_at or at, notice.closed_by or by.key
        notice.goal, notice.due_at, notice.leave_at = "", None, None
        notice.ran_out_at, notice.proposed = None, ""
        notice.save(update_fields=_CLOSED)
        if reached:
            to_tell.setdefault(notice.contact_id, []).append(notice)
            record(NoticeRetracted(**notice.facts, rung=notice.on_rung), by=by)
        else:
            record(NoticeWithdrawn(**notice.facts), by=by)
    for contact_id, notices in to_tell.items():
        if notices[0].contact.contact_kind.by_hand:
            _owe_by_hand(notices, by)
            continue
        for group in mails(notices, most=len(notices)):
            write(line=group[0].line, contact_id=contact_id, kind=kind, notices=group, by=by)
    Told.objects.filter(notice__in=ladder, retraction_due_at__isnull=True).update(
        retraction_due_at=at
    )


def _owe_by_hand(notices: list[Notice], by: Actor) -> None:
    """Let a person tell the host of a form that a notice was taken back."""
    for notice in notices:
        Told.objects.get_or_create(
            notice=notice,
            rung=notice.rung,
            defaults={"told_by": by.key, "told_at": notice.sent_at or now()},
        )


def _tell_contester(objection: Contest, reasons: str, by: Actor) -> None:
    notice = objection.notice
    grounds = queries.grounds_of(objection)
    contact = notice.contact
    to = grounds.answer_to
    if not to and objection.contested_by is Contester.HOST and not contact.contact_kind.by_hand:
        to = contact.address
    if not to:
        return  # nobody left an address
    write(
        line=objection.line,
        contact_id=None,
        kind=MailingKind.RULING,
        notices=[notice],
        words={
            "to": to,
            "language": objection.language,
            "text": reasons,
            "ruling": objection.ruling,
        },
        by=by,
    )


def _check_address(address: str) -> None:
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        raise NoAddress(_("This is not an e-mail address.")) from None
