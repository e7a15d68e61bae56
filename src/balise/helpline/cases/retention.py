"""What is deleted of cases and referrals, and when. The figures stay."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.files import keeping
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.cases.models.files import Case, Entry
from balise.helpline.cases.models.received import Referral
from balise.helpline.cases.models.sent import SentReferral

_KEPT = timedelta(days=2 * 365)
_CASE_KEPT = timedelta(days=3 * 365)
_CASE_LEFT_OPEN = timedelta(days=5 * 365)


def cases_due(at: datetime) -> QuerySet[Case]:
    """Return the cases that were closed three years ago, or that nobody wrote in for five."""
    left = Q(closed_at__isnull=True, changed_at__lte=at - _CASE_LEFT_OPEN)
    return Case.objects.filter(Q(closed_at__lte=at - _CASE_KEPT) | left)


def erase_cases(case_ids: Sequence[UUID]) -> int:
    """Delete cases with keys, documents, history and referrals; return how many there were."""
    documents = Entry.objects.filter(case__in=case_ids, file__isnull=False)
    files = [file for file in documents.values_list("file", flat=True) if file is not None]
    told = SentReferral.objects.filter(case__in=case_ids).values_list("id", flat=True)
    forget([*files, *told])
    count = deleted(Case)(case_ids)
    keeping.erase(files)
    return count


RULES = (
    Rule(
        name="helpline.cases",
        forgets=Case,
        says=_("A case is deleted three years after it was closed, five after its last entry."),
        due=cases_due,
        erase=erase_cases,
    ),
    Rule(
        name="helpline.referrals",
        forgets=Referral,
        says=_("A referral is deleted two years after it was closed."),
        due=past(Referral, "closed_at", _KEPT),
        erase=deleted(Referral),
    ),
)
