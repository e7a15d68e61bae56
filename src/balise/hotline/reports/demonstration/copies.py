"""Known content in the demonstration: a drawing decided and met again mirrored, and one thrice.

The fingerprints are of drawings that a formula makes; nobody fetches anything.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.reports.actions import assessing, banking, claiming, recognising, submitting
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.demonstration.decided import received
from balise.hotline.reports.rules.words import Confidence, Ground, Verdict

_SIDE: Final = 128
_KNOWN, _THRICE = 3, 7  # which drawing
_PLACES: Final = (
    ("https://hebergeur.example/dessins/41", Turn.AS_IS),
    ("https://images.example/miroir/41", Turn.MIRRORED),
    ("https://forum.example/fil/41", Turn.RIGHT),
)


def fill(*, analyst: Actor) -> None:
    """Decide a drawing that is met again mirrored; let three copies of another one wait."""
    with clock.at(clock.ago(timedelta(days=3))):
        first = _told("https://hebergeur.example/dessins/12", _KNOWN, Turn.AS_IS, by=analyst)
        claiming.claim(content_id=first, by=analyst)
        claiming.note_opened(content_id=first, by=analyst)
        decision = Decision(
            verdict=Verdict.HARMFUL,
            category="shocking",
            offence="",
            facts_on=clock.today(),
            confidence=Confidence.SURE,
            ground=Ground.LOOKED,
            rationale="Un dessin violent, sans appel à la violence.",
        )
        assessing.assess(content_id=first, decision=decision, by=analyst)
        banking.bank_verdict(content_id=first, by=SYSTEM)
    with clock.at(clock.ago(timedelta(days=1))):
        _told("https://images.example/miroir/12", _KNOWN, Turn.MIRRORED, by=analyst)
    for hours, (place, turn) in enumerate(_PLACES, 2):
        with clock.at(clock.now() - timedelta(hours=9 - hours)):
            _told(place, _THRICE, turn, by=analyst)


def _told(place: str, drawing: int, turn: Turn, *, by: Actor) -> UUID:
    """Return a content that was reported, with the fingerprint of a drawing as it is turned."""
    content = received(place, "Un dessin.", "shocking")
    signal = _fingerprint(drawing, turn)
    submitting.add_fingerprints(content_id=content, signals=[signal], by=by)
    recognising.recognise(content_id=content, by=SYSTEM)
    return content


def _fingerprint(drawing: int, turn: Turn) -> Signal:
    import numpy as np  # noqa: PLC0415 - a process that hashes nothing starts without it

    from balise.hotline.matching.signals.rules.pdq import hash_turns  # noqa: PLC0415

    across, down = np.meshgrid(np.linspace(0, 1, _SIDE), np.linspace(0, 1, _SIDE))
    wave = np.sin(across * (21 + drawing)) + np.cos(down * (17 + drawing) + across * down * 9)
    luma = ((wave - wave.min()) / (wave.max() - wave.min()) * 255_000).astype(np.float32)
    turned = {Turn.AS_IS: luma, Turn.MIRRORED: luma[:, ::-1], Turn.RIGHT: np.rot90(luma, -1)}
    found = hash_turns(np.ascontiguousarray(turned[turn]))
    return Signal(HashKind.PDQ, found.values[0], found.quality, tuple(found.values))
