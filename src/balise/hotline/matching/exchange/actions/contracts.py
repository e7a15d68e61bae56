"""What a partner may do: agree on it, cut one off, open again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.events import ContractAgreed, PartnerCutOff, PartnerReopened
from balise.hotline.matching.exchange.models import Contract
from balise.hotline.matching.exchange.rules.words import CutOff

MOST_A_DAY = 20_000
MOST_A_MINUTE = 6_000


class TooMuch(Refused, code="budget-too-large"):
    """More than a partner may ask."""

    field = "a_day"


@transaction.atomic
def agree(
    *,
    partner_id: UUID,
    holds: bool,
    banks: Sequence[str],
    a_day: int,
    a_minute: int,
    ends_on: date | None = None,
    by: Actor,
) -> None:
    """Write down what a partner may do; the same partner again changes it.

    Whether it `holds` a bank: then it pulls those named; else it asks about them, so many probes a
    day and hashes a minute. Refuses (TooMuch) what no partner may.
    """
    access.require(by, access.MANAGE)
    if a_day > MOST_A_DAY or a_minute > MOST_A_MINUTE:
        raise TooMuch(_("No partner may ask that much."))
    found = Contract.objects.select_for_update().filter(id=partner_id).first()
    one = found or Contract(id=partner_id, agreed_at=now())
    if found and (found.holds, sorted(found.banks)) != (holds, sorted(banks)):
        # What it may know of has changed: it is told all of it once more.
        one.sheets.all().delete()
        one.checkpoint, one.wanted = 0, None
    one.holds, one.banks, one.ends_on = holds, sorted(set(banks)), ends_on
    one.a_day, one.a_minute = a_day, a_minute
    one.save()
    event = ContractAgreed(subject=partner_id, holds=holds, a_day=a_day, a_minute=a_minute)
    record(event, by=by)


@transaction.atomic
def reopen(*, partner_id: UUID, by: Actor) -> None:
    """Let a partner that was cut off pull or ask again; what it asked today is forgotten."""
    access.require(by, access.MANAGE)
    one = Contract.locked(partner_id)
    if one.cut_off_at is not None:
        one.cut_off_at, one.why = None, ""
        one.save()
        one.probes.all().delete()
        record(PartnerReopened(subject=partner_id), by=by)


def cut_off(*, contract: Contract, why: CutOff, by: Actor) -> None:
    """Cut a locked partner off, in the open transaction: a person is told by the page's alarm."""
    contract.cut_off_at, contract.why = now(), why
    contract.save(update_fields=("cut_off_at", "why"))
    record(PartnerCutOff(subject=contract.id, why=why), by=by)
