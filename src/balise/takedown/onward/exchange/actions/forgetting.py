"""Delete what is no longer needed: nonces that have lapsed, letters that are done."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.book import record
from balise.takedown.onward.exchange.models import Letter, Nonce, Transfer
from balise.takedown.onward.exchange.rules.words import Fault, TransferState


def forget_nonces(*, by: Actor) -> int:  # noqa: ARG001 - an action names its actor
    """Forget the nonces of signatures that are no longer fresh; return how many."""
    return Nonce.objects.filter(expires_at__lt=now()).delete()[0]


@transaction.atomic
def forget_letters(*, letter_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy letters and the keys to what they said; the transfers and the journal stay.

    A transfer whose letter never arrived says that there is nothing left to bring.
    """
    lost = Letter.given_up().filter(id__in=letter_ids).values("transfer_id")
    for one in Transfer.objects.select_for_update().filter(id__in=lost).order_by("id"):
        one.fault = Fault.FORGOTTEN
        one.save(update_fields=("fault",))
    forget(letter_ids)
    return Letter.objects.filter(id__in=letter_ids).delete()[0]


@transaction.atomic
def forget_transfers(*, transfer_ids: Sequence[UUID], by: Actor) -> int:  # noqa: ARG001 - see above
    """Destroy transfers that ended long ago, with their letters; the journal stays."""
    forget(Letter.objects.filter(transfer_id__in=transfer_ids).values_list("id", flat=True))
    Transfer.objects.filter(id__in=transfer_ids).delete()
    return len(transfer_ids)


@transaction.atomic
def give_up_transfers(*, transfer_ids: Sequence[UUID], by: Actor) -> int:
    """End transfers of ours that nobody tried again, and destroy their letters; return how many."""
    failed = Transfer.objects.select_for_update().filter(
        id__in=transfer_ids, state=TransferState.FAILED.value
    )
    given_up = list(failed.order_by("id"))
    for one in given_up:
        one.state, one.moved_at, one.closed_at = TransferState.WITHDRAWN, now(), now()
        one.save(update_fields=("state", "moved_at", "closed_at"))
        record(one.moved, by=by)
    letters = Letter.objects.filter(transfer__in=given_up)
    forget(letters.values_list("id", flat=True))
    letters.delete()
    return len(given_up)
