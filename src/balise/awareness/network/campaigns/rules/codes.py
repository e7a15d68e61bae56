"""The code of a campaign, and its hashtag, as they are compared and kept."""

import re
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.network.campaigns.rules.refusals import CodeFaulty, HashtagFaulty

LONGEST: Final = 30
LONGEST_HASHTAG: Final = 60
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,29}")
_HASHTAG: Final = re.compile(r"(?!\d+$)\w{2,60}")  # networks take no hashtag of digits alone


def cleaned(text: str) -> str:
    """Return a code as it is kept: capitals, digits and hyphens, 3 to 30. Raises CodeFaulty."""
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise CodeFaulty(_("Use 3 to 30 letters without accents, digits and hyphens."))
    return code


def hashtag_of(text: str) -> str:
    """Return a hashtag without its sign, "" for none. Raises HashtagFaulty."""
    hashtag = text.strip().removeprefix("#")
    if hashtag and not _HASHTAG.fullmatch(hashtag):
        raise HashtagFaulty(_("A hashtag has letters, digits and underscores, and no space."))
    return hashtag
