"""Tell someone else what is chosen, on consent or a ground of the law; follow the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import (
    RecordKey,
    forget_receipts,
    keep,
    key_of_line,
    new_key,
    receipt_index,
    renew_receipt,
)
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access, ports
from balise.helpline.cases.actions import handshakes
from balise.helpline.cases.events import (
    LinkEnded,
    LinkMade,
    ReceiverNoted,
    ReferralSent,
    SentExpired,
    SentRead,
    SentReminded,
    SentWithdrawn,
)
from balise.helpline.cases.models import (
    AGREED,
    LINE,
    TOLD,
    Case,
    Entry,
    ReceiverContact,
    SentReferral,
)
from balise.helpline.cases.queries import files, opened, sent
from balise.helpline.cases.queries.sent import OpenedSent
from balise.helpline.cases.rules.files import check_may_write
from balise.helpline.cases.rules.receivers import ReceiverUnknown, Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import (
    LINK_LASTS,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_REMINDERS,
    NothingTold,
    SentState,
    check_consent,
    check_sent_step,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is to be told, to whom, which way and on what; codes are those of the pack.

    `entries` are chosen one by one; `addresses` are for the hotline's queue alone. `key` makes it
    one referral, however often it is sent.
    """

    key: UUID = field(default_factory=uuid4)
    receiver: str
    territory: str = ""
    way: Way
    ground: str
    consent_of: str = ""
    consent_how: str = ""
    consent_on: date | None = None
    agreed: str = ""
    to: str = ""
    entries: Sequence[UUID] = ()
    words: str = ""
    addresses: Sequence[str] = ()
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The referral, and the secret of its link, shown this once (None where there is no link).

    Sent a second time, it is not new, and its link is not shown again.
    """

    id: UUID
    token: Receipt | None
    is_new: bool = True


def send(*, case_id: UUID, telling: Telling, by: Actor) -> Sent:
    """Tell a receiver what was chosen of a file. Refuses without consent where the ground asks it.

    By link, the bearer of its secret reads it, a few times and for some days. To our own hotline
    only the addresses and the words go, and its queue has taken it on at once. Sent again with the
    same key, nobody is told a second time.
    """
    access.require(by, access.WORK)
    to = sent.receiver(telling.receiver)
    to.territory(telling.territory)
    ground = to.ground(telling.ground)
    if telling.way not in to.ways:
        raise ReceiverUnknown(_("This receiver cannot be told through this channel."))
    check_consent(
        ground,
        consent_of=telling.consent_of,
        how=telling.consent_how,
        on=telling.consent_on,
        today=today(),
    )
    moment = now()
    token = new_receipt() if telling.way is Way.LINK else None
    with transaction.atomic():
        case = Case.locked(case_id)
        files.require_on(case.id, who=by)
        if SentReferral.objects.filter(id=telling.key, case=case).exists():
            return Sent(telling.key, None, is_new=False)
        check_may_write(case.state)
        key = new_key(LINE, telling.key)
        one = SentReferral(
            id=key.record,
            case=case,
            receiver=to.code,
            territory=telling.territory,
            way=telling.way,
            ground=ground.code,
            sealed=key.seal(_told(case, telling), where=TOLD, row=key.record),
            sent_by=by.key,
            sent_at=moment,
            remind_at=moment + timedelta(hours=to.remind_after_hours),
        )
        if ground.needs_consent:
            one.consent_of, one.consent_how = telling.consent_of, telling.consent_how
            one.consent_on = telling.consent_on
            one.sealed_consent = _agreed(key, telling)
        if token is not None:
            one.token_key, one.link_ends_at = receipt_index(token), moment + LINK_LASTS
        one.save(force_insert=True)
        keep(key, receipt=token)
        event = ReferralSent(**one.about, ground=Code(ground.code), way=telling.way)
        record(event, by=by)
        if telling.way is Way.HOTLINE:
            ports.report_content.ask(
                origin=one.id,
                addresses=telling.addresses,
                words=telling.words,
                danger=telling.danger,
                by=by,
            )
            handshakes.note_answer(referral_id=one.id, to=SentState.ACCEPTED, by=by)
        case.changed_at = moment
        case.save(update_fields=("changed_at",))
    return Sent(one.id, token)


def read_sent(*, referral_id: UUID, by: Actor) -> OpenedSent:
    """Return what was told and answered, to a member of the case; logged first."""
    access.require(by, access.READ)
    one = find(SentReferral, id=referral_id)
    with transaction.atomic():
        files.require_on(one.case_id, who=by)
        record(SentRead(**one.about), by=by)
    return sent.opened(one, key_of_line(LINE, one.id))


def renew_link(*, referral_id: UUID, by: Actor) -> Receipt:
    """Return a new secret for a referral by link; the one before opens nothing any more."""
    access.require(by, access.WORK)
    token, moment = new_receipt(), now()
    with transaction.atomic():
        one = _own(referral_id, by)
        if one.state == SentState.EXPIRED:
            check_sent_step(one.state, SentState.SENT)
            one.state = SentState.SENT
        elif one.state not in {SentState.SENT, SentState.ACCEPTED} or one.way != Way.LINK:
            raise ReceiverUnknown(_("This referral has no link."))
        one.token_key, one.link_ends_at = receipt_index(token), moment + LINK_LASTS
        one.opened_count, one.reminded_count = 0, 0
        one.remind_at = moment + timedelta(hours=sent.receiver(one.receiver).remind_after_hours)
        one.save(
            update_fields=(
                "state",
                "token_key",
                "link_ends_at",
                "opened_count",
                "reminded_count",
                "remind_at",
            )
        )
        renew_receipt(key_of_line(LINE, one.id), token)
        record(LinkMade(**one.about), by=by)
    return token


def withdraw(*, referral_id: UUID, by: Actor) -> None:
    """Cancel a referral: its link opens nothing any more; what was read was read."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = _own(referral_id, by)
        check_sent_step(one.state, SentState.WITHDRAWN)
        one.state, one.ended_at, one.remind_at = SentState.WITHDRAWN, now(), None
        one.token_key = b""
        one.save(update_fields=("state", "ended_at", "remind_at", "token_key"))
        forget_receipts((one.id,))
        record(SentWithdrawn(**one.about), by=by)


def remind(*, referral_id: UUID, by: Actor) -> None:
    """Note that nobody has answered yet, and when to note it next; three times at most."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = SentReferral.locked(referral_id)
        if one.state != SentState.SENT or one.remind_at is None or one.remind_at > now():
            return
        one.reminded_count += 1
        hours = sent.receiver(one.receiver).remind_after_hours
        is_last = one.reminded_count >= MOST_REMINDERS
        one.remind_at = None if is_last else now() + timedelta(hours=hours)
        one.save(update_fields=("reminded_count", "remind_at"))
        record(SentReminded(**one.about, reminder=one.reminded_count), by=by)


def end_link(*, referral_id: UUID, by: Actor) -> None:
    """Destroy what a link opens once it is over or refused; record that nobody answered."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = SentReferral.locked(referral_id)
        if not one.token_key or one.link_ends_at is None:
            return
        if one.link_ends_at > now() and one.state != SentState.REFUSED:
            return
        one.token_key = b""
        if one.state == SentState.SENT:
            one.state, one.remind_at = SentState.EXPIRED, None
            record(SentExpired(**one.about), by=by)
        one.save(update_fields=("token_key", "state", "remind_at"))
        forget_receipts((one.id,))
        record(LinkEnded(**one.about), by=by)


def note_receiver(
    *, receiver: str, territory: str, who: str, email: str, phone: str, by: Actor
) -> None:
    """Save the contact at a receiver, as checked today."""
    access.require(by, access.SUPERVISE)
    sent.receiver(receiver).territory(territory)
    with transaction.atomic():
        one, _is_new = ReceiverContact.objects.update_or_create(
            receiver=receiver,
            territory=territory,
            defaults={
                "who": who[:LONGEST_NAME],
                "email": email,
                "phone": phone,
                "checked_on": today(),
                "checked_by": by.key,
            },
        )
        event = ReceiverNoted(subject=one.id, receiver=Code(receiver), territory=Code(territory))
        record(event, by=by)


def _own(referral_id: UUID, by: Actor) -> SentReferral:
    one = SentReferral.locked(referral_id)
    files.require_on(one.case_id, who=by)
    return one


def _told(case: Case, telling: Telling) -> dict[str, Any]:
    """Return what is sent, in the language of the centre; refuse to send nothing."""
    if telling.way is Way.HOTLINE:
        items: list[dict[str, Any]] = []
        if not telling.addresses:
            raise NothingTold(_("Give at least one address."))
    else:
        items = _items(case, telling.entries, takes_files=telling.way is Way.LINK)
        if not items and not telling.words.strip():
            raise NothingTold(_("Choose the information to share, or write it."))
    return {
        "to": telling.to[:LONGEST_NAME],
        "items": items,
        "words": telling.words[:LONGEST_WORDS],
    }


def _items(case: Case, entry_ids: Sequence[UUID], *, takes_files: bool) -> list[dict[str, Any]]:
    """Return the entries in words; by link a document goes along, its key sealed with them."""
    found = Entry.objects.filter(case=case, id__in=list(entry_ids), taken_out_at__isnull=True)
    chosen = list(found)
    kept = {one.id: one.file for one in chosen if one.file is not None}
    items = []
    with translation.override(settings.LANGUAGE_CODE):
        for one in opened.written_of(chosen, key_of_line(LINE, case.id)):
            rows = [[label, words] for label, words in one.said]
            if one.file:
                rows.append([_("File"), str(one.file.get("name", ""))])
                rows.append(["SHA-256", str(one.file.get("sha256", ""))])
            item: dict[str, Any] = {"title": str(Section(one.section).label), "rows": rows}
            if takes_files and one.id in kept:
                file = kept[one.id]
                item["document"] = {
                    "file": str(file),
                    "key": key_of_line(LINE, file).handed_on(),
                    "name": str(one.file.get("name", "")),
                }
            items.append(item)
    return items


def _agreed(key: RecordKey, telling: Telling) -> bytes:
    payload = {"text": telling.agreed[:LONGEST_WORDS]}
    return key.seal(payload, where=AGREED, row=key.record)
