"""The one rule besides length and the list of common passwords: not one word, repeated."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_FEWEST_CHARACTERS = 6  # different ones
_FEWEST_OF_ONES_OWN = 8  # left when the words that anyone would try are taken out
_EXPECTED = ("password", "passphrase", "motdepasse", "balise", "azerty", "qwerty", "123456")
_SAID_TWICE = re.compile(r"(.{1,8})\1+")


class PredictablePassword:
    """Refuse what a guesser who knows the centre would try first (ASVS 5.0, 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        """Raise `ValidationError` for a repeated, monotonous or expected password."""
        plain = password.casefold().replace(" ", "")
        rest = _SAID_TWICE.sub(r"\1", plain)
        for word in (*_EXPECTED, *_words_of_the_centre()):
            rest = rest.replace(word, "")
        if len(set(plain)) < _FEWEST_CHARACTERS or len(rest) < _FEWEST_OF_ONES_OWN:
            raise ValidationError(
                _("This password is too easy to guess. Put a few unrelated words together."),
                code="predictable",
            )

    def get_help_text(self) -> str:
        """Return what makes a good password."""
        return _("A few unrelated words make a good password.")


def _words_of_the_centre() -> list[str]:
    names = f"{settings.CENTRE.name} {settings.CENTRE.organisation}".casefold()
    return [word for word in re.findall(r"\w+", names) if len(word) > 3]  # noqa: PLR2004 - articles
