"""Who may sit at the console, and who looks after those who do."""

from balise.foundation import access

WORK = "helpline.console.work"
SUPERVISE = "helpline.console.supervise"

require = access.require
