"""Forget what need not be known: nonces that have lapsed, letters that said their say."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.takedown.referrals.exchange.models import Arrival, IccamCase, Letter, Nonce, Transfer


def forget_nonces(*, by: Actor) -> int:  # noqa: ARG001 - an action names its actor
    """Forget the nonces of signatures that are no longer fresh; return how many."""
    return Nonce.objects.filter(expires_at__lt=now()).delete()[0]


@transaction.atomic
def forget_letters(*, letter_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy letters and the keys to what they said; the transfers and the figures stay."""
    forget(letter_ids)
    return Letter.objects.filter(id__in=letter_ids).delete()[0]


@transaction.atomic
def forget_transfers(*, transfer_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy transfers that ended long ago, with their letters; the figures stay."""
    forget(Letter.objects.filter(transfer_id__in=transfer_ids).values_list("id", flat=True))
    Transfer.objects.filter(id__in=transfer_ids).delete()
    return len(transfer_ids)


def forget_arrivals(*, arrival_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy the marks of letters that were read long ago: they cannot come again by then."""
    return Arrival.objects.filter(id__in=arrival_ids).delete()[0]


@transaction.atomic
def forget_cases(*, case_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy what is kept of contents in ICCAM, and the keys to it; the figures stay."""
    forget(case_ids)
    IccamCase.objects.filter(id__in=case_ids).delete()
    return len(case_ids)
