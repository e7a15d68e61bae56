"""What is deleted of calls, and when. The figures stay."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.telephony.actions.telling import wipe
from balise.helpline.telephony.models import Call, CallBack, NumberRequest

_KEPT = timedelta(days=30)
_BEARER_KEPT = timedelta(hours=12)


def erase_numbers(call_ids: Sequence[UUID]) -> int:
    """Delete the numbers of calls; return how many."""
    found = list(Call.objects.select_for_update().filter(id__in=call_ids))
    for call in found:
        wipe(call=call, by=SYSTEM)
    return len(found)


def erase_bearers(call_ids: Sequence[UUID]) -> int:
    """Empty the blinds of numbers; return how many there were."""
    return Call.objects.filter(id__in=call_ids).update(bearer=b"")


RULES = (
    Rule(
        name="helpline.numbers",
        forgets=Call,
        says=_(
            "A caller’s number is deleted when the call ends; a day later if they asked to be "
            "called back or are in immediate danger."
        ),
        due=past(Call, "number_until", timedelta()),
        erase=erase_numbers,
    ),
    Rule(
        name="helpline.callers",
        forgets=Call,
        says=_(
            "The data used to block a caller is deleted when the call is wrapped up, or in the "
            "following night."
        ),
        due=past(Call, "began_at", _BEARER_KEPT, holding="bearer"),
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.calls",
        forgets=Call,
        says=_("The fact that someone called, and when, is deleted after one month."),
        due=past(Call, "began_at", _KEPT),
        erase=deleted(Call),
    ),
    Rule(
        name="helpline.number-requests",
        forgets=NumberRequest,
        says=_("The fact that someone asked for a writer’s number is deleted after one month."),
        due=past(NumberRequest, "asked_at", _KEPT, call=None),
        erase=deleted(NumberRequest),
    ),
    Rule(
        name="helpline.call-backs",
        forgets=CallBack,
        says=_("A call-back is deleted one month after the request; its number when it ends."),
        due=past(CallBack, "asked_at", _KEPT),
        erase=deleted(CallBack),
    ),
)
