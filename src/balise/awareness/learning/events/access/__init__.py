"""Who may do what here."""

from balise.foundation import access

READ = "awareness.events.read"
WRITE = "awareness.events.write"  # draft, change, publish, move, cancel
ATTEND = "awareness.events.attend"  # who came
NAMES = "awareness.events.names"  # who registered, by name

require = access.require
