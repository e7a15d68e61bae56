"""Who may do what with people and partners."""

from balise.foundation import access

READ_PEOPLE = "accounts.people.read"
PROPOSE = "accounts.people.propose"
CONFIRM = "accounts.people.confirm"
WITHOUT_SECOND_PERSON = "accounts.people.open"  # no role holds it: the server's operator
DISABLE = "accounts.people.disable"
READ_PARTNERS = "accounts.partners.read"
MANAGE_PARTNERS = "accounts.partners.manage"
CONFIRM_TOKENS = "accounts.partners.confirm"

require = access.require
