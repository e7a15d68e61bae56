"""The code of what someone wrote, in their browser until it is closed."""

from typing import Final

from balise.foundation.web.keeping import TokenCookie

CODE: Final = TokenCookie("write")
