"""Which link a receiver has just opened, in their browser until what it tells is shown."""

from datetime import timedelta
from typing import Final

from balise.foundation.web.keeping import TokenCookie

OPENED: Final = TokenCookie("told", lasts=timedelta(minutes=1))
