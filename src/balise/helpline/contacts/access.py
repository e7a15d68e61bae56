"""Who may do what with contacts."""

from balise.foundation import access

READ = "helpline.contacts.read"
WORK = "helpline.contacts.work"
# Another listener's record: its words, never who the people are.
READ_OTHERS = "helpline.contacts.read-others"
# The private notes of a counsellor.
NOTES = "helpline.contacts.notes"
BLOCK = "helpline.contacts.block"
CONFIRM_BLOCK = "helpline.contacts.confirm-block"
REPORT = "helpline.contacts.report"

require = access.require
