"""What recipients say: kept sealed, shown to a person, who decides what it means.

A mail proposes and never acts, but for two things that decide nothing: what came back reached
nobody, and a number that a desk gives says that it has the notice. On the answer page a recipient
speaks for itself: what it asks or pleads stops its clock at once, and an outcome still waits for a
person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, blind, keep, key_of_line, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import clocking, contesting, ending
from balise.takedown.notices.events import AnswerRead, AnswerSettled, HostAnswered
from balise.takedown.notices.models import Answer, Mailing, Notice
from balise.takedown.notices.queries import ANSWER_SEALED
from balise.takedown.notices.rules.inbound import Inbound, MailKind, Message, Said, Via, proposal
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.redress import Contester, read_grounds
from balise.takedown.notices.rules.states import (
    ANSWERABLE,
    WAITING,
    Account,
    Impediment,
    NoticeState,
    Outcome,
    WrongState,
)

MESSAGE = "notices.message"
# Whatever a stranger may write to one mail's page; more is a flood, not an answer.
MOST_ANSWERS = 200


class AlreadySettled(Refused, code="already-settled"):
    """Someone decided already what this answer means."""


class NotOfThisMail(Refused, code="not-of-this-mail"):
    """The answer speaks of a notice that the mail did not hold, or that nothing is expected of."""


class AnsweredTooOften(Refused, code="answered-too-often"):
    """The page has been answered very often: the rest must come by mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person takes an answer to mean for one notice; empty: nothing changes."""

    acknowledges: bool = False
    asks_information: bool = False
    pleads: Impediment = Impediment.NONE
    objects: bool = False
    outcome: Outcome | None = None
    account: Account = Account.UNTOUCHED


def receive_mail(*, inbound: Inbound, by: Actor) -> UUID | None:
    """Keep a mail that came in, and return the answer's id; None for one that is kept already.

    What came back fails its notices; what is automatic waits for nobody.
    """
    mailing, notice = queries.recognise(inbound)
    line = mailing.line if mailing else notice.line if notice else settings.NOTICES_INBOX_LINE
    said = proposal(inbound.text) if inbound.kind is MailKind.ANSWER else None
    message = Message(
        text=inbound.text,
        sender=inbound.sender,
        subject=inbound.subject,
        attachment_count=inbound.attachment_count,
    )
    answer = Answer(
        id=uuid4(),
        line=line,
        mailing=mailing,
        notice=notice,
        via=Via.MAIL.value,
        kind=inbound.kind.value,
        said=said.value if said else "",
        received_at=now(),
        message_key=blind("takedown", MESSAGE, inbound.key) if inbound.key else None,
    )
    if not inbound.kind.waits_for_a_person:
        answer.settled_at = answer.received_at
    try:
        with transaction.atomic():
            _keep(answer, message, by)
            if mailing is not None and inbound.kind is MailKind.BOUNCE:
                ending.note_bounced(mailing_id=mailing.id, by=by)
            elif mailing is not None and _is_a_hosts_ticket(mailing, inbound):
                for one in queries.notices_in(mailing):
                    if one.stands in WAITING:
                        clocking.acknowledge(notice_id=one.id, by=by)
    except IntegrityError:
        return None
    return answer.id


def answer_on_page(
    *, mailing_id: UUID, notice_ids: Sequence[UUID], said: Said, text: str, by: Actor
) -> list[UUID]:
    """Keep what a recipient says about notices of one mail; return the answers' ids.

    Nothing changes here: whoever hears of the answers stops a clock or shows them to a person.
    Refuses words that are missing where they are needed, and notices of another mail.
    """
    words = read_grounds(text) if said.needs_words else text.strip()
    mailing = find(Mailing, id=mailing_id)
    answerable = {one.id: one for one in queries.notices_in(mailing) if one.stands in ANSWERABLE}
    chosen = list(dict.fromkeys(notice_ids))
    if not chosen or any(notice_id not in answerable for notice_id in chosen):
        raise NotOfThisMail(_("Choose among the notices you can still answer."))
    if Answer.objects.filter(mailing=mailing).count() + len(chosen) > MOST_ANSWERS:
        raise AnsweredTooOften(_("This page has been answered very often. Please write to us."))
    kept: list[UUID] = []
    with transaction.atomic():
        for notice_id in chosen:
            answer = Answer(
                id=uuid4(),
                line=mailing.line,
                mailing=mailing,
                notice=answerable[notice_id],
                via=Via.PAGE.value,
                said=said.value,
                received_at=now(),
            )
            _keep(answer, Message(text=words), by)
            kept.append(answer.id)
    return kept


def hear(*, answer_id: UUID, by: Actor) -> None:
    """Do at once what an answer of the page asks by right: it has the notice, its clock stops.

    An outcome waits for a person. What no longer fits the notice changes nothing.
    """
    with transaction.atomic():
        answer = Answer.locked(answer_id)
        said = answer.says
        if answer.came_via is not Via.PAGE or answer.notice_id is None or said is None:
            return
        decision = Decision(
            acknowledges=True,
            asks_information=said is Said.NEEDS_INFORMATION,
            pleads=said.impediment,
        )
        try:
            with transaction.atomic():
                _apply(answer.notice_id, decision, by)
        except WrongState:
            return
        if said is Said.RECEIVED and answer.settled_at is None:
            answer.settled_at = now()
            answer.save(update_fields=("settled_at",))


def read_answer(*, answer_id: UUID, by: Actor) -> Message | None:
    """Open what an answer says, and write down who read it; None where it has been erased."""
    with transaction.atomic():
        answer = access.found(Answer, answer_id, access.READ, by=by)
        try:
            key = key_of_line(answer.line, answer.id)
        except KeyForgotten:
            return None
        payload = key.open(answer.sealed, where=ANSWER_SEALED, row=answer.id)
        record(AnswerRead(subject=answer.id, for_line=Code(answer.line)), by=by)
    return Message(**payload)


def settle(*, answer_id: UUID, decisions: Mapping[UUID, Decision], by: Actor) -> None:
    """Decide what an answer means for its notices; with no decision it is set aside.

    An answer that objects becomes an objection in its own words, for a second person. Refuses an
    answer that was settled, and a notice of another line.
    """
    with transaction.atomic():
        answer = access.locked(Answer, answer_id, access.RECORD, by=by)
        if answer.settled_at is not None:
            raise AlreadySettled(_("This answer has already been classified."))
        for notice_id, decision in decisions.items():
            if not Notice.objects.filter(id=notice_id, line=answer.line).exists():
                raise NotOfThisMail(_("This notice cannot be answered here."))
            _apply(notice_id, decision, by)
            if decision.objects:
                _object(answer, notice_id, by)
        answer.settled_at, answer.settled_by = now(), by.key
        answer.save(update_fields=("settled_at", "settled_by"))
        settled = AnswerSettled(
            subject=answer.id, for_line=Code(answer.line), notices=len(decisions)
        )
        record(settled, by=by)


def attach(*, answer_id: UUID, number: str, by: Actor) -> None:
    """Say which notice of the line an answer is about, by its number; refuse an unknown one."""
    with transaction.atomic():
        answer = access.locked(Answer, answer_id, access.RECORD, by=by)
        if answer.settled_at is not None:
            raise AlreadySettled(_("This answer has already been classified."))
        notice = queries.by_number(number, line=answer.line)
        if notice is None:
            raise NotOfThisMail(_("No notice has this number."))
        answer.notice = notice
        answer.save(update_fields=("notice",))


def _is_a_hosts_ticket(mailing: Mailing, inbound: Inbound) -> bool:
    """Whether a desk's number says that a host has notices; a ruling goes to whoever objected."""
    return inbound.kind is MailKind.TICKET and mailing.mailing_kind is not MailingKind.RULING


def _object(answer: Answer, notice_id: UUID, by: Actor) -> None:
    """Make an objection of an answer: what it says, and to whom the reasons go."""
    key = key_of_line(answer.line, answer.id)
    message = Message(**key.open(answer.sealed, where=ANSWER_SEALED, row=answer.id))
    notice = find(Notice.objects.select_related("contact__organisation"), id=notice_id)
    contesting.contest(
        notice_id=notice_id,
        contester=Contester.HOST,
        grounds=message.text,
        via=answer.came_via,
        language=notice.contact.organisation.language,
        answer_to=message.sender,
        by=by,
    )


def _apply(notice_id: UUID, decision: Decision, by: Actor) -> None:
    """Change a notice as decided, in the open transaction."""
    if decision.outcome is not None:
        ending.record_outcome(
            notice_id=notice_id,
            outcome=decision.outcome,
            account=decision.account,
            impediment=decision.pleads,
            by=by,
        )
        return
    stands = Notice.objects.get(id=notice_id).stands
    if decision.pleads:
        if stands is not NoticeState.HINDERED:
            clocking.plead(notice_id=notice_id, impediment=decision.pleads, by=by)
    elif decision.asks_information:
        if stands is not NoticeState.INFO_ASKED:
            clocking.ask_information(notice_id=notice_id, by=by)
    elif decision.acknowledges:
        clocking.acknowledge(notice_id=notice_id, by=by)


def _keep(answer: Answer, message: Message, by: Actor) -> None:
    key = new_key(answer.line, answer.id)
    answer.sealed = key.seal(message.to_payload(), where=ANSWER_SEALED, row=answer.id)
    answer.save(force_insert=True)
    keep(key)
    answered = HostAnswered(
        subject=answer.id,
        for_line=Code(answer.line),
        via=answer.came_via,
        kind=answer.mail_kind,
        said=answer.says,
        notice=answer.notice_id,
        mailing=answer.mailing_id,
    )
    record(answered, by=by)
