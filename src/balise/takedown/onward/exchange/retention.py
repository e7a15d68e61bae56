"""What is forgotten of the exchange. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.takedown.onward.exchange.actions import forgetting
from balise.takedown.onward.exchange.models import Arrival, IccamCase, Letter, Transfer
from balise.takedown.onward.exchange.rules.words import State

_DELIVERED = timedelta(days=30)
_LEFT = timedelta(days=90)
_ENDED = timedelta(days=365)
_AT_ONCE = 1_000


def letters_due(at: datetime) -> Iterable[UUID]:
    """Return the letters that arrived a month ago, and those given up that nobody tried again.

    Those of a transfer that failed go with it, once it is given up.
    """
    arrived = Q(delivered_at__lte=at - _DELIVERED)
    given_up = Q(delivered_at__isnull=True, next_at__isnull=True, written_at__lte=at - _LEFT)
    found = Letter.objects.filter(arrived | given_up & ~Q(transfer__state=State.FAILED))
    return found.order_by("written_at").values_list("id", flat=True)[:_AT_ONCE]


def failed_due(at: datetime) -> Iterable[UUID]:
    """Return the transfers of ours that failed three months ago and were not tried again."""
    found = Transfer.objects.filter(state=State.FAILED, moved_at__lte=at - _LEFT)
    return found.order_by("moved_at").values_list("id", flat=True)[:_AT_ONCE]


def transfers_due(at: datetime) -> Iterable[UUID]:
    """Return the transfers that ended a year ago."""
    found = Transfer.objects.filter(closed_at__lte=at - _ENDED).order_by("closed_at")
    return found.values_list("id", flat=True)[:_AT_ONCE]


def arrivals_due(at: datetime) -> Iterable[UUID]:
    """Return the letters of others that were read a year ago; what they said went when read."""
    found = Arrival.objects.filter(read_at__lte=at - _ENDED).order_by("read_at")
    return found.values_list("id", flat=True)[:_AT_ONCE]


def cases_due(at: datetime) -> Iterable[UUID]:
    """Return the contents that have been in ICCAM, or given up, for a year."""
    found = IccamCase.objects.filter(begun_at__lte=at - _ENDED).exclude(state="in-doubt")
    return found.order_by("begun_at").values_list("id", flat=True)[:_AT_ONCE]


def _erase_cases(case_ids: Sequence[UUID]) -> int:
    return forgetting.forget_cases(case_ids=case_ids, by=SYSTEM)


def _erase_letters(letter_ids: Sequence[UUID]) -> int:
    return forgetting.forget_letters(letter_ids=letter_ids, by=SYSTEM)


def _give_up(transfer_ids: Sequence[UUID]) -> int:
    return forgetting.give_up_transfers(transfer_ids=transfer_ids, by=SYSTEM)


def _erase_transfers(transfer_ids: Sequence[UUID]) -> int:
    return forgetting.forget_transfers(transfer_ids=transfer_ids, by=SYSTEM)


def _erase_arrivals(arrival_ids: Sequence[UUID]) -> int:
    return forgetting.forget_arrivals(arrival_ids=arrival_ids, by=SYSTEM)


RULES = (
    Rule(
        name="takedown.exchange.letters",
        forgets=Letter,
        line="takedown",
        says=_(
            "The text of a letter to another hotline: one month after it arrived, three months "
            "after it was written if it was cancelled"
        ),
        due=letters_due,
        erase=_erase_letters,
    ),
    Rule(
        name="takedown.exchange.failed",
        forgets=Letter,
        line="takedown",
        says=_("A transfer to another hotline that failed: three months after the last attempt"),
        due=failed_due,
        erase=_give_up,
    ),
    Rule(
        name="takedown.exchange.transfers",
        forgets=Transfer,
        line="takedown",
        says=_(
            "The fact that content went to another hotline or came from one: one year after it "
            "ended"
        ),
        due=transfers_due,
        erase=_erase_transfers,
    ),
    Rule(
        name="takedown.exchange.arrivals",
        forgets=Arrival,
        line="takedown",
        says=_("The fact that another hotline sent a letter: one year after it was read"),
        due=arrivals_due,
        erase=_erase_arrivals,
    ),
    Rule(
        name="takedown.exchange.iccam",
        forgets=IccamCase,
        line="takedown",
        says=_("Exports to ICCAM and imports from it: one year after they began"),
        due=cases_due,
        erase=_erase_cases,
    ),
)
