"""Bring in notices that a host was sent by hand and that have had their effect: many at once.

Each leaves the rows and facts of one that was drafted (`drafting.draft`), put into the host's form
(`sending.note_sent_by_hand`) and ended because the content was gone (`ending.note_removed`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, WrapRow, new_key
from balise.foundation.journal.book import Past
from balise.foundation.journal.events import Code
from balise.takedown.directory import queries as directory
from balise.takedown.law import actions as law
from balise.takedown.law.rules import Facts, Offence, check_citable, offence_on
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.actions.sending import sent_fact
from balise.takedown.notices.events import HostIntroduced, NoticeDrafted, OutcomeRecorded
from balise.takedown.notices.models import Introduction, Notice
from balise.takedown.notices.queries import SEALED
from balise.takedown.notices.rules.clocks import Urgency, starts_at
from balise.takedown.notices.rules.letters import Letter, check_complete, read_locations, score
from balise.takedown.notices.rules.states import Account, Impediment, NoticeState, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A notice of the past about one content: what it said, to whom, and its three moments."""

    subject: UUID
    offence: str
    facts: Facts
    about_minor: bool
    contact: UUID
    letter: Letter
    urgency: Urgency
    drafted_at: datetime
    sent_at: datetime
    gone_at: datetime


def bring_in(
    *,
    line: str,
    notices: Sequence[tuple[Brought, Actor]],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> tuple[list[UUID], list[Past]]:
    """Write notices, each with who wrote, sent and ended it, in the open transaction.

    Return them in order, and the facts, which the caller writes down with its own (`record_past`).
    Refuses an offence without a text on the day of the facts, a contact that is not approved or
    that takes mail, and a letter that lacks one of the law's elements.
    """
    if not notices:
        return [], []
    for who in {who for _one, who in notices}:
        access.require(who, access.SEND, line=line)
        access.require(who, access.RECORD, line=line)
    made = _Making(line, notices[0])
    for one, who in sorted(notices, key=lambda each: each[0].sent_at):
        made.introduce(one, who)
    written = [made.notice(one, who) for one, who in notices]
    rows.insert_objects(written)
    rows.insert(KeyWrap, WRAP_COLUMNS, [made.sealer.own_columns(), *made.wraps])
    return [one.id for one in written], made.told


class _Making:
    """What the notices of one batch share: the law as it is frozen, contacts, who was told."""

    def __init__(self, line: str, first: tuple[Brought, Actor]) -> None:
        one, by = first
        self.line, self.sealer = line, BatchSealer(line)
        self.wraps: list[WrapRow] = []
        self.told: list[Past] = []
        with clock.at(one.drafted_at):
            self._pack = law.freeze(country=settings.COUNTRY, by=by)
        self._contact = cache(_contact)
        self._customs = cache(queries.customs_for)
        self._offence = cache(_offence)
        self._informed = dict(Introduction.objects.values_list("organisation_id", "informed_at"))

    def introduce(self, one: Brought, by: Actor) -> None:
        """Note that a recipient was never addressed before."""
        host = self._contact(one.contact).organisation_id
        if host not in self._informed:
            self._informed[host] = one.sent_at
            Introduction.objects.create(organisation_id=host, informed_at=one.sent_at)
            introduced = HostIntroduced(subject=host, for_line=Code(self.line))
            self.told.append((introduced, by, one.sent_at))

    def notice(self, one: Brought, by: Actor) -> Notice:
        """Return a notice that has ended, unsaved, and keep its facts."""
        contact = self._contact(one.contact)
        offence = self._offence(one.offence, one.facts.last)
        begins = starts_at(
            one.sent_at,
            informed_at=self._informed[contact.organisation_id],
            ahead=self._customs(contact.id).ahead,
        )
        decided_at = max(one.gone_at, one.sent_at)
        notice = Notice(
            id=uuid4(),
            line=self.line,
            subject=one.subject,
            contact=contact,
            offence=one.offence,
            facts_on=one.facts.last,
            facts_from=one.facts.first,
            facts_certainty=one.facts.certainty,
            law_text=offence.version,
            law_pack=self._pack,
            about_minor=one.about_minor,
            country=contact.organisation.country,
            urgency=one.urgency.value,
            state=NoticeState.REMOVED.value,
            drafted_by=by.key,
            drafted_at=one.drafted_at,
            queued_by=by.key,
            queued_at=one.sent_at,
            sent_at=one.sent_at,
            basis=contact.basis,
            counts_from=begins,
            round_from=begins,
            acknowledged_at=decided_at,
            decided_at=decided_at,
            outcome=Outcome.REMOVED.value,
            closed_at=one.gone_at,
            closed_by=by.key,
        )
        self._seal(notice, one.letter, offence)
        self._tell(notice, one, offence, by)
        return notice

    def _seal(self, notice: Notice, letter: Letter, offence: Offence) -> None:
        letter = replace(letter, locations=read_locations(letter.locations))
        named = offence.about_minor() if notice.about_minor else offence
        centre = settings.CENTRE
        found = score(
            letter,
            offence=named,
            notifier=centre.organisation,
            notifier_email=centre.notice_email,
        )
        check_complete(found.elements)
        key = new_key(self.line, notice.id)
        notice.sealed = key.seal(letter.to_payload(), where=SEALED, row=notice.id)
        self.wraps.append(self.sealer.columns(key))

    def _tell(self, notice: Notice, one: Brought, offence: Offence, by: Actor) -> None:
        named = offence.about_minor() if notice.about_minor else offence
        seconds = max(0, int((one.gone_at - one.sent_at).total_seconds()))
        ended = OutcomeRecorded(
            **notice.facts,
            outcome=Outcome.REMOVED,
            account=Account.UNTOUCHED,
            impediment=Impediment.NONE,
            dsa_category=Code(named.dsa_category),
            urgency=one.urgency,
            rung=notice.on_rung,
            seconds=seconds,
            running_seconds=seconds,
        )
        self.told += (
            (NoticeDrafted(**notice.facts), by, one.drafted_at),
            (sent_fact(notice=notice, offence=named, by_hand=True, by=by), by, one.sent_at),
            (ended, by, one.gone_at),
        )


def _contact(contact_id: UUID) -> Any:
    found = directory.contact(contact_id)
    if found is None or not found.is_open or not found.contact_kind.by_hand:
        raise NobodyToTell(_("Choose a contact point that two people have approved."))
    return found


def _offence(code: str, on: date) -> Offence:
    found = offence_on(code, on=on, country=settings.COUNTRY)
    check_citable(found)
    return found
