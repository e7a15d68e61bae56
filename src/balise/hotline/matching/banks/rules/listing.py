"""Past look-ups as a list has them: whose question it was, and what it came to."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.hotline.matching.banks.rules.asking import Asked
from balise.hotline.matching.banks.rules.deciding import KNOWN, Rule
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind

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
