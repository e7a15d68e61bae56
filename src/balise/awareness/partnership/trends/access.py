"""Who reads and writes the notebook and briefings; what stands in a link that we signed."""

from typing import Final

from balise.foundation import access
from balise.foundation.signed import SignedId

READ = "awareness.trends.read"
WRITE = "awareness.trends.write"

require = access.require

_BRIEFING: Final = SignedId("balise.awareness.briefing")
_READER: Final = SignedId("balise.awareness.reader")
briefing_token, read_briefing = _BRIEFING.token, _BRIEFING.read
reader_token, read_reader = _READER.token, _READER.read
