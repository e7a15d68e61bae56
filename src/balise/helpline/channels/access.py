"""Who may do what with what is written to the helpline."""

from balise.foundation import access

READ = "helpline.channels.read"
WORK = "helpline.channels.work"
# What a messaging provider may: bring what was written, say what became of an answer.
BRING = "helpline.channels.bring"

require = access.require
