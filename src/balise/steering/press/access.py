"""Who may read what the press said, and enter it."""

from balise.foundation import access

READ = "steering.press.read"
WRITE = "steering.press.write"

require = access.require
