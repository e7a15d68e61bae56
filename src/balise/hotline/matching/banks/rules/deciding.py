"""Which hit decides, and why none does: one place says it (decision 79)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.hotline.matching.signals.rules.kinds import WEAK, Clip, Frame, HashKind, Signal, Turn

# Why an entry that is alike was no hit.


# What a bank thinks of a hash, and whether the hash is asked at all.


class Opinion(TextChoices):
    """What the source of an entry says of the content."""

    NEGATIVE = "negative", _("Negative: not what it looks like")
    SEED = "seed", _("Seed: to be looked at")
    POSITIVE = "positive", _("Positive: known content")
    DISPUTED = "disputed", _("Disputed: sources disagree")


class EntryState(TextChoices):
    """Where an entry stands. Only the first two are asked; a quarantined one decides nothing."""

    ON = "on", pgettext_lazy("entry", "On")
    QUARANTINED = "quarantined", pgettext_lazy("entry", "In quarantine")
    OFF = "off", pgettext_lazy("entry", "On hold")
    WITHDRAWN = "withdrawn", pgettext_lazy("entry", "Withdrawn")


ASKED = frozenset({EntryState.ON, EntryState.QUARANTINED})


LOOKED_AROUND: Final = 62  # bits: twice the usual distance; beyond, pictures have nothing in common


class Reason(TextChoices):
    """What kept an entry from being a hit."""

    LATER = "later", _("It was added later")
    WITHDRAWN = "withdrawn", _("It had been withdrawn")
    HELD = "held", _("It was on hold")
    BANK_OFF = "bank-off", _("Its bank was off")
    TOO_FAR = "too-far", _("It is farther than its bank’s distance")


def reason_of(
    state: EntryState | None, *, is_bank_on: bool, distance: int, within: int
) -> Reason | None:
    """Return why an entry is no hit, None where it is one; no state: it was not there."""
    if state is None:
        return Reason.LATER
    if state not in ASKED:
        return Reason.WITHDRAWN if state is EntryState.WITHDRAWN else Reason.HELD
    if not is_bank_on:
        return Reason.BANK_OFF
    return Reason.TOO_FAR if distance > within else None


class Rule(TextChoices):
    """The rule that decided. The first three make a content known; no other does."""

    EXACT = "exact", _("The same file, byte for byte")
    NEAR = "near", _("The same picture, within the bank’s distance")
    CLIP = "clip", _("The same video, by its frames")
    PARTIAL = "partial", _("Part of the index did not answer: ask again")
    NEGATIVE = "negative", _("A negative entry wins")
    QUARANTINED = "quarantined", _("Only entries in quarantine match")
    WEAK = "weak", _("The quality is too low to decide")
    FRAME = "frame", _("A picture that is one frame of a video does not decide")
    PLANTED = "planted", _("Only a planted entry matches")
    DISPUTED = "disputed", _("The sources disagree")
    SEED = "seed", _("The entry only asks for a look")


KNOWN = frozenset({Rule.EXACT, Rule.NEAR, Rule.CLIP})
_REASONS = (Rule.QUARANTINED, Rule.PLANTED, Rule.WEAK, Rule.FRAME, Rule.DISPUTED, Rule.SEED)


class Hit(NamedTuple):
    """An entry that matches what was asked.

    `distance` is in bits, 0 for a kind that is alike only for the same file. `turn` is how the
    picture that was asked has to be turned to be the bank's; `quality` is the entry's, from 0 to
    100. `second` is the moment of a film that the entry is a frame of. `asked` counts what was
    asked, from 0, and `asked_quality` is its quality. `is_whole` says that enough of both films
    are alike.
    """

    entry: int
    bank: str
    opinion: Opinion
    labels: tuple[str, ...]
    distance: int
    turn: Turn
    quality: int
    second: int | None = None
    kind: HashKind = HashKind.PDQ
    state: EntryState = EntryState.ON
    is_planted: bool = False
    clip: UUID | None = None
    is_whole: bool = False
    asked: int = 0
    asked_quality: int = 100
    is_clip_asked: bool = False


class Settled(NamedTuple):
    """What a look-up comes to: the hit that counted most, and the rule that decided.

    `hit` is None where part of the index did not answer and the rest knows nothing.
    """

    hit: Hit | None
    rule: Rule

    @property
    def is_known(self) -> bool:
        """Whether the content inherits the verdict that the hit's bank stands for."""
        return self.rule in KNOWN


def decide(hits: Sequence[Hit], *, is_partial: bool) -> Settled | None:
    """Return what the hits of one content come to, None where nothing matches.

    An answer that is not whole decides nothing: the negative bank may be in what is missing. A
    negative entry wins over every other. Weak and quarantined entries never decide.
    """
    said = sorted(((rule_of(hit), hit) for hit in hits), key=_rank)
    if is_partial:
        return Settled(said[0][1] if said else None, Rule.PARTIAL)
    for rule, hit in said:
        if rule is Rule.NEGATIVE:
            return Settled(hit, rule)
    return Settled(said[0][1], said[0][0]) if said else None


def rule_of(hit: Hit) -> Rule:
    """Return what one hit alone would come to: the first reason not to decide, or how it does."""
    is_weak = hit.kind is HashKind.PDQ and min(hit.quality, hit.asked_quality) < WEAK
    is_frame = hit.clip is not None and not hit.is_whole
    reasons = {
        Rule.QUARANTINED: hit.state is not EntryState.ON,
        Rule.PLANTED: hit.is_planted,
        Rule.WEAK: is_weak,
        Rule.NEGATIVE: hit.opinion is Opinion.NEGATIVE,
        Rule.DISPUTED: hit.opinion is Opinion.DISPUTED,
        Rule.SEED: hit.opinion is Opinion.SEED,
        Rule.FRAME: is_frame,
        Rule.EXACT: hit.kind is not HashKind.PDQ,
        Rule.CLIP: hit.clip is not None,
    }
    return next((rule for rule, applies in reasons.items() if applies), Rule.NEAR)


def _rank(one: tuple[Rule, Hit]) -> tuple[int, int, int]:
    """Rank what decides before what does not, and near before far."""
    rule, hit = one
    order = (*_DECIDING, *_REASONS)
    return order.index(rule), hit.distance, hit.entry


_DECIDING = (Rule.EXACT, Rule.NEAR, Rule.CLIP, Rule.NEGATIVE)


# What was asked and answered, as it is sealed and read again.


def said(
    signals: Sequence[Signal | Clip], hits: Sequence[Hit], *, is_partial: bool
) -> dict[str, Any]:
    """Return a look-up as it is sealed: what was asked, what matched, whether it was whole."""
    return {
        "asked": [_asked(one) for one in signals],
        "hits": [_hit(one) for one in hits],
        "partial": is_partial,
    }


def asked_of(payload: Mapping[str, Any]) -> tuple[Signal | Clip, ...]:
    """Return what was asked, of what `said` returned."""
    return tuple(_read(one) for one in payload["asked"])


def hits_of(payload: Mapping[str, Any]) -> tuple[Hit, ...]:
    """Return what matched then, of what `said` returned."""
    return tuple(_read_hit(one) for one in payload["hits"])


def _asked(one: Signal | Clip) -> dict[str, Any]:
    if isinstance(one, Clip):
        frames = [[frame.second, frame.value.hex(), frame.quality] for frame in one.frames]
        return {"seconds": one.seconds, "frames": frames}
    said = {
        "kind": one.kind.value,
        "value": one.value.hex(),
        "quality": one.quality,
        "turns": b"".join(one.turns).hex(),
    }
    return said | {"trimmed": True} if one.is_trimmed else said


def _read(one: Mapping[str, Any]) -> Signal | Clip:
    if "frames" in one:
        frames = (Frame(at, bytes.fromhex(value), quality) for at, value, quality in one["frames"])
        return Clip(tuple(frames), one["seconds"])
    turns = bytes.fromhex(one["turns"])
    return Signal(
        HashKind(one["kind"]),
        bytes.fromhex(one["value"]),
        one["quality"],
        tuple(turns[at : at + 32] for at in range(0, len(turns), 32)),
        one.get("trimmed", False),
    )


def _hit(hit: Hit) -> dict[str, Any]:
    return hit._asdict() | {
        "labels": list(hit.labels),
        "opinion": hit.opinion.value,
        "turn": int(hit.turn),
        "kind": hit.kind.value,
        "state": hit.state.value,
        "clip": hit.clip.hex if hit.clip else None,
    }


def _read_hit(one: dict[str, Any]) -> Hit:
    return Hit(
        **one
        | {
            "labels": tuple(one["labels"]),
            "opinion": Opinion(one["opinion"]),
            "turn": Turn(one["turn"]),
            "kind": HashKind(one["kind"]),
            "state": EntryState(one["state"]),
            "clip": UUID(one["clip"]) if one["clip"] else None,
        }
    )
