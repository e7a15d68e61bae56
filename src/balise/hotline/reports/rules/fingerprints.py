"""Fingerprints as they are given: the hashes of each picture, in hexadecimal digits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.foundation import strict_json
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Unreadable, read
from balise.hotline.reports.rules.given import AnswersFaulty, Fault
from balise.hotline.reports.rules.known import MOST_FINGERPRINTS

TURNS: Final = 8
BEST: Final = 100
LONGEST: Final = 120_000  # characters: a hundred pictures with eight hashes each
_OF_PDQ: Final = {HashKind.PDQ.value, "quality", "turns"}
_FIELDS: Final = {*(kind.value for kind in HashKind), *_OF_PDQ, "trimmed"}


class FingerprintsUnreadable(Refused, code="fingerprints-unreadable"):
    """What was given are no fingerprints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The hashes of one picture or file, as they were given; "" for a kind that was not.

    `turns` are the PDQs of the picture in its eight turns, the first as it is; `quality` is that of
    the PDQ, from 0 to 100. `trimmed` are PDQ, quality and turns of it without the bars at its
    edges.
    """

    pdq: str = ""
    sha256: str = ""
    sha1: str = ""
    md5: str = ""
    quality: int = BEST
    turns: Sequence[str] = ()
    trimmed: "Given | None" = None


@dataclass(frozen=True, slots=True)
class Brought:
    """The hashes of one picture of a report: of its `place`, from 0, addresses before others."""

    place: int
    given: Given


def by_place(brought: Sequence[Brought], *, places: int) -> dict[int, list[Signal]]:
    """Return the signals of each place of a report that has so many; refuse them with all faults.

    Raises AnswersFaulty.
    """
    found: dict[int, list[Signal]] = {}
    faults: list[Fault] = []
    for index, one in enumerate(brought):
        try:
            if not 0 <= one.place < places:
                raise _unreadable()
            found.setdefault(one.place, []).extend(signals_of([one.given]))
        except Refused as refusal:
            faults.append(Fault("fingerprints", refusal.code, refusal.message, index))
    if faults:
        raise AnswersFaulty(faults)
    return found


def signals_of(given: Iterable[Given]) -> list[Signal]:
    """Return the signals that were given, each hash once; refuse what is no hash.

    Raises Unreadable or FingerprintsUnreadable.
    """
    found: dict[tuple[HashKind, bytes], Signal] = {}
    for one in given:
        for signal in _signals(one):
            found.setdefault((signal.kind, signal.value), signal)
    if not found:
        raise _unreadable()
    return list(found.values())


def read_json(text: str) -> list[Signal]:
    """Return the signals of a JSON list of objects with the fields of `Given`."""
    try:
        listed = strict_json.loads(text.encode())
    except ValueError as error:
        raise _unreadable() from error
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_FINGERPRINTS:
        raise _unreadable()
    return signals_of(_given(one) for one in listed)


def _given(one: object) -> Given:
    if not isinstance(one, Mapping) or not one.keys() <= _FIELDS:
        raise _unreadable()
    hashes = {kind.value: one.get(kind.value, "") for kind in HashKind}
    turns, quality = one.get("turns", []), one.get("quality", BEST)
    if not isinstance(turns, list) or not isinstance(quality, int) or isinstance(quality, bool):
        raise _unreadable()
    if not all(isinstance(each, str) for each in (*hashes.values(), *turns)):
        raise _unreadable()
    inside = one.get("trimmed")
    if inside is not None and not (isinstance(inside, Mapping) and inside.keys() <= _OF_PDQ):
        raise _unreadable()
    trimmed = None if inside is None else _given(inside)
    return Given(**hashes, quality=quality, turns=turns, trimmed=trimmed)


def _signals(one: Given) -> Iterable[Signal]:
    if not 0 <= one.quality <= BEST:
        raise _unreadable()
    for kind in (HashKind.SHA256, HashKind.SHA1, HashKind.MD5):
        if text := getattr(one, kind.value):
            yield Signal(kind, read(kind, text))
    if one.pdq:
        value = read(HashKind.PDQ, one.pdq)
        turns = tuple(read(HashKind.PDQ, each) for each in one.turns)
        if turns and (len(turns) != TURNS or turns[0] != value):
            raise Unreadable(str(_("The eight turns begin with the picture as it is.")))
        yield Signal(HashKind.PDQ, value, one.quality, turns)
    elif one.turns:
        raise _unreadable()
    if one.trimmed is not None:
        yield from (signal._replace(is_trimmed=True) for signal in _signals(one.trimmed))


def _unreadable() -> FingerprintsUnreadable:
    return FingerprintsUnreadable(str(_("These are no fingerprints.")))
