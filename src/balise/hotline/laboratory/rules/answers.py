"""What a partner said of the fingerprints of one picture or clip, as one word for a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from balise.hotline.laboratory.rules.words import Said


class Word(NamedTuple):
    """What a partner said. `turn` is a code of `Turn`, of the first copy that it blocked."""

    said: Said
    turn: int | None
    copies: int
    at: datetime
    blocked_at: datetime | None


def joined(words: Sequence[Word]) -> Word:
    """Return one word for several: each frame of a clip, each hash of a picture may have one.

    Withdrawn once all are; blocked where one was blocked. A copy of a clip hits many frames, one of
    a picture with bars may hit both its hashes: the count is that of what was hit most. Raises
    ValueError for no word.
    """
    last = max(words, key=lambda word: word.at)
    hits = [word for word in words if word.blocked_at is not None]
    first = min(hits, key=lambda word: word.blocked_at or word.at, default=last)
    if all(word.said is Said.WITHDRAWN for word in words):
        said = Said.WITHDRAWN
    elif hits or any(word.said is Said.BLOCKED for word in words):
        said = Said.BLOCKED
    elif any(word.said is Said.NOT_FOUND for word in words):
        said = Said.NOT_FOUND
    else:
        said = Said.RECEIVED
    copies = max(word.copies for word in words)
    return Word(said, first.turn, copies, last.at, first.blocked_at)


def followed(before: Word, word: Word, *, is_off: bool) -> Word:
    """Return what stands once a partner's `word` follows what it said `before`.

    A copy that was blocked stays blocked: its turn is kept, and the count never falls. Of an item
    that is off the list, a partner that confirmed it has confirmed it, however late another word.
    """
    if is_off and before.said is Said.WITHDRAWN and word.said is not Said.WITHDRAWN:
        return before
    first = before if before.blocked_at is not None else word
    copies = max(before.copies, word.copies)
    return Word(word.said, first.turn, copies, word.at, first.blocked_at)
