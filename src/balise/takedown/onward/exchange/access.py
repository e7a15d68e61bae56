"""Who may do what with what goes to other hotlines and comes from them."""

from balise.foundation import access

READ = "takedown.exchange.read"
SEND = "takedown.exchange.send"
PROPOSE = "takedown.exchange.propose"
APPROVE = "takedown.exchange.approve"
# Held by a hotline whose signature was checked at the door, and by nobody else.
BRING = "takedown.exchange.bring"

require = access.require
require_for = access.require_for
lines_of = access.lines_of
