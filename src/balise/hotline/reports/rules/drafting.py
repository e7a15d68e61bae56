"""What is kept of a verdict while it is typed, before it is saved."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

LONGEST_DRAFT = 20_000
# What a new form leaves empty. It fills in the category, the days and the language.
_SAID = ("verdict", "offence", "ground", "confidence", "rationale", "translation", "answers")


class DraftTooLong(Refused, code="draft-too-long"):
    """Nobody types that much: the verdict itself would refuse it."""


def drafted(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what to keep of a verdict's fields as they are typed; nothing where none is filled in.

    Refuses (DraftTooLong) over 20,000 characters in all.
    """
    kept = {name: _readable(words) for name, words in typed.items()}
    if sum(map(len, kept.values())) > LONGEST_DRAFT:
        raise DraftTooLong(_("Shorten the text: it is too long to be saved while you type."))
    return kept if any(kept.get(name, "").strip() for name in _SAID) else {}


def _readable(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()
