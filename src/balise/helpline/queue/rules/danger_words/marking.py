"""The words of a finding, marked in the text in which they stand."""

from collections.abc import Iterator

from balise.helpline.queue.rules.danger_words.matching import Finding

type Piece = tuple[str, bool]  # of a text, and whether its words tell of a danger


def pieces(text: str, found: Finding | None) -> list[Piece]:
    """Return a text in pieces that make it up again; one alone where nothing is found."""
    return [piece for piece in _pieces(text, found) if piece[0]]


def _pieces(text: str, found: Finding | None) -> Iterator[Piece]:
    behind = 0
    for start, end in _runs(text, found.places if found else ()):
        yield text[behind:start], False
        yield text[start:end], True
        behind = end
    yield text[behind:], False


def _runs(text: str, places: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Return the places, those that only a space or an apostrophe parts as one."""
    runs: list[tuple[int, int]] = []
    for start, end in places:
        if runs and (start <= runs[-1][1] or text[runs[-1][1] : start] in _PARTS):
            runs[-1] = runs[-1][0], max(end, runs[-1][1])
        else:
            runs.append((start, end))
    return runs


_PARTS = frozenset({" ", "'", "\u2019"})
