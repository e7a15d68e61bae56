"""What is forgotten of calls, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.telephony.actions.telling import wipe
from balise.helpline.telephony.models import Call, CallBack, NumberRequest

_KEPT = timedelta(days=30)
_BEARER_KEPT = timedelta(hours=12)
_AT_ONCE = 1_000


def numbers_due(at: datetime) -> Iterable[UUID]:
    """Return the calls whose number's time is over."""
    return Call.objects.filter(number_until__lte=at).values_list("id", flat=True)[:_AT_ONCE]


def erase_numbers(call_ids: Sequence[UUID]) -> int:
    """Destroy the numbers of calls; return how many."""
    with transaction.atomic():
        found = list(Call.objects.select_for_update().filter(id__in=call_ids))
        for call in found:
            wipe(call=call, by=SYSTEM)
    return len(found)


def bearers_due(at: datetime) -> Iterable[UUID]:
    """Return the calls whose caller would still be known again, half a day after they began."""
    held = Call.objects.filter(began_at__lte=at - _BEARER_KEPT).exclude(bearer=b"")
    return held.values_list("id", flat=True)[:_AT_ONCE]


def erase_bearers(call_ids: Sequence[UUID]) -> int:
    """Empty the blinds of numbers; return how many there were."""
    return Call.objects.filter(id__in=call_ids).update(bearer=b"")


def calls_due(at: datetime) -> Iterable[UUID]:
    """Return the calls of a month ago."""
    return Call.objects.filter(began_at__lte=at - _KEPT).values_list("id", flat=True)[:_AT_ONCE]


def erase_calls(call_ids: Sequence[UUID]) -> int:
    """Destroy calls and what was told of them; return how many."""
    with transaction.atomic():
        forget(call_ids)
        Call.objects.filter(id__in=call_ids).delete()
    return len(call_ids)


def call_backs_due(at: datetime) -> Iterable[UUID]:
    """Return the call-backs that were asked for a month ago."""
    found = CallBack.objects.filter(asked_at__lte=at - _KEPT)
    return found.values_list("id", flat=True)[:_AT_ONCE]


def erase_call_backs(call_back_ids: Sequence[UUID]) -> int:
    """Destroy call-backs and their keys; return how many."""
    with transaction.atomic():
        forget(call_back_ids)
        return CallBack.objects.filter(id__in=call_back_ids).delete()[0]


def requests_due(at: datetime) -> Iterable[UUID]:
    """Return the requests of a month ago for the number of a messaging thread."""
    found = NumberRequest.objects.filter(call=None, asked_at__lte=at - _KEPT)
    return found.values_list("id", flat=True)[:_AT_ONCE]


def erase_requests(request_ids: Sequence[UUID]) -> int:
    """Destroy requests for a number; return how many."""
    return NumberRequest.objects.filter(id__in=request_ids).delete()[0]


RULES = (
    Rule(
        name="helpline.numbers",
        forgets=Call,
        line="helpline",
        says=_(
            "A caller’s number is deleted when the call ends; a day later if they asked to be "
            "called back or are in immediate danger."
        ),
        due=numbers_due,
        erase=erase_numbers,
    ),
    Rule(
        name="helpline.callers",
        forgets=Call,
        line="helpline",
        says=_(
            "The data used to block a caller is deleted when the call is wrapped up, or in the "
            "following night."
        ),
        due=bearers_due,
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.calls",
        forgets=Call,
        line="helpline",
        says=_("The fact that someone called, and when, is deleted after one month."),
        due=calls_due,
        erase=erase_calls,
    ),
    Rule(
        name="helpline.number-requests",
        forgets=NumberRequest,
        line="helpline",
        says=_("The fact that someone asked for a writer’s number is deleted after one month."),
        due=requests_due,
        erase=erase_requests,
    ),
    Rule(
        name="helpline.call-backs",
        forgets=CallBack,
        line="helpline",
        says=_("A call-back is deleted one month after the request; its number when it ends."),
        due=call_backs_due,
        erase=erase_call_backs,
    ),
)
