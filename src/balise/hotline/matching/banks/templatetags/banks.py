"""Words for what machines say of fingerprints."""

from collections.abc import Iterable

from django.template import Library
from django.utils.translation import pgettext

from balise.hotline.matching.banks.rules.asking import CLIP, NAMES, Outcome
from balise.hotline.matching.signals.rules.kinds import HashKind, Turn

register = Library()


@register.filter
def named(code: str, names: dict[str, str]) -> str:
    """Return the name of a bank, or its code once the bank is no longer there."""
    return names.get(code, code)


@register.filter
def turn_in_words(turn: Turn) -> str:
    """Return how a picture has to be turned to be the bank's."""
    return {
        Turn.AS_IS: pgettext("turn", "as it is"),
        Turn.LEFT: pgettext("turn", "a quarter to the left"),
        Turn.HALF: pgettext("turn", "by half"),
        Turn.RIGHT: pgettext("turn", "a quarter to the right"),
        Turn.MIRRORED: pgettext("turn", "mirrored"),
        Turn.UPSIDE_DOWN: pgettext("turn", "mirrored, top to bottom"),
        Turn.TRANSPOSED: pgettext("turn", "mirrored and turned to the left"),
        Turn.TRANSVERSED: pgettext("turn", "mirrored and turned to the right"),
    }[turn]


@register.filter
def kinds_in_words(kinds: Iterable[str]) -> str:
    """Return the kinds of what was asked, as people name them."""
    video = pgettext("fingerprint", "Video")
    return ", ".join(video if kind == CLIP else NAMES[HashKind(kind)] for kind in kinds)


@register.filter
def tone(outcome: Outcome) -> str:
    """Return the tone of an answer."""
    return {Outcome.KNOWN: "note", Outcome.PARTIAL: "warn"}.get(outcome, "plain")
