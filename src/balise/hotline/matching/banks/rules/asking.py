"""What of a question is asked of the index, and what makes two films the same.

A picture is asked in its eight turns, whoever asks: as it was hashed in them, or as they are read
from the bits of its one hash (`pdq.forms`). So is a frame, and a film is turned as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.rules.deciding import KNOWN, Rule
from balise.hotline.matching.signals.rules.frames import Thresholds
from balise.hotline.matching.signals.rules.kinds import LENGTHS, Clip, Frame, HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import forms

FILMS: Final = Thresholds()
MOST_AT_ONCE: Final = 100  # hashes and films of one request, whichever door it comes by
MOST_FRAMES: Final = 4_000  # of all films of one question
TURNED: Final = 1_200  # different frames up to which a film is asked in its other turns: 20 minutes

type Asked = Sequence[Signal | Clip]


class QuestionFaulty(Refused, code="hash-unreadable"):
    """What was asked or brought is no hash of its kind."""


class QuestionTooLong(Refused, code="too-many-frames"):
    """More frames of films than one question may ask about."""


class Question(NamedTuple):
    """One PDQ to search for: of what was asked, in which turn, of which second of a film.

    `frame` is the hash of that second before it was turned.
    """

    asked: int
    value: bytes
    turn: Turn
    quality: int
    second: int | None = None
    frame: bytes = b""


def check(signals: Asked) -> None:
    """Refuse (QuestionFaulty) values of another length, or qualities outside 0 to 100."""
    for one in signals:
        if isinstance(one, Clip):
            for frame in one.frames:
                _check(HashKind.PDQ, frame.value, frame.quality)
            continue
        _check(one.kind, one.value, one.quality)
        if one.turns and (len(one.turns) != len(Turn) or one.kind is not HashKind.PDQ):
            raise QuestionFaulty("A PDQ has eight turns, and other kinds have none.")
        for value in one.turns:
            _check(one.kind, value, one.quality)


def check_asked(signals: Asked) -> None:
    """Refuse what `check` does, and (QuestionTooLong) more frames than `MOST_FRAMES`."""
    if sum(len(one.frames) for one in signals if isinstance(one, Clip)) > MOST_FRAMES:
        raise QuestionTooLong(f"A question has {MOST_FRAMES} frames at most.")
    check(signals)


def questions(signals: Asked) -> list[Question]:
    """Return the PDQs to search for, of a frame that a film shows again once.

    A picture is asked in all turns, and a film too: a longer one than `TURNED`, as it is alone.
    """
    return [one for at, each in enumerate(signals) for one in _of(at, each)]


def turns_of(octets: bytes) -> tuple[bytes, ...]:
    """Return the eight turns that were stored one after the other."""
    return tuple(bytes(one) for one in batched(octets, LENGTHS[HashKind.PDQ], strict=True))


def turn_of_same(asked: Clip, common: Iterable[tuple[Question, int]], *, known: int) -> Turn | None:
    """Return in which turn a film is the same as a known one, None where it is not.

    `common` are the good questions that are near a good frame of the known film, each with the
    number of that frame; `known` is how many good frames that film has. In one turn enough of the
    good frames of each have to be the other's.
    """
    good = [frame.value for frame in asked.frames if frame.quality >= FILMS.quality]
    if min(len(good), known) < FILMS.least:
        return None
    near = list(common)
    for turn in sorted({question.turn for question, _frame in near}):
        ours = {question.frame for question, _frame in near if question.turn is turn}
        theirs = {frame for question, frame in near if question.turn is turn}
        share_of_asked = sum(value in ours for value in good) / len(good)
        if min(share_of_asked, len(theirs) / known) >= FILMS.share:
            return turn
    return None


def _of(at: int, one: Signal | Clip) -> Iterable[Question]:
    if isinstance(one, Clip):
        return _of_film(at, one)
    if one.kind is not HashKind.PDQ:
        return []
    turned = zip(forms(one.value, one.turns), Turn, strict=True)
    return [Question(at, value, turn, one.quality) for value, turn in turned]


def _of_film(at: int, film: Clip) -> Iterator[Question]:
    firsts: dict[bytes, Frame] = {}
    for frame in film.frames:
        firsts.setdefault(frame.value, frame)
    for value, frame in firsts.items():
        values = forms(value) if len(firsts) <= TURNED else (value,)
        for turned, turn in zip(values, Turn, strict=False):
            yield Question(at, turned, turn, frame.quality, frame.second, value)


def _check(kind: HashKind, value: bytes, quality: int) -> None:
    if len(value) != LENGTHS[kind]:
        raise QuestionFaulty("This is not a hash of this kind.")
    if not 0 <= quality <= 100:  # noqa: PLR2004 - a share in hundredths
        raise QuestionFaulty("A quality is from 0 to 100.")


# Past look-ups as a list has them: whose question it was, and what it came to.


CLIP: Final = "clip"  # beside the kinds of hashes: a film, by its frames
NAMES: Final = {
    HashKind.PDQ: "PDQ",
    HashKind.SHA256: "SHA-256",
    HashKind.SHA1: "SHA-1",
    HashKind.MD5: "MD5",
}
KINDS: Final = (*(kind.value for kind in HashKind), CLIP)


class Asker(TextChoices):
    """Whose question a look-up is."""

    ANALYST = "analyst", pgettext_lazy("look-up", "An analyst")
    CONTENT = "content", pgettext_lazy("look-up", "Reported content")
    PARTNER = "partner", pgettext_lazy("look-up", "A partner’s program")
    EXCHANGE = "exchange", pgettext_lazy("look-up", "A partner that asks without a bank")
    LABORATORY = "laboratory", pgettext_lazy("look-up", "The laboratory")
    COMMAND = "command", pgettext_lazy("look-up", "A command")


class Outcome(TextChoices):
    """What a look-up came to. One that is not whole is never "nothing matches"."""

    KNOWN = "known", _("Known content")
    UNDECIDED = "undecided", _("Something matches, nothing is decided")
    NOTHING = "nothing", _("Nothing matches")
    PARTIAL = "partial", _("Not whole: part of the index did not answer")


def outcome_of(rule: Rule | None) -> Outcome:
    """Return what the rule that decided makes of a look-up; None where nothing matched."""
    if rule is None:
        return Outcome.NOTHING
    if rule is Rule.PARTIAL:
        return Outcome.PARTIAL
    return Outcome.KNOWN if rule in KNOWN else Outcome.UNDECIDED


def kinds_of(asked: Asked) -> str:
    """Return the kinds of what was asked, each once, with a space between them."""
    found = {CLIP if isinstance(one, Clip) else one.kind.value for one in asked}
    return " ".join(kind for kind in KINDS if kind in found)
