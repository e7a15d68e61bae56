"""The banks that the platform makes itself: a code, and a name in the reader's language."""

from typing import Final

from django.utils.translation import pgettext_lazy

CENTRE: Final = "own"  # made by verdicts; it is called as the centre is
LABORATORY: Final = "laboratory"  # made of what victims send
NAMES: Final = {LABORATORY: pgettext_lazy("bank", "Laboratory")}
