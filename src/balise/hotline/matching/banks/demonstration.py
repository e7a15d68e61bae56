"""A past of the banks: a list of a partner, a negative bank, look-ups, a hash that came too often.

The hashes are of drawings that nobody has drawn. The centre's own bank is made by its verdicts.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import shake_256

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.hotline.matching.banks.actions import finding, keeping
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.models import Matches
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.rules.floods import FLOOR
from balise.hotline.matching.signals.rules.kinds import LENGTHS, Clip, Frame, HashKind, Signal

LIST, LOGOS = "partner-list", "logos"
DAYS = 20
_CLIP = 12  # frames of the film
_CHANGED = 9  # bits by which a copy differs


def fill(cast: Mapping[str, Actor]) -> int:
    """Make the past, and return how many entries it has."""
    analyst, lead, now = cast["analyst"], cast["hotline_lead"], clock.now()
    with clock.at(now - timedelta(days=DAYS)):
        _make_banks(lead)
        known = _add(LIST, [_picture(one) for one in range(18)], "positive", by=analyst)
        files = [Signal(kind, _value(900, kind)) for kind in (HashKind.SHA256, HashKind.MD5)]
        known += _add(LIST, [*files, _film()], "positive", by=analyst)
        known += _add(LOGOS, [_picture(one) for one in range(100, 106)], "negative", by=analyst)
    with clock.at(now - timedelta(days=DAYS - 6)):
        known += _add(LIST, [_picture(one) for one in range(30, 34)], "seed", by=analyst)
        keeping.withdraw(entries=known[3:4], by=analyst)
        keeping.hold(entries=known[5:6], by=analyst)
    for day, asked in ((9, _copy(2)), (4, _copy(101)), (2, _film()), (1, _picture(400))):
        with clock.at(now - timedelta(days=day)):
            look_up(signals=[asked], by=analyst)
    with clock.at(now - timedelta(days=1)):
        _match_often(known[8])
        finding.quarantine_floods(by=lead)
    return len(known)


def _make_banks(lead: Actor) -> None:
    keeping.add_bank(
        code=LIST,
        name="Liste d’une ligne voisine",
        source="Une ligne voisine, inventée",
        by=lead,
    )
    keeping.add_bank(
        code=LOGOS, name="Logos et images de presse", distance=24, is_negative=True, by=lead
    )


def _add(bank: str, signals: Sequence[Signal | Clip], opinion: str, *, by: Actor) -> list[int]:
    return keeping.add(bank=bank, signals=signals, opinion=Opinion(opinion), by=by)


def _match_often(entry: int) -> None:
    """Let an entry match a few times a day, and on one day more often than that explains."""
    day = clock.today()
    past = [(entry, day - timedelta(days=back), 1 + back % 5) for back in range(1, DAYS - 1)]
    rows.insert(Matches, ("entry", "day", "many"), [*past, (entry, day, FLOOR + 14)])


def _value(seed: int, kind: HashKind = HashKind.PDQ) -> bytes:
    return shake_256(f"drawing {seed} {kind}".encode()).digest(LENGTHS[kind])


def _picture(seed: int) -> Signal:
    return Signal(HashKind.PDQ, _value(seed), 70 + seed % 30)


def _copy(seed: int) -> Signal:
    """Return a copy of a picture, made smaller and stored again."""
    value = int.from_bytes(_value(seed)) ^ ((1 << _CHANGED) - 1)
    return Signal(HashKind.PDQ, value.to_bytes(32), 88)


def _film() -> Clip:
    frames = (Frame(at, _value(200 + at), 80 + at) for at in range(_CLIP))
    return Clip(tuple(frames), _CLIP)
