"""Who may do what with what is shared from a vault. Who is on the case is asked besides."""

from balise.foundation import access

# Invite a young person to share with a case, open what they shared, take out its dossier.
OPEN = "helpline.vault.open"

# Note a young person's yes, and hand over to the police what it is about.
HAND_OVER = "helpline.vault.hand-over"

require = access.require
