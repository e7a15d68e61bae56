"""Planted entries: hashes that no picture has. Who asks about one has a list it should not have."""

import secrets

from django.db import transaction

from balise.foundation.actors import Actor
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries import exchanging
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.rules.probing import NEAR, is_far_enough
from balise.hotline.matching.signals.rules.kinds import LENGTHS, HashKind, Signal

MANY = 8  # in each bank that partners know of


@transaction.atomic
def plant(*, bank: str, by: Actor) -> int:
    """See to it that a bank has planted entries far from every real one; return how many came.

    One that a real hash came near to is withdrawn: a partner could meet it with a real picture.
    """
    access.require(by, access.MANAGE)
    there = exchanging.planted(bank)
    near = [one for one, value in there.items() if not _is_far(value)]
    keeping.withdraw(entries=near, by=by)
    wanted = MANY - len(there) + len(near)
    signals = [Signal(HashKind.PDQ, _new()) for _one in range(wanted)]
    if signals:
        keeping.add(bank=bank, signals=signals, opinion=Opinion.POSITIVE, planted=True, by=by)
    return len(signals)


def _new() -> bytes:
    while True:
        value = secrets.token_bytes(LENGTHS[HashKind.PDQ])
        if _is_far(value):
            return value


def _is_far(value: bytes) -> bool:
    return is_far_enough(value, exchanging.distances_to_real(value, within=NEAR))
