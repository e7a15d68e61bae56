"""What is forgotten of the exchange. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.takedown.referrals.exchange.actions import forgetting
from balise.takedown.referrals.exchange.models import Arrival, IccamCase, Letter, Transfer

_DELIVERED = timedelta(days=30)
_ENDED = timedelta(days=365)
_AT_ONCE = 1_000


def letters_due(at: datetime) -> Iterable[UUID]:
    """Return the letters that arrived a month ago: the other hotline has what they said."""
    found = Letter.objects.filter(delivered_at__lte=at - _DELIVERED).order_by("delivered_at")
    return found.values_list("id", flat=True)[:_AT_ONCE]


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


def _erase_transfers(transfer_ids: Sequence[UUID]) -> int:
    return forgetting.forget_transfers(transfer_ids=transfer_ids, by=SYSTEM)


def _erase_arrivals(arrival_ids: Sequence[UUID]) -> int:
    return forgetting.forget_arrivals(arrival_ids=arrival_ids, by=SYSTEM)


RULES = (
    Rule(
        name="takedown.exchange.letters",
        line="takedown",
        says=_("What a letter to another hotline said: one month after it arrived"),
        due=letters_due,
        erase=_erase_letters,
    ),
    Rule(
        name="takedown.exchange.transfers",
        line="takedown",
        says=_("That a content went to another hotline or came from one: a year after it ended"),
        due=transfers_due,
        erase=_erase_transfers,
    ),
    Rule(
        name="takedown.exchange.arrivals",
        line="takedown",
        says=_("That a letter of another hotline came: a year after it was read"),
        due=arrivals_due,
        erase=_erase_arrivals,
    ),
    Rule(
        name="takedown.exchange.iccam",
        line="takedown",
        says=_("What was exported to ICCAM, or taken in from there: a year after it began"),
        due=cases_due,
        erase=_erase_cases,
    ),
)
