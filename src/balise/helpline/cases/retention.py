"""What the helpline forgets, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.files import keeping
from balise.foundation.retention.rules import Rule
from balise.helpline.cases.models.files import Case, Entry
from balise.helpline.cases.models.received import Referral
from balise.helpline.cases.models.sent import SentReferral

_KEPT = timedelta(days=2 * 365)
_CASE_KEPT = timedelta(days=3 * 365)
_CASE_LEFT_OPEN = timedelta(days=5 * 365)
_AT_ONCE = 1_000


def referrals_due(at: datetime) -> Iterable[UUID]:
    """Return the referrals that were closed two years ago."""
    return (
        Referral.objects.filter(closed_at__lte=at - _KEPT)
        .order_by("closed_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_referrals(referral_ids: Sequence[UUID]) -> int:
    """Destroy referrals and their keys; return how many there were."""
    with transaction.atomic():
        forget(referral_ids)
        erased, _of_each = Referral.objects.filter(id__in=referral_ids).delete()
    return erased


def cases_due(at: datetime) -> Iterable[UUID]:
    """Return the files that were closed three years ago, or that nobody wrote in for five."""
    closed = Case.objects.filter(closed_at__lte=at - _CASE_KEPT)
    left = Case.objects.filter(closed_at__isnull=True, changed_at__lte=at - _CASE_LEFT_OPEN)
    return (closed | left).order_by("changed_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_cases(case_ids: Sequence[UUID]) -> int:
    """Destroy files with keys, documents, history and referrals; return how many there were."""
    documents = Entry.objects.filter(case__in=case_ids, file__isnull=False)
    files = [file for file in documents.values_list("file", flat=True) if file is not None]
    with transaction.atomic():
        told = SentReferral.objects.filter(case__in=case_ids).values_list("id", flat=True)
        forget([*case_ids, *files, *told])
        found = Case.objects.filter(id__in=case_ids)
        count = found.count()
        found.delete()
    keeping.erase(files)
    return count


RULES = (
    Rule(
        name="helpline.cases",
        forgets=Case,
        line="helpline",
        says=_("A case is deleted three years after it was closed, five after its last entry."),
        due=cases_due,
        erase=erase_cases,
    ),
    Rule(
        name="helpline.referrals",
        forgets=Referral,
        line="helpline",
        says=_("A referral is deleted two years after it was closed."),
        due=referrals_due,
        erase=erase_referrals,
    ),
)
