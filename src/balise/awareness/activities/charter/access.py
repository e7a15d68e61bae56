"""Who may do what here, and what stands in a link that we signed."""

from balise.foundation import access
from balise.foundation.signed import SignedId

READ = "awareness.charter.read"
WRITE = "awareness.charter.write"

require = access.require
_challenged = SignedId("balise.awareness.challenged")
token_of, read_token = _challenged.token, _challenged.read
