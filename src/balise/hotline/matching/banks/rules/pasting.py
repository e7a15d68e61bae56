"""A fingerprint as someone pastes it: in groups, with 0x before it, upper or lower case."""

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.kinds import LENGTHS, HashKind, Signal, Unreadable, read


class NotOfThisKind(Refused, code="fingerprint-not-of-kind"):
    """What was pasted is no fingerprint of the kind: its length says so, or its letters."""


def read_pasted(kind: HashKind, text: str) -> Signal:
    """Return what was pasted, without its spaces and the 0x before it, as a signal of the kind.

    Nothing else is left out: what is too long is refused (NotOfThisKind) with how long it is.
    """
    digits = "".join(text.split())
    if digits[:2].lower() == "0x":
        digits = digits[2:]
    try:
        return Signal(kind, read(kind, digits))
    except Unreadable as refusal:
        said, wanted = _("This is not a fingerprint of this kind."), 2 * LENGTHS[kind]
        if len(digits) == wanted:
            why = _("Only the digits 0 to 9 and the letters a to f can be in it.")
        else:
            counts = {"wanted": wanted, "many": len(digits)}
            why = _("Digits needed: %(wanted)d. Digits given: %(many)d.") % counts
        raise NotOfThisKind(f"{said} {why}") from refusal
