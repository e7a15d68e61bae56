"""What stands in the link of someone who registered, signed by us: a made-up one opens nothing."""

from balise.foundation.signed import SignedId

_registration = SignedId("balise.awareness.registration")
token_of, read_token = _registration.token, _registration.read
