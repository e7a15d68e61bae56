"""Who may do what with the day, and the links of those who declared something."""

from typing import Final

from balise.foundation import access
from balise.foundation.signed import SignedId, SignedState

READ = "awareness.sid.read"
MANAGE = "awareness.sid.manage"
MODERATE = "awareness.sid.moderate"
REPORT = "awareness.sid.report"

require = access.require

_own: Final = SignedId("balise.awareness.sid.activity")
_press: Final = SignedState("balise.awareness.sid.press")
own_token, read_own = _own.token, _own.read  # of who declared an activity
press_token = _press.token  # of journalists, who read a year before the embargo ends


def read_press(token: str) -> int:
    """Return the year of a link for journalists. Raises NotHere."""
    return int(_press.read(token))
