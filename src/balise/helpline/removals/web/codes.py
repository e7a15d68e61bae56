"""The code that a young person follows a removal with, in their browser for 15 minutes."""

from datetime import timedelta
from typing import Final

from balise.foundation.web.keeping import TokenCookie

CODE: Final = TokenCookie("removal", lasts=timedelta(minutes=15))
