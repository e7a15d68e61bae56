"""The map of a country: the mainland with what lies overseas beside it, in one frame."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from balise.steering.editions.rules.deck import Map, Outline

_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES: Final = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "z": 0}
_APART: Final = 0.04  # between two insets, of the mainland's height
_WIDEST: Final = 0.16  # of an inset, of the mainland's width

type Box = tuple[float, float, float, float]
type Ring = tuple[tuple[float, float], ...]


def laid_out(areas: Sequence[tuple[str, str, str, Box]], source: str) -> Map | None:
    """Return the areas as one map: those with a frame of their own stand left of the mainland.

    Each inset has a scale of its own. None of a country without outlines on the mainland.
    """
    mainland = {code: (path, box) for code, path, frame, box in areas if not frame}
    if not mainland:
        return None
    boxes = [box for _path, box in mainland.values()]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width = max(box[2] for box in boxes) - left
    height = max(box[3] for box in boxes) - top
    found = {code: Outline(path, _whole(box)) for code, (path, box) in mainland.items()}
    insets = [(code, path, box) for code, path, frame, box in areas if frame]
    wide, apart = width * _WIDEST, height * _APART
    tall = (height - apart * (len(insets) - 1)) / max(1, len(insets))
    for nth, (code, path, box) in enumerate(insets):
        ratio = min(wide / (box[2] - box[0]), tall / (box[3] - box[1]))
        at = (left - wide - apart, top + nth * (tall + apart))
        moved = tuple(
            tuple((at[0] + (x - box[0]) * ratio, at[1] + (y - box[1]) * ratio) for x, y in ring)
            for ring in rings(path)
        )
        right, bottom = at[0] + (box[2] - box[0]) * ratio, at[1] + (box[3] - box[1]) * ratio
        found[code] = Outline(_path(moved), _whole((*at, right, bottom)))
    return Map(found, source)


def _path(found: Sequence[Ring]) -> str:
    return "".join(
        "M" + "L".join(f"{round(x)} {round(y)}" for x, y in ring) + "z" for ring in found
    )


def _whole(box: Box) -> tuple[int, int, int, int]:
    return round(box[0]), round(box[1]), round(box[2]), round(box[3])


def rings(path: str) -> Iterator[Ring]:
    """Yield the rings of an SVG path; of a curve, its ends alone. Raise ValueError for another."""
    tokens = _TOKEN.findall(path)
    at, command = 0, ""
    x = y = 0.0
    ring: list[tuple[float, float]] = []
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        takes = _TAKES.get(command.lower())
        if takes is None:
            raise ValueError(f"no such step in an outline: {command}")
        numbers = [float(token) for token in tokens[at : at + takes]]
        at += takes
        if command.lower() in "mz" and ring:
            yield tuple(ring)
            if command.lower() == "z":
                x, y = ring[0]
            ring = []
        if command.lower() == "z":
            continue
        x, y = _end(command, numbers, x, y)
        ring.append((x, y))
        command = {"m": "l", "M": "L"}.get(command, command)
    if ring:
        yield tuple(ring)


def _end(command: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    """Return where a step ends: a small letter counts from where the last one did."""
    from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
    match command.lower():
        case "h":
            return from_x + numbers[0], y
        case "v":
            return x, from_y + numbers[0]
    return from_x + numbers[-2], from_y + numbers[-1]
