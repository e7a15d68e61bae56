"""How encrypted records move from an old key to the active one, and how that is verified.

Only wraps are rewritten (80 bytes a record), never what they open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet

from balise.foundation.encryption.envelope import SealBroken, unwrap_for_line, wrap_for_line
from balise.foundation.encryption.keyring import KeyNotHeld, key_ring
from balise.foundation.encryption.models import KeyWrap, WrapKind
from balise.foundation.encryption.turning import KeyStaysInUse, lines_with_keys, remove_key

AT_ONCE = 500
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How far a rewrap has come: wraps moved, and records whose wrap does not open."""

    moved: int = 0
    broken: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key as the database and the ring see it."""

    line: str
    key_id: str
    active: bool
    held: bool
    wraps: int
    opened: int
    broken: tuple[UUID, ...]

    @property
    def is_sound(self) -> bool:
        return not self.broken and (self.held or not self.wraps)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found: every key, and the batches whose own key is gone."""

    keys: tuple[KeyState, ...]
    lost_batches: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.lost_batches and all(key.is_sound for key in self.keys)


def rewrap(line: str, *, at_once: int = AT_ONCE) -> Iterator[Rewrapped]:
    """Move a line's wraps to its active key; yields how far it has come after each commit.

    May be stopped and started again at any time: what is left is what still names an old key.
    Each new wrap is opened and compared before the commit. A wrap that does not open stays as it
    is and is told.
    """
    active, _ = key_ring().active(line)
    left = KeyWrap.objects.filter(line=line, kind=WrapKind.LINE).exclude(key_id=active)
    so_far, last = Rewrapped(), 0
    while True:
        with transaction.atomic():
            wraps = list(left.filter(pk__gt=last).order_by("pk").select_for_update()[:at_once])
            step = _move(wraps)
        if not wraps:
            return
        last = wraps[-1].pk
        so_far = Rewrapped(so_far.moved + step.moved, so_far.broken + step.broken)
        yield so_far


def retire(line: str, key_id: str) -> None:
    """Remove a key from the ring; refuse while anything in the database is encrypted to it."""
    wraps = KeyWrap.objects.filter(line=line, kind=WrapKind.LINE, key_id=key_id).count()
    if wraps:
        raise KeyStaysInUse(f"{wraps} records are still sealed to {key_id}: rewrap first")
    remove_key(settings.KEYS, line, key_id)


def verify(lines: Iterable[str] | None = None, *, sample: int = SAMPLE) -> Verified:
    """Return whether every wrap's key is held here, and a sample of each key's wraps opens."""
    chosen = lines_with_keys() if lines is None else tuple(lines)
    return Verified(
        keys=tuple(chain.from_iterable(_states(line, sample) for line in chosen)),
        lost_batches=tuple(chain.from_iterable(_lost_batches(line) for line in chosen)),
    )


def _move(wraps: Sequence[KeyWrap]) -> Rewrapped:
    moved: list[KeyWrap] = []
    broken: list[UUID] = []
    for wrap in wraps:
        try:
            secret = _opened(wrap)
        except SealBroken:
            broken.append(wrap.record)
            continue
        wrap.key_id, public_key = key_ring().active(wrap.line)
        wrap.wrapped = wrap_for_line(
            secret, public_key, line=wrap.line, record=wrap.record, key_id=wrap.key_id
        )
        if _opened(wrap) != secret:
            raise SealBroken(f"the new wrap of {wrap.record} does not open as the old one")
        moved.append(wrap)
    KeyWrap.objects.bulk_update(moved, ("key_id", "wrapped"))
    return Rewrapped(len(moved), tuple(broken))


def _states(line: str, sample: int) -> Iterator[KeyState]:
    wraps = KeyWrap.objects.filter(line=line, kind=WrapKind.LINE)
    counts = dict(wraps.order_by().values_list("key_id").annotate(Count("pk")))
    public = key_ring().public(line)
    try:
        held = set(key_ring().private_keys(line))
    except KeyNotHeld:
        held = set()
    for key_id in sorted({*counts, *public.keys, *held}):
        opened, broken = _try(wraps.filter(key_id=key_id), sample) if key_id in held else (0, ())
        yield KeyState(
            line=line,
            key_id=key_id,
            active=key_id == public.active,
            held=key_id in held,
            wraps=counts.get(key_id, 0),
            opened=opened,
            broken=broken,
        )


def _try(wraps: QuerySet[KeyWrap], sample: int) -> tuple[int, tuple[UUID, ...]]:
    """Open the oldest and the newest wraps of a key; return how many opened, and which did not."""
    half = (sample + 1) // 2
    chosen = {
        wrap.pk: wrap for wrap in (*wraps.order_by("pk")[:half], *wraps.order_by("-pk")[:half])
    }
    broken: list[UUID] = []
    for wrap in chosen.values():
        try:
            _opened(wrap)
        except SealBroken:
            broken.append(wrap.record)
    return len(chosen) - len(broken), tuple(broken)


def _lost_batches(line: str) -> Iterator[str]:
    named = set(
        KeyWrap.objects.filter(line=line, kind=WrapKind.BATCH)
        .order_by()
        .values_list("key_id", flat=True)
        .distinct()
    )
    there = {
        str(record)
        for record in KeyWrap.objects.filter(
            line=line, kind=WrapKind.LINE, record__in=[UUID(batch) for batch in named]
        ).values_list("record", flat=True)
    }
    yield from sorted(named - there)


def _opened(wrap: KeyWrap) -> bytes:
    return unwrap_for_line(
        bytes(wrap.wrapped),
        key_ring().private(wrap.line, wrap.key_id),
        line=wrap.line,
        record=wrap.record,
        key_id=wrap.key_id,
    )
