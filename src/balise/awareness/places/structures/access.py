"""Who may do what here; and the link of a mail, which we signed."""

from balise.awareness.places.structures.rules.delays import LINK_LASTS
from balise.foundation import access
from balise.foundation.signed import SignedId

READ = "awareness.structures.read"
WRITE = "awareness.structures.write"  # register, change, sign, attest, merge, import, export

require = access.require
_contact = SignedId("balise.structures.contact", lasts=LINK_LASTS)
token_of, read_token = _contact.token, _contact.read  # of who answers for a structure
