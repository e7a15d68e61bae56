"""A film: shots one after the other, each drawn at any of its moments, with words in each language.

A film has no sound and no word in its pictures: captions tell it, in as many languages as it has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import pi, sin

from scripts.animations.shapes import group

FADE = 0.6  # seconds in which a shot gives way to the next
LEAD = 0.3  # seconds between a shot and its words, at both ends


type Draw = Callable[[float], str]  # the picture at a moment of a shot, from 0 to 1


@dataclass(frozen=True, slots=True)
class Film:
    """Shots, each of so many seconds; the poster is a moment of one of them, in seconds."""

    name: str
    shots: tuple[tuple[float, Draw], ...]
    poster: float

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Return when each shot begins and ends."""
        return list(pairwise(accumulate((length for length, _draw in self.shots), initial=0)))

    def at(self, moment: float) -> str:
        """Return what is drawn at a moment, in seconds."""
        number = sum(ends <= moment for _begins, ends in self.spans[:-1])
        (begins, ends), (length, draw) = self.spans[number], self.shots[number]
        drawn, left = draw(min((moment - begins) / length, 1)), ends - moment
        if left < FADE and number + 1 < len(self.shots):
            drawn += group(self.shots[number + 1][1](0), opacity=1 - left / FADE)
        return drawn

    def captions(self, words: Sequence[str]) -> str:
        """Return the words of each shot as WebVTT."""
        cues = [
            f"{_time(begins + LEAD)} --> {_time(ends - LEAD)}\n{says}"
            for (begins, ends), says in zip(self.spans, words, strict=True)
        ]
        return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"


def ease(moment: float, begins: float = 0, ends: float = 1) -> float:
    """Return how far something has come that moves softly between two moments."""
    share = min(max((moment - begins) / (ends - begins), 0), 1)
    return share * share * (3 - 2 * share)


def between(first: float, last: float, share: float) -> float:
    """Return what is so far on the way from the first to the last."""
    return first + (last - first) * share


def sway(moment: float, *, times: float, size: float) -> float:
    """Return how far something swings to both sides, so many times in a shot."""
    return size * sin(moment * 2 * pi * times)
