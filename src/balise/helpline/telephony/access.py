"""Who may do what with calls."""

from balise.foundation import access

READ = "helpline.telephony.read"
WORK = "helpline.telephony.work"
# Agree that whoever asked for a number reads it.
UNSEAL = "helpline.telephony.unseal"
# What an exchange may: tell of its calls.
TELL = "helpline.telephony.tell"

require = access.require
