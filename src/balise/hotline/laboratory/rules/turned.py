"""How a copy was turned, in words for the person whose picture it is."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from balise.hotline.matching.signals.rules.kinds import Turn

_WORDS: Final = {
    Turn.AS_IS: pgettext_lazy("turn", "A copy"),
    Turn.LEFT: pgettext_lazy("turn", "A copy turned to the left"),
    Turn.HALF: pgettext_lazy("turn", "A copy turned upside down"),
    Turn.RIGHT: pgettext_lazy("turn", "A copy turned to the right"),
    Turn.MIRRORED: pgettext_lazy("turn", "A mirrored copy"),
    Turn.UPSIDE_DOWN: pgettext_lazy("turn", "A copy mirrored top to bottom"),
    Turn.TRANSPOSED: pgettext_lazy("turn", "A copy turned and mirrored"),
    Turn.TRANSVERSED: pgettext_lazy("turn", "A copy turned and mirrored the other way"),
}


def code_of(turn: Turn) -> str:
    """Return the code of a turn, as facts and figures have it."""
    return turn.name.lower().replace("_", "-")


def words_of(turn: Turn) -> Promise:
    """Return a turn in words."""
    return _WORDS[turn]


TURNS: Final[dict[str, object]] = {code_of(turn): words for turn, words in _WORDS.items()}
