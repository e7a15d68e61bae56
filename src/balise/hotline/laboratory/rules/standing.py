"""Where a fingerprint is, by where the bank's entries of it stand."""

from collections.abc import Collection

from balise.hotline.laboratory.rules.words import ItemState
from balise.hotline.matching.banks.rules.opinions import EntryState


def state_of(entries: Collection[EntryState], *, is_disputed: bool) -> ItemState:
    """Return where a fingerprint is whose entries stand so.

    A video protects by each of its frames, a picture by each of its hashes: it is active while one
    is on. Once it was disputed, all that are left have to be on again. Raises nothing; no entry at
    all is taken off.
    """
    left = [one for one in entries if one is not EntryState.WITHDRAWN]
    if not left:
        return ItemState.TAKEN_OFF
    on = [one is EntryState.ON for one in left]
    return ItemState.ACTIVE if (all(on) if is_disputed else any(on)) else ItemState.HELD
